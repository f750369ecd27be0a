-- Catalogues: fixed lists whose items an LAO answers one by one. A catalogue is reference data in numbered editions that
-- never change, like the versions of a form; a round takes the newest edition when it opens and keeps it, with its roster.
-- So what applied to an LAO in an old year is answered for ever by that round's edition and roster.

create table catalogue_edition (
    catalogue text not null,
    edition int not null,
    source text not null,
    sha256 bytea not null,
    imported_at timestamptz not null,
    imported_by uuid,
    constraint pk_catalogue_edition primary key (catalogue, edition),
    constraint ck_catalogue_edition_catalogue check (catalogue ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint ck_catalogue_edition_number check (edition >= 1)
);
comment on column catalogue_edition.sha256 is 'of the items as they were read: the same list again makes no new edition';

-- An item's code is the same in every edition: it ties its records together over the years.
create table catalogue_item (
    catalogue text not null,
    edition int not null,
    code text not null,
    area int not null,
    name_th text not null,
    name_en text not null,
    department_th text not null default '',
    plan_edition text not null default '',
    legal_basis text not null default '',
    kinds text[] not null,
    is_compulsory boolean not null,
    unit_th text not null default '',
    unit_en text not null default '',
    valid_from date,
    valid_to date,
    constraint pk_catalogue_item primary key (catalogue, edition, code),
    constraint fk_catalogue_item_edition foreign key (catalogue, edition) references catalogue_edition,
    constraint ck_catalogue_item_area check (area between 1 and 6),
    constraint ck_catalogue_item_period check (valid_from < valid_to)
);

alter table round_form add catalogue text, add catalogue_edition int,
    add constraint fk_round_form_catalogue foreign key (catalogue, catalogue_edition) references catalogue_edition,
    add constraint ck_round_form_catalogue check ((catalogue is null) = (catalogue_edition is null));
comment on column round_form.catalogue is 'of a form that is a catalogue: set when the round opens';

-- The items that apply to a submission: those of its round's edition that are for the LAO's kind, as in the roster, on any
-- day of the fiscal year.
create view submission_item with (security_invoker, security_barrier) as
select s.lao_id, s.submission_id, s.form_id, s.fiscal_year, i.*
from submission s
join round_form f on f.round_id = s.round_id and f.form_id = s.form_id
join round_roster o on o.round_id = s.round_id and o.lao_id = s.lao_id
join catalogue_item i on i.catalogue = f.catalogue and i.edition = f.catalogue_edition and o.kind = any (i.kinds)
where (i.valid_from is null or i.valid_from < make_date(s.fiscal_year - 543, 10, 1))
  and (i.valid_to is null or i.valid_to > make_date(s.fiscal_year - 544, 10, 1));

comment on column record.record_number is
    'a register: assigned once, never recalculated; a catalogue: the code of the item, so that an LAO has one record of it';

alter table catalogue_edition enable row level security;
alter table catalogue_item enable row level security;
create policy catalogue_edition_read on catalogue_edition for select using ((select actor_kind()) in ('person', 'public', 'job'));
create policy catalogue_edition_insert on catalogue_edition for insert
    with check ((select is_department_administrator() or is_job()));
create policy catalogue_item_read on catalogue_item for select using ((select actor_kind()) in ('person', 'public', 'job'));
create policy catalogue_item_insert on catalogue_item for insert
    with check ((select is_department_administrator() or is_job()));
grant select, insert on catalogue_edition, catalogue_item to thongthin_app;
grant select on submission_item to thongthin_app;
grant update (catalogue, catalogue_edition) on round_form to thongthin_app;

-- What was recorded, one row a number, day or text: for analysis, and for the rules of other forms. Written with a submit and
-- with a certificate from what the sheets came to, replaced as a whole, and made again by the verb `facts rebuild`. A
-- submission that is taken back keeps the facts that were recorded last.
create table answer_fact (
    lao_id int not null,
    form_id text not null,
    fiscal_year int not null,
    question text not null,
    record_number text not null default '',
    row_id text not null default '',
    number double precision,
    day date,
    text text,
    recorded_at timestamptz not null,
    constraint pk_answer_fact primary key (lao_id, form_id, question, fiscal_year, record_number, row_id),
    constraint fk_answer_fact_submission foreign key (lao_id, form_id, fiscal_year)
        references submission (lao_id, form_id, fiscal_year),
    constraint ck_answer_fact_value check (num_nonnulls(number, day, text) = 1)
);
comment on column answer_fact.record_number is 'of a register or catalogue; empty: an annual form';
comment on column answer_fact.row_id is 'of the row of a repeat; empty: outside repeats';
create index ix_answer_fact_question on answer_fact (form_id, question, fiscal_year);

alter table answer_fact enable row level security;
create policy answer_fact_read on answer_fact for select using (
    (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]));
create policy answer_fact_insert on answer_fact for insert with check (
    (select is_job()) or ((select actor_role()) in ('recorder', 'certifier') and lao_id = (select actor_unit())));
create policy answer_fact_delete on answer_fact for delete using (
    (select is_job()) or ((select actor_role()) in ('recorder', 'certifier') and lao_id = (select actor_unit())));
grant select, insert, delete on answer_fact to thongthin_app;

-- By what two records of a register may be one thing recorded twice, as far as the form says so: written when a record is
-- confirmed. The same table serves the comparison across LAOs, by a function that tells of others only name and day.
create table record_key (
    lao_id int not null,
    record_id uuid not null,
    form_id text not null,
    names text[] not null,
    same text[] not null,
    day date,
    constraint pk_record_key primary key (lao_id, record_id),
    constraint fk_record_key_record foreign key (lao_id, record_id) references record
);
comment on column record_key.names is 'answers of which one must be alike, in lower case';
comment on column record_key.same is 'question=answer; of each question that both have, one answer must be the same';
create index ix_record_key_day on record_key (form_id, day);

create table record_duplicate (
    lao_id int not null,
    record_id uuid not null,
    other_record_id uuid not null,
    decision text not null,
    decided_at timestamptz not null,
    decided_by uuid,
    constraint pk_record_duplicate primary key (lao_id, record_id, other_record_id),
    constraint fk_record_duplicate_record foreign key (lao_id, record_id) references record,
    constraint ck_record_duplicate_decision check (decision in ('kept', 'joint'))
);
comment on table record_duplicate is 'somebody looked at a possible duplicate: both are kept, or they are one joint agreement';

alter table record_key enable row level security;
alter table record_duplicate enable row level security;
create policy record_key_read on record_key for select using (
    (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]));
create policy record_key_insert on record_key for insert with check (
    (select is_job()) or ((select actor_role()) = 'recorder' and lao_id = (select actor_unit())));
create policy record_key_update on record_key for update using (
    (select is_job()) or ((select actor_role()) = 'recorder' and lao_id = (select actor_unit())));
create policy record_duplicate_read on record_duplicate for select using (
    (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]));
create policy record_duplicate_insert on record_duplicate for insert with check (
    (select is_job()) or ((select actor_role()) = 'recorder' and lao_id = (select actor_unit())));
create policy record_duplicate_update on record_duplicate for update using (
    (select is_job()) or ((select actor_role()) = 'recorder' and lao_id = (select actor_unit())));
grant select, insert, update on record_key, record_duplicate to thongthin_app;

-- Records that may be the same as one in the actor's scope: of the same form, on the same day where either has one, the same
-- in what must be the same, alike by name. It runs as the owner to look beyond the scope; of a record outside it nothing is
-- told but the name that is alike and the day (lao_id is null).
create function similar_records(p_lao int, p_record uuid)
    returns table (record_id uuid, lao_id int, name text, day date)
    language plpgsql stable security definer
    set search_path = public, pg_temp as
$$
begin
    -- unknown is no: without an actor the settings are null
    if (actor_kind() in ('person', 'job') and (actor_everywhere() or p_lao = any (actor_scope()))) is not true then
        return;
    end if;
    return query
        select o.record_id,
            case when actor_everywhere() or o.lao_id = any (actor_scope()) then o.lao_id end,
            l.name, o.day
        from record_key k
        join record_key o on o.form_id = k.form_id and o.day is not distinct from k.day
            and (o.lao_id, o.record_id) <> (k.lao_id, k.record_id)
        cross join lateral (
            select n.name from unnest(o.names) n (name), unnest(k.names) m (name)
            where similarity(n.name, m.name) >= 0.5
            order by similarity(n.name, m.name) desc, n.name limit 1) l
        where k.lao_id = p_lao and k.record_id = p_record
          and not exists (
            select from unnest(k.same) s (pair)
            where split_part(s.pair, '=', 1) in (select split_part(t.pair, '=', 1) from unnest(o.same) t (pair))
              and not exists (
                select from unnest(k.same) x (pair)
                where split_part(x.pair, '=', 1) = split_part(s.pair, '=', 1) and x.pair = any (o.same)))
        order by o.lao_id <> p_lao, l.name
        limit 20;
end
$$;
grant execute on function similar_records(int, uuid) to thongthin_app;

-- many items answered in one act: what is still as the act left it can be taken back
alter table answer_sheet add column act_id uuid;
comment on column answer_sheet.act_id is 'the act over many items that left the sheet as it is; null after any other change';
grant update (act_id) on answer_sheet to thongthin_app;

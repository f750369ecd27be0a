-- Questions of an office about a submission, and what becomes of them: the office asks, the LAO answers, back and forth, until an
-- office closes it. Whose turn it is follows from who spoke last and is kept by a trigger. What was said stays as it was said.

create table field_query (
    lao_id int not null,
    field_query_id uuid not null,
    submission_id uuid not null,
    sheet_id uuid,
    path text not null default '',
    label text not null default '',
    waits_for text not null default 'lao',
    asked_at timestamptz not null,
    closed_at timestamptz,
    closed_by_name text,
    constraint pk_field_query primary key (lao_id, field_query_id),
    constraint fk_field_query_submission foreign key (lao_id, submission_id) references submission,
    constraint ck_field_query_waits check (waits_for in ('lao', 'office')),
    constraint ck_field_query_closed check ((closed_at is null) = (closed_by_name is null))
);
comment on column field_query.path is 'of the answer in the sheet; empty: the whole sheet, or without a sheet the whole submission';
comment on column field_query.label is 'what was asked about was called then, should it be gone later';
create index ix_field_query_submission on field_query (lao_id, submission_id);
create index ix_field_query_open on field_query (waits_for, lao_id) where closed_at is null;

create table field_query_message (
    lao_id int not null,
    field_query_id uuid not null,
    number int not null,
    at timestamptz not null,
    user_id uuid not null,
    user_name text not null,
    unit_name text not null,
    from_lao boolean not null,
    text text not null,
    constraint pk_field_query_message primary key (lao_id, field_query_id, number),
    constraint fk_field_query_message_query foreign key (lao_id, field_query_id) references field_query,
    constraint fk_field_query_message_user foreign key (user_id) references app_user,
    constraint ck_field_query_message_text check (text <> '')
);
create index ix_field_query_message_user on field_query_message (user_id);

create function take_turn() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    update field_query q set waits_for = case when new.from_lao then 'office' else 'lao' end
    where q.lao_id = new.lao_id and q.field_query_id = new.field_query_id and q.closed_at is null;
    if not found then
        raise exception 'the query is closed' using errcode = 'TH027';
    end if;
    return new;
end
$$;
create trigger field_query_turn before insert on field_query_message for each row execute function take_turn();

create function refuse_second_closing() returns trigger language plpgsql set search_path = public, pg_temp as
$$
begin
    raise exception 'the query is closed' using errcode = 'TH027';
end
$$;
create trigger field_query_closed_once before update of closed_at on field_query for each row
    when (old.closed_at is not null) execute function refuse_second_closing();

alter table field_query enable row level security;
alter table field_query_message enable row level security;
create policy field_query_read on field_query for select using (
    (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]));
create policy field_query_insert on field_query for insert with check (
    (select actor_role()) = 'officer' and ((select actor_everywhere()) or lao_id = any ((select actor_scope())::int[])));
create policy field_query_close on field_query for update using (
    (select actor_role()) = 'officer' and ((select actor_everywhere()) or lao_id = any ((select actor_scope())::int[])));
create policy field_query_message_read on field_query_message for select using (
    (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]));
create policy field_query_message_insert on field_query_message for insert with check (
    user_id = (select actor_user())
    and (((select actor_role()) = 'officer' and not from_lao
            and ((select actor_everywhere()) or lao_id = any ((select actor_scope())::int[])))
        or ((select actor_role()) in ('recorder', 'certifier') and from_lao and lao_id = (select actor_unit()))));
grant select on field_query, field_query_message to thongthin_app;
grant insert (lao_id, field_query_id, submission_id, sheet_id, path, label, asked_at) on field_query to thongthin_app;
grant update (closed_at, closed_by_name) on field_query to thongthin_app;
grant insert on field_query_message to thongthin_app;

-- How the numbers of one submission stand among those of similar LAOs: same kind, in the province where there are at least eight
-- others, else in the country. Of others it tells the middle and the spread alone, never a number of one of them.
create function fact_peers(p_lao_id int, p_form_id text, p_fiscal_year int)
    returns table (question text, number double precision, previous double precision, peers int, in_province boolean,
        median double precision, deviation double precision)
    language sql stable security definer set search_path = public, pg_temp as
$$
    with own as (
        select f.question, f.number from answer_fact f
        where f.lao_id = p_lao_id and f.form_id = p_form_id and f.fiscal_year = p_fiscal_year and f.number is not null
          and f.record_number = '' and f.row_id = ''
          and (actor_everywhere() or p_lao_id = any (actor_scope()))),
    kin as (
        select o.kind, o.province_id
        from submission s join round_roster o using (round_id, lao_id)
        where s.lao_id = p_lao_id and s.form_id = p_form_id and s.fiscal_year = p_fiscal_year),
    other as (
        select f.question, f.number, o.province_id = k.province_id as near,
            count(*) filter (where o.province_id = k.province_id) over (partition by f.question) as nears
        from own
        join answer_fact f on f.form_id = p_form_id and f.question = own.question and f.fiscal_year = p_fiscal_year
            and f.lao_id <> p_lao_id and f.number is not null and f.record_number = '' and f.row_id = ''
        join submission s on s.lao_id = f.lao_id and s.form_id = f.form_id and s.fiscal_year = f.fiscal_year
        join round_roster o on o.round_id = s.round_id and o.lao_id = s.lao_id
        join kin k on k.kind = o.kind),
    chosen as (select c.question, c.number, c.nears >= 8 as near from other c where c.near or c.nears < 8),
    middle as (
        select c.question, count(*)::int as n, bool_and(c.near) as near,
            percentile_cont(0.5) within group (order by c.number) as median
        from chosen c group by c.question having count(*) >= 8),
    spread as (
        select c.question, percentile_cont(0.5) within group (order by abs(c.number - m.median)) as deviation
        from chosen c join middle m using (question) group by c.question)
    select own.question, own.number, (
            select p.number from answer_fact p
            where p.lao_id = p_lao_id and p.form_id = p_form_id and p.question = own.question and p.record_number = ''
              and p.row_id = '' and p.fiscal_year < p_fiscal_year
            order by p.fiscal_year desc limit 1),
        m.n, m.near, m.median, s.deviation
    from own join middle m using (question) join spread s using (question)
$$;
grant execute on function fact_peers(int, text, int) to thongthin_app;

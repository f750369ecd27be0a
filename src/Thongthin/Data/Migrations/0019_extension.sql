-- Extensions of deadlines. An extension names a later day for the submissions of a round that were not done when it was granted, of
-- one LAO, a list, a district, a province, or all in the grantor's scope. Which ones it covers is kept, so that history stays
-- true. submission.extended_until has one writer, the triggers here: the latest day of the extensions that stand. The deadline in
-- force of a submission is the later of its round's and this day; to that day it can be recorded, also after the closing.

alter table submission add column extended_until date;
comment on column submission.extended_until is 'the latest day of the extensions that stand; null: none. The deadline in force is the later of this and the round''s';
create index ix_submission_extended on submission (round_id, extended_until, lao_id) where extended_until is not null;

create table extension (
    extension_id uuid not null,
    round_id uuid not null,
    new_deadline date not null,
    reason text not null,
    reference text not null default '',
    target text not null,
    target_unit_id int,
    laos int not null,
    submissions int not null,
    granted_at timestamptz not null,
    granted_by uuid,
    granted_by_name text not null,
    granted_by_position text not null default '',
    granted_by_unit_id int,
    withdrawn_at timestamptz,
    withdrawn_by_name text,
    withdraw_reason text,
    constraint pk_extension primary key (extension_id),
    constraint fk_extension_round foreign key (round_id) references round,
    constraint fk_extension_unit foreign key (granted_by_unit_id) references unit,
    constraint fk_extension_target foreign key (target_unit_id) references unit,
    constraint ck_extension_target check (target in ('laos', 'district', 'province', 'all')
        and (target_unit_id is not null) = (target in ('district', 'province'))),
    constraint ck_extension_reason check (reason <> ''),
    constraint ck_extension_withdrawn check ((withdrawn_at is null) = (withdraw_reason is null)
        and (withdrawn_at is null) = (withdrawn_by_name is null))
);
comment on column extension.target is 'how the LAOs were named; whom it covers is told by extension_submission';
comment on column extension.granted_by_unit_id is 'the grantor''s office; null: the job';
create index ix_extension_round on extension (round_id, granted_at);
create index ix_extension_unit on extension (granted_by_unit_id);
create index ix_extension_target on extension (target_unit_id);

create table extension_submission (
    lao_id int not null,
    submission_id uuid not null,
    extension_id uuid not null,
    constraint pk_extension_submission primary key (lao_id, submission_id, extension_id),
    constraint fk_extension_submission_submission foreign key (lao_id, submission_id) references submission,
    constraint fk_extension_submission_extension foreign key (extension_id) references extension
);
create index ix_extension_submission_extension on extension_submission (extension_id);

create table extension_request (
    lao_id int not null,
    extension_request_id uuid not null,
    round_id uuid not null,
    wanted date not null,
    reason text not null,
    requested_at timestamptz not null,
    requested_by uuid not null,
    requested_by_name text not null,
    answer text,
    answer_note text not null default '',
    answered_at timestamptz,
    answered_by_name text,
    answered_by_unit text,
    extension_id uuid,
    constraint pk_extension_request primary key (lao_id, extension_request_id),
    constraint fk_extension_request_lao foreign key (lao_id) references unit,
    constraint fk_extension_request_round foreign key (round_id) references round,
    constraint fk_extension_request_by foreign key (requested_by) references app_user,
    constraint fk_extension_request_extension foreign key (extension_id) references extension,
    constraint ck_extension_request_reason check (reason <> ''),
    constraint ck_extension_request_answer check (answer in ('granted', 'declined', 'taken_back')
        and (answer = 'granted') = (extension_id is not null)),
    constraint ck_extension_request_answered check ((answer is null) = (answered_at is null)
        and (answer is null) = (answered_by_name is null))
);
create unique index uq_extension_request_open on extension_request (lao_id, round_id) where answer is null;
create index ix_extension_request_round on extension_request (round_id, requested_at);
create index ix_extension_request_by on extension_request (requested_by);
create index ix_extension_request_extension on extension_request (extension_id);

create function apply_extension() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    update submission s set extended_until = greatest(s.extended_until, e.new_deadline)
    from added a join extension e using (extension_id)
    where s.lao_id = a.lao_id and s.submission_id = a.submission_id;
    return null;
end
$$;
create trigger extension_applied after insert on extension_submission referencing new table as added
    for each statement execute function apply_extension();

-- Withdrawn once; the days of what it covered fall back to what still stands. What was recorded under it keeps its day: who acted in
-- time does not become late.
create function withdraw_extension() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if old.withdrawn_at is not null then
        raise exception 'the extension is withdrawn already' using errcode = 'TH025';
    end if;
    update submission s set extended_until = (
        select max(e.new_deadline)
        from extension_submission x join extension e using (extension_id)
        where x.lao_id = s.lao_id and x.submission_id = s.submission_id and e.withdrawn_at is null
          and e.extension_id <> new.extension_id)
    from extension_submission c
    where c.extension_id = new.extension_id and s.lao_id = c.lao_id and s.submission_id = c.submission_id
      and s.state not in ('recorded', 'certified');
    return null;
end
$$;
create trigger extension_withdrawn after update of withdrawn_at on extension
    for each row execute function withdraw_extension();

create function refuse_second_answer() returns trigger language plpgsql set search_path = public, pg_temp as
$$
begin
    if old.answer is not null then
        raise exception 'the request is answered already' using errcode = 'TH026';
    end if;
    return new;
end
$$;
create trigger extension_request_answered_once before update on extension_request
    for each row execute function refuse_second_answer();

alter table extension enable row level security;
alter table extension_submission enable row level security;
alter table extension_request enable row level security;

create policy extension_submission_read on extension_submission for select using (
    (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]));
create policy extension_submission_insert on extension_submission for insert with check (
    (select is_job())
    or ((select actor_role()) = 'officer'
        and ((select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]))));
-- the grantor's office, and whoever has somebody in scope whom it covers
create policy extension_read on extension for select using (
    (select actor_everywhere())
    or granted_by_unit_id = (select actor_unit())
    or exists (select from extension_submission x where x.extension_id = extension.extension_id));
create policy extension_insert on extension for insert with check (
    (select is_job())
    or ((select actor_role()) = 'officer' and granted_by = (select actor_user()) and granted_by_unit_id = (select actor_unit())));
create policy extension_withdraw on extension for update using (
    (select is_job())
    or ((select actor_role()) = 'officer'
        and ((select actor_everywhere()) or granted_by_unit_id = any ((select actor_scope())::int[]))));

create policy extension_request_read on extension_request for select using (
    (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]));
create policy extension_request_insert on extension_request for insert with check (
    (select actor_role()) in ('recorder', 'certifier') and lao_id = (select actor_unit())
    and requested_by = (select actor_user()) and answer is null);
create policy extension_request_answer on extension_request for update
    using (
        ((select actor_role()) in ('recorder', 'certifier') and lao_id = (select actor_unit()))
        or ((select actor_role()) = 'officer'
            and ((select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]))))
    with check (
        ((select actor_role()) = 'officer' and answer in ('granted', 'declined'))
        or ((select actor_role()) <> 'officer' and answer = 'taken_back'));

grant select, insert on extension, extension_submission, extension_request to thongthin_app;
grant update (withdrawn_at, withdrawn_by_name, withdraw_reason) on extension to thongthin_app;
grant update (answer, answer_note, answered_at, answered_by_name, answered_by_unit, extension_id) on extension_request to thongthin_app;

-- on time or late is judged against the deadline in force
create or replace function check_certificate(p_check_code text)
    returns table (unit_kind text, unit_name_th text, unit_name_en text, district_th text, district_en text,
        province_th text, province_en text, title_th text, title_en text, fiscal_year int, deadline date,
        certified_at timestamptz, certifier_position text, sha256 bytea, voided_at timestamptz, voided_by text)
    language sql stable security definer set search_path = public, pg_temp as
$$
    select o.kind, o.name_th, o.name_en, o.district_th, o.district_en, o.province_th, o.province_en,
        f.title_th, f.title_en, s.fiscal_year, greatest(r.deadline, s.extended_until), c.certified_at, c.certifier_position, c.sha256, c.voided_at,
        case when c.voided_at is not null then (
            select e.action from submission_event e
            where e.lao_id = c.lao_id and e.submission_id = c.submission_id
              and e.from_state = 'certified' and e.to_state <> 'certified' and e.at >= c.voided_at
            order by e.number limit 1) end
    from certificate c
    join submission s on s.lao_id = c.lao_id and s.submission_id = c.submission_id
    join round r on r.round_id = s.round_id
    join round_roster o on o.round_id = s.round_id and o.lao_id = s.lao_id
    join form f on f.form_id = s.form_id
    where c.check_code = p_check_code and actor_kind() is not null
$$;

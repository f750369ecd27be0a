-- The board, the follow-up list and the daily tables are answered from what is kept:
--   round_unit.changed_at      when the state of one of the LAO's forms in the round changed last
--   progress_snapshot.is_daily a national table that the program keeps at the end of each day of an open round
--   saved_filter               an address of a board or list that a person gave a name

alter table round_unit add changed_at timestamptz;
comment on column round_unit.changed_at is 'the latest change of state of its forms; null before the first';
update round_unit u
set changed_at = (
    select max(s.state_changed_at) from submission s where s.round_id = u.round_id and s.lao_id = u.lao_id);

create or replace function recount_round_units(p_rounds uuid[], p_laos int[]) returns void
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    perform 1 from round_unit u join unnest(p_rounds, p_laos) a (round_id, lao_id) using (round_id, lao_id)
        order by u.round_id, u.lao_id for update of u;

    insert into round_unit (round_id, lao_id, asked, done, exempt, state, changed_at)
    select s.round_id, s.lao_id, count(*), count(*) filter (where state_is_done(s.state, r.done_means)),
        count(*) filter (where s.state = 'exempt'),
        (array['not_started', 'in_progress', 'returned', 'recorded', 'certified', 'exempt'])[min(state_rank(s.state))],
        max(s.state_changed_at)
    from unnest(p_rounds, p_laos) a (round_id, lao_id)
    join submission s using (round_id, lao_id)
    join round r using (round_id)
    group by s.round_id, s.lao_id
    order by s.round_id, s.lao_id
    on conflict (round_id, lao_id) do update
        set asked = excluded.asked, done = excluded.done, exempt = excluded.exempt, state = excluded.state,
            changed_at = excluded.changed_at;
end
$$;

create or replace view round_unit_state with (security_barrier) as
    select round_id, lao_id, state, changed_at from round_unit
    where (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]);

-- the submissions of one form of a round, and of one LAO in a round, with what the board and the lists show of them
drop index ix_submission_round;
create index ix_submission_round on submission (round_id, form_id, state) include (lao_id, state_changed_at);
create index ix_submission_round_lao on submission (round_id, lao_id) include (form_id, state, state_changed_at);
create index ix_round_roster_supervising on round_roster (round_id, supervising_unit_id);

drop function unit_state(uuid, text[]);
-- Which of the six states an LAO in scope is in now, and since when nothing changed: the least advanced of the round's
-- forms, or of some of them.
create function unit_state(p_round uuid, p_forms text[]) returns table (lao_id int, state text, changed_at timestamptz)
    language sql stable as
$$
    select u.lao_id, u.state, u.changed_at from round_unit_state u where u.round_id = p_round and p_forms is null
    union all
    select s.lao_id,
        (array['not_started', 'in_progress', 'returned', 'recorded', 'certified', 'exempt'])[min(state_rank(s.state))],
        max(s.state_changed_at)
    from submission s
    where s.round_id = p_round and s.form_id = any (p_forms)
    group by s.lao_id
$$;
grant execute on function unit_state(uuid, text[]) to thongthin_app;

-- A table that is kept also names the LAOs that were done, so that two tables tell who moved between them.
alter table progress_snapshot
    add is_daily boolean not null default false,
    add done_laos int[],
    add constraint ck_progress_snapshot_daily check (not is_daily or (level = 'national' and taken_by is null));
comment on column progress_snapshot.done_laos is 'the LAOs of the table that were done; null: kept before this was stored';
-- one a day and round, whoever runs beside
create unique index uq_progress_snapshot_daily on progress_snapshot (round_id, as_of) where is_daily;
create index ix_progress_snapshot_round on progress_snapshot (round_id, level, unit_id);

-- a daily table holds done or not done alone, which everybody who is signed in may read
drop policy progress_snapshot_read on progress_snapshot;
create policy progress_snapshot_read on progress_snapshot for select using (
    (select actor_everywhere())
    or (is_daily and (select actor_kind()) = 'person')
    or unit_id = any ((select actor_scope())::int[])
    or taken_by_unit_id = (select actor_unit()));
drop policy progress_snapshot_insert on progress_snapshot;
create policy progress_snapshot_insert on progress_snapshot for insert with check (
    (select is_job())
    or (not is_daily
        and (select actor_role()) in ('officer', 'administrator') and (select actor_level()) <> 'lao'
        and taken_by = (select actor_user()) and taken_by_unit_id = (select actor_unit())
        and ((select actor_everywhere()) or unit_id = any ((select actor_scope())::int[]))));

create function refuse_change_of_snapshot() returns trigger language plpgsql set search_path = public, pg_temp as
$$
begin
    raise exception 'a kept table never changes' using errcode = '42501';
end
$$;
create trigger progress_snapshot_kept before update or delete on progress_snapshot
    for each row execute function refuse_change_of_snapshot();

-- An address under a name: its person's alone, under the unit where it was saved. Whoever opens it sees what their rights
-- show on that day. The number is the place in the list, and the limit.
create table saved_filter (
    user_id uuid not null,
    unit_id int not null,
    number smallint not null,
    name text not null,
    address text not null,
    saved_at timestamptz not null,
    constraint pk_saved_filter primary key (user_id, unit_id, number),
    constraint uq_saved_filter_name unique (user_id, unit_id, name),
    constraint fk_saved_filter_user foreign key (user_id) references app_user,
    constraint fk_saved_filter_unit foreign key (unit_id) references unit,
    constraint ck_saved_filter_number check (number between 1 and 30),
    constraint ck_saved_filter_name check (name <> '' and length(name) <= 100),
    constraint ck_saved_filter_address check (
        length(address) <= 1000 and address ~ '^/(board|progress/[a-z0-9-]+(/(units|map|chart))?)([?].*)?$')
);
alter table saved_filter enable row level security;
create policy saved_filter_own on saved_filter for all using (
    user_id = (select actor_user()) and unit_id = (select actor_unit()));
grant select, insert, delete on saved_filter to thongthin_app;
grant update (name) on saved_filter to thongthin_app;

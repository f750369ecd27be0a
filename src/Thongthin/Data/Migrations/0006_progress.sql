-- Progress is kept, never counted on a page. The triggers below run as the owner on the rows of a whole statement, so
-- that a single save and a bulk load cost what they must; no application role can write a count.
--   progress_count  per round, form, district of the roster and kind: how many submissions in each state
--   round_unit      per round and LAO: how many forms are asked, done, exempt; the least advanced state
--   progress_day    per round, LAO and form (null = the round as a whole): what changed on which Bangkok day;
--                   the sum of the days up to a date is the state at the end of that day. A move entered with an
--                   earlier time than the one before it counts on that one's day, so that no sum leaves 0 and 1
-- Locks are taken in the order submission, progress_count, round_unit, each by key: several moves that belong together
-- are inserted in one statement, not one after the other.
-- An LAO is done when every form asked of it is done or exempt, and not all are exempt.

create table progress_count (
    round_id uuid not null,
    form_id text not null,
    province_id int not null,
    district_id int not null,
    kind text not null,
    not_started int not null default 0,
    in_progress int not null default 0,
    recorded int not null default 0,
    certified int not null default 0,
    returned int not null default 0,
    exempt int not null default 0,
    constraint pk_progress_count primary key (round_id, form_id, district_id, kind),
    constraint fk_progress_count_round_form foreign key (round_id, form_id) references round_form,
    constraint ck_progress_count_not_negative check (
        least(not_started, in_progress, recorded, certified, returned, exempt) >= 0)
);

create table round_unit (
    round_id uuid not null,
    lao_id int not null,
    asked int not null,
    done int not null,
    exempt int not null,
    state text not null,
    is_done boolean not null generated always as (done > 0 and done + exempt = asked) stored,
    is_exempt boolean not null generated always as (exempt = asked) stored,
    constraint pk_round_unit primary key (round_id, lao_id),
    constraint fk_round_unit_roster foreign key (round_id, lao_id) references round_roster
);

create table progress_day (
    round_id uuid not null,
    lao_id int not null,
    form_id text,
    day date not null,
    done_delta int not null,
    exempt_delta int not null,
    constraint uq_progress_day unique nulls not distinct (round_id, form_id, lao_id, day),
    constraint fk_progress_day_roster foreign key (round_id, lao_id) references round_roster
);
create index ix_progress_day_lao on progress_day (round_id, lao_id);

alter table progress_count enable row level security;
alter table round_unit enable row level security;
alter table progress_day enable row level security;
-- the whole condition stands in the subquery: the planner takes an unknown truth for half of the rows, but an unknown
-- text among two for almost none, and joins 7,850 rows one by one
create policy progress_count_read on progress_count for select using ((select actor_kind() in ('person', 'job')));
create policy progress_day_read on progress_day for select using ((select actor_kind() in ('person', 'job')));
create policy round_unit_read on round_unit for select using ((select actor_kind() in ('person', 'job')));
grant select on progress_count, progress_day to thongthin_app;
-- done or not done is everybody's to see; which of the six states only in scope: by round_unit_state
grant select (round_id, lao_id, asked, done, exempt, is_done, is_exempt) on round_unit to thongthin_app;
create view round_unit_state with (security_barrier) as
    select round_id, lao_id, state from round_unit
    where (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]);
grant select on round_unit_state to thongthin_app;

create function state_is_done(p_state text, p_done_means text) returns boolean language sql immutable parallel safe
    return p_state = 'certified' or (p_state = 'recorded' and p_done_means = 'recorded');

-- 1 is the least advanced; exempt is none of them
create function state_rank(p_state text) returns int language sql immutable parallel safe
    return array_position(array['not_started', 'in_progress', 'returned', 'recorded', 'certified', 'exempt'], p_state);
grant execute on function state_is_done(text, text), state_rank(text) to thongthin_app;

-- Recounts round_unit of the LAOs given from their submissions. The lock comes first, so that the count sees what the
-- one who held it wrote.
create function recount_round_units(p_rounds uuid[], p_laos int[]) returns void
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    perform 1 from round_unit u join unnest(p_rounds, p_laos) a (round_id, lao_id) using (round_id, lao_id)
        order by u.round_id, u.lao_id for update of u;

    insert into round_unit (round_id, lao_id, asked, done, exempt, state)
    select s.round_id, s.lao_id, count(*), count(*) filter (where state_is_done(s.state, r.done_means)),
        count(*) filter (where s.state = 'exempt'),
        (array['not_started', 'in_progress', 'returned', 'recorded', 'certified', 'exempt'])[min(state_rank(s.state))]
    from unnest(p_rounds, p_laos) a (round_id, lao_id)
    join submission s using (round_id, lao_id)
    join round r using (round_id)
    group by s.round_id, s.lao_id
    order by s.round_id, s.lao_id
    on conflict (round_id, lao_id) do update
        set asked = excluded.asked, done = excluded.done, exempt = excluded.exempt, state = excluded.state;
end
$$;

-- Recounts the whole-round days of the LAOs given from their days per form, and writes those that differ. round_unit is
-- counted and locked before.
create function recount_round_days(p_rounds uuid[], p_laos int[]) returns void
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    with due as (
        select round_id, lao_id, day, done_delta, exempt_delta
        from (
            select round_id, lao_id, day,
                is_done - lag(is_done, 1, 0) over w as done_delta,
                is_exempt - lag(is_exempt, 1, 0) over w as exempt_delta
            from (
                select t.round_id, t.lao_id, t.day,
                    (t.done > 0 and t.done + t.exempt = u.asked)::int as is_done, (t.exempt = u.asked)::int as is_exempt
                from (
                    select d.round_id, d.lao_id, d.day,
                        sum(sum(d.done_delta)) over (partition by d.round_id, d.lao_id order by d.day) as done,
                        sum(sum(d.exempt_delta)) over (partition by d.round_id, d.lao_id order by d.day) as exempt
                    from unnest(p_rounds, p_laos) a (round_id, lao_id)
                    join progress_day d on d.round_id = a.round_id and d.lao_id = a.lao_id and d.form_id is not null
                    group by d.round_id, d.lao_id, d.day) t
                join round_unit u using (round_id, lao_id)) s
            window w as (partition by round_id, lao_id order by day)) x
        where done_delta <> 0 or exempt_delta <> 0
    ), gone as (
        delete from progress_day d using unnest(p_rounds, p_laos) a (round_id, lao_id)
        where d.round_id = a.round_id and d.lao_id = a.lao_id and d.form_id is null
          and not exists (select from due x where x.round_id = d.round_id and x.lao_id = d.lao_id and x.day = d.day)
    )
    insert into progress_day (round_id, lao_id, form_id, day, done_delta, exempt_delta)
    select round_id, lao_id, null, day, done_delta, exempt_delta from due order by round_id, lao_id, day
    on conflict (round_id, form_id, lao_id, day) do update
        set done_delta = excluded.done_delta, exempt_delta = excluded.exempt_delta
        where (progress_day.done_delta, progress_day.exempt_delta) <> (excluded.done_delta, excluded.exempt_delta);
end
$$;

create function count_new_submissions() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if exists (select from added where state <> 'not_started') then
        raise exception 'a submission starts as not_started' using errcode = 'TH005';
    end if;
    if exists (
        select from added a
        join round r using (round_id)
        join round_form f using (round_id, form_id)
        where a.fiscal_year <> r.fiscal_year or a.form_version <> f.form_version)
    then
        raise exception 'a submission has the fiscal year and the form version of its round' using errcode = 'TH005';
    end if;
    -- an LAO that is new in the round has no row in round_unit to queue on yet
    perform 1 from round_roster o join (select distinct round_id, lao_id from added) a using (round_id, lao_id)
        order by o.round_id, o.lao_id for no key update of o;
    insert into progress_count (round_id, form_id, province_id, district_id, kind, not_started)
    select a.round_id, a.form_id, r.province_id, r.district_id, r.kind, count(*)
    from added a join round_roster r using (round_id, lao_id)
    group by a.round_id, a.form_id, r.province_id, r.district_id, r.kind
    order by a.round_id, a.form_id, r.district_id, r.kind
    on conflict (round_id, form_id, district_id, kind) do update
        set not_started = progress_count.not_started + excluded.not_started;
    perform recount_round_units(array_agg(round_id), array_agg(lao_id))
        from (select distinct round_id, lao_id from added) a;
    perform recount_round_days(array_agg(round_id), array_agg(lao_id))
        from (select distinct round_id, lao_id from added) a;
    return null;
end
$$;
create trigger submission_counted after insert on submission
    referencing new table as added for each statement execute function count_new_submissions();

-- The one writer of a submission's state.
create function apply_submission_events() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    perform 1 from submission s
        join (select distinct lao_id, submission_id from added) a using (lao_id, submission_id)
        order by s.lao_id, s.submission_id for no key update of s;

    -- every event continues the chain: its number and its starting state are those that the one before left
    if exists (
        select from (
            select a.number, a.from_state,
                coalesce(lag(a.number) over w, s.event_count) as number_before,
                coalesce(lag(a.to_state) over w, s.state) as state_before
            from added a join submission s using (lao_id, submission_id)
            window w as (partition by a.lao_id, a.submission_id order by a.number)) c
        where c.number <> c.number_before + 1 or c.from_state <> c.state_before)
    then
        raise exception 'the state changed meanwhile' using errcode = 'TH006';
    end if;

    -- the job (import, repair, demonstration) may make any move; a person only those of the table, and where nothing
    -- moves there is only an officer's review
    if actor_kind() is not null and not is_job() and exists (
        select from added a
        where case
            when a.from_state = a.to_state then a.action <> 'review' or actor_role() is distinct from 'officer'
            else not exists (
                select from submission_move m
                where m.action = a.action and m.from_state = a.from_state and m.to_state = a.to_state
                  and m.role = actor_role() and m.level = actor_level()) end)
    then
        raise exception 'this role may not make this move' using errcode = 'TH007';
    end if;

    if exists (
        select from added a
        where a.action = 'lift'
          and a.to_state is distinct from (
            select e.from_state from submission_event e
            where e.lao_id = a.lao_id and e.submission_id = a.submission_id and e.action = 'exempt' and e.number < a.number
            order by e.number desc limit 1))
    then
        raise exception 'lifting an exemption leads to the state before it' using errcode = 'TH007';
    end if;

    insert into progress_day (round_id, lao_id, form_id, day, done_delta, exempt_delta)
    select round_id, lao_id, form_id, day, sum(is_done - was_done), sum(is_exempt - was_exempt)
    from (
        select s.round_id, s.lao_id, s.form_id,
            bangkok_day(greatest(s.state_changed_at, max(a.at) over w)) as day,
            state_is_done(a.to_state, r.done_means)::int as is_done, state_is_done(a.from_state, r.done_means)::int as was_done,
            (a.to_state = 'exempt')::int as is_exempt, (a.from_state = 'exempt')::int as was_exempt
        from added a join submission s using (lao_id, submission_id) join round r using (round_id)
        where a.from_state <> a.to_state
        window w as (partition by a.lao_id, a.submission_id order by a.number)) m
    where is_done <> was_done or is_exempt <> was_exempt
    group by round_id, lao_id, form_id, day
    order by round_id, form_id, lao_id, day
    on conflict (round_id, form_id, lao_id, day) do update
        set done_delta = progress_day.done_delta + excluded.done_delta,
            exempt_delta = progress_day.exempt_delta + excluded.exempt_delta;

    update submission s
    set state = l.to_state,
        event_count = l.number,
        state_changed_at = greatest(s.state_changed_at, l.moved_at),
        is_nil = case when l.to_state in ('recorded', 'certified', 'exempt') then
                    coalesce(l.nil, s.is_nil) else false end,
        recorded_at = coalesce(l.recorded_at, s.recorded_at),
        certified_at = coalesce(l.certified_at, s.certified_at)
    from (
        select distinct on (lao_id, submission_id) lao_id, submission_id, number, to_state,
            max(at) filter (where from_state <> to_state) over w as moved_at,
            (array_agg(action = 'nil') filter (where action in ('nil', 'submit') and from_state <> to_state) over w)
                [count(*) filter (where action in ('nil', 'submit') and from_state <> to_state) over w] as nil,
            max(at) filter (where action in ('nil', 'submit', 'import') and to_state in ('recorded', 'certified')) over w as recorded_at,
            max(at) filter (where to_state = 'certified' and from_state <> to_state) over w as certified_at
        from added
        window w as (partition by lao_id, submission_id order by number
            rows between unbounded preceding and unbounded following)
        order by lao_id, submission_id, number desc) l
    where s.lao_id = l.lao_id and s.submission_id = l.submission_id;

    if not exists (select from added where from_state <> to_state) then
        return null;
    end if;

    perform 1 from progress_count c
        join (
            select distinct s.round_id, s.form_id, r.district_id, r.kind
            from added a join submission s using (lao_id, submission_id) join round_roster r using (round_id, lao_id)) k
            using (round_id, form_id, district_id, kind)
        order by c.round_id, c.form_id, c.district_id, c.kind for update of c;
    update progress_count c
    set not_started = c.not_started + d.not_started,
        in_progress = c.in_progress + d.in_progress,
        recorded = c.recorded + d.recorded,
        certified = c.certified + d.certified,
        returned = c.returned + d.returned,
        exempt = c.exempt + d.exempt
    from (
        select s.round_id, s.form_id, r.district_id, r.kind,
            sum((a.to_state = 'not_started')::int - (a.from_state = 'not_started')::int) as not_started,
            sum((a.to_state = 'in_progress')::int - (a.from_state = 'in_progress')::int) as in_progress,
            sum((a.to_state = 'recorded')::int - (a.from_state = 'recorded')::int) as recorded,
            sum((a.to_state = 'certified')::int - (a.from_state = 'certified')::int) as certified,
            sum((a.to_state = 'returned')::int - (a.from_state = 'returned')::int) as returned,
            sum((a.to_state = 'exempt')::int - (a.from_state = 'exempt')::int) as exempt
        from added a join submission s using (lao_id, submission_id) join round_roster r using (round_id, lao_id)
        group by s.round_id, s.form_id, r.district_id, r.kind) d
    where c.round_id = d.round_id and c.form_id = d.form_id and c.district_id = d.district_id and c.kind = d.kind;

    perform recount_round_units(array_agg(round_id), array_agg(lao_id))
        from (
            select distinct s.round_id, s.lao_id from added a join submission s using (lao_id, submission_id)
            where a.from_state <> a.to_state) x;
    perform recount_round_days(array_agg(round_id), array_agg(lao_id))
        from (
            select distinct s.round_id, s.lao_id
            from added a join submission s using (lao_id, submission_id) join round r using (round_id)
            where state_is_done(a.to_state, r.done_means) <> state_is_done(a.from_state, r.done_means)
               or (a.to_state = 'exempt') <> (a.from_state = 'exempt')) x
        having count(*) > 0;
    return null;
end
$$;
create trigger submission_event_applied after insert on submission_event
    referencing new table as added for each statement execute function apply_submission_events();

-- Compares what is kept with a recount of the transitions; no row = no difference.
create function progress_difference(p_round uuid)
    returns table (what text, round_slug text, key text, kept text, recounted text)
    language sql stable security definer set search_path = public, pg_temp as
$$
    with moves as (
        select s.round_id, s.form_id, s.lao_id, e.from_state, e.to_state, r.done_means, r.slug,
            max(e.at) over (partition by e.lao_id, e.submission_id order by e.number) as at
        from submission_event e join submission s using (lao_id, submission_id) join round r using (round_id)
        where e.from_state <> e.to_state and (p_round is null or s.round_id = p_round)
    ), last as (
        select s.round_id, s.form_id, s.lao_id, s.submission_id, s.state as kept, r.slug, r.done_means,
            coalesce((select e.to_state from submission_event e
                      where e.lao_id = s.lao_id and e.submission_id = s.submission_id order by e.number desc limit 1),
                     'not_started') as state
        from submission s join round r using (round_id)
        where (p_round is null or s.round_id = p_round)
    ), counts as (
        select l.round_id, l.slug, l.form_id, o.district_id, o.kind,
            array[count(*) filter (where state = 'not_started'), count(*) filter (where state = 'in_progress'),
                  count(*) filter (where state = 'recorded'), count(*) filter (where state = 'certified'),
                  count(*) filter (where state = 'returned'), count(*) filter (where state = 'exempt')] as n
        from last l join round_roster o using (round_id, lao_id) group by l.round_id, l.slug, l.form_id, o.district_id, o.kind
    ), units as (
        select round_id, slug, lao_id, count(*) as asked,
            count(*) filter (where state_is_done(state, done_means)) as done, count(*) filter (where state = 'exempt') as exempt,
            (array['not_started', 'in_progress', 'returned', 'recorded', 'certified', 'exempt'])[min(state_rank(state))] as state
        from last group by round_id, slug, lao_id
    ), days as (
        select round_id, slug, form_id, lao_id, bangkok_day(at) as day,
            sum(state_is_done(to_state, done_means)::int - state_is_done(from_state, done_means)::int) as done,
            sum((to_state = 'exempt')::int - (from_state = 'exempt')::int) as exempt
        from moves group by round_id, slug, form_id, lao_id, bangkok_day(at)
    ), whole_days as (
        select round_id, slug, lao_id, day,
            is_done - lag(is_done, 1, 0) over w as done, is_exempt - lag(is_exempt, 1, 0) over w as exempt
        from (
            select t.round_id, t.slug, t.lao_id, t.day,
                (t.done > 0 and t.done + t.exempt = u.asked)::int as is_done, (t.exempt = u.asked)::int as is_exempt
            from (
                select round_id, slug, lao_id, day,
                    sum(sum(done)) over (partition by round_id, lao_id order by day) as done,
                    sum(sum(exempt)) over (partition by round_id, lao_id order by day) as exempt
                from days group by round_id, slug, lao_id, day) t
            join units u using (round_id, lao_id)) x
        window w as (partition by round_id, lao_id order by day)
    )
    select 'state', slug, lao_id || '/' || form_id, kept, state from last where kept <> state
    union all
    select 'progress_count', coalesce(c.slug, r.slug), coalesce(c.form_id, k.form_id) || '/' || coalesce(c.district_id, k.district_id)
            || '/' || coalesce(c.kind, k.kind),
        array[k.not_started, k.in_progress, k.recorded, k.certified, k.returned, k.exempt]::text, c.n::text
    from counts c
    full join (select * from progress_count where p_round is null or round_id = p_round) k
        using (round_id, form_id, district_id, kind)
    left join round r using (round_id)
    where array[k.not_started, k.in_progress, k.recorded, k.certified, k.returned, k.exempt]::bigint[] is distinct from c.n
    union all
    select 'round_unit', coalesce(u.slug, r.slug), lao_id::text,
        concat_ws('/', k.asked, k.done, k.exempt, k.state), concat_ws('/', u.asked, u.done, u.exempt, u.state)
    from units u
    full join (select * from round_unit where p_round is null or round_id = p_round) k using (round_id, lao_id)
    left join round r using (round_id)
    where (k.asked, k.done, k.exempt, k.state) is distinct from (u.asked::int, u.done::int, u.exempt::int, u.state)
    union all
    select 'progress_day', coalesce(d.slug, r.slug), lao_id || '/' || form_id || '/' || day,
        concat_ws('/', coalesce(k.done_delta, 0), coalesce(k.exempt_delta, 0)), concat_ws('/', coalesce(d.done, 0), coalesce(d.exempt, 0))
    from days d
    full join (select * from progress_day where form_id is not null and (p_round is null or round_id = p_round)) k
        using (round_id, form_id, lao_id, day)
    left join round r using (round_id)
    where (coalesce(k.done_delta, 0), coalesce(k.exempt_delta, 0)) <> (coalesce(d.done, 0), coalesce(d.exempt, 0))
    union all
    select 'progress_day', coalesce(d.slug, r.slug), lao_id || '/' || day,
        concat_ws('/', coalesce(k.done_delta, 0), coalesce(k.exempt_delta, 0)), concat_ws('/', coalesce(d.done, 0), coalesce(d.exempt, 0))
    from whole_days d
    full join (select * from progress_day where form_id is null and (p_round is null or round_id = p_round)) k
        using (round_id, lao_id, day)
    left join round r using (round_id)
    where (coalesce(k.done_delta, 0), coalesce(k.exempt_delta, 0)) <> (coalesce(d.done, 0), coalesce(d.exempt, 0))
$$;

-- the same, for those who may see every state
create function verify_progress(p_round uuid default null)
    returns table (what text, round_slug text, key text, kept text, recounted text)
    language plpgsql stable security definer set search_path = public, pg_temp as
$$
begin
    if not actor_everywhere() and session_user <> current_user then
        raise exception 'only the job and the Department verify' using errcode = '42501';
    end if;
    return query select * from progress_difference(p_round);
end
$$;
grant execute on function verify_progress(uuid) to thongthin_app;

-- Done or not done of every LAO of a round, for all to read: now (p_until null) or at the end of a Bangkok day; of the
-- whole round (p_forms null) or looking at some of its forms only. Every LAO of a roster is asked all forms of its round.
create function unit_progress(p_round uuid, p_forms text[], p_until date)
    returns table (lao_id int, is_done boolean, is_exempt boolean)
    language sql stable as
$$
    select u.lao_id, u.is_done, u.is_exempt
    from round_unit u
    where u.round_id = p_round and p_forms is null and p_until is null
    union all
    select u.lao_id, coalesce(d.done > 0, false), coalesce(d.exempt > 0, false)
    from round_unit u
    left join (
        select k.lao_id, sum(k.done_delta) as done, sum(k.exempt_delta) as exempt
        from progress_day k
        where k.round_id = p_round and k.form_id is null and k.day <= p_until and p_forms is null
        group by k.lao_id) d on d.lao_id = u.lao_id
    where u.round_id = p_round and p_forms is null and p_until is not null
    union all
    select u.lao_id, coalesce(d.done > 0 and d.done + d.exempt = cardinality(p_forms), false),
        coalesce(d.exempt = cardinality(p_forms), false)
    from round_unit u
    left join (
        select k.lao_id, sum(k.done_delta) as done, sum(k.exempt_delta) as exempt
        from progress_day k
        where k.round_id = p_round and k.form_id = any (p_forms) and k.day <= coalesce(p_until, 'infinity')
        group by k.lao_id) d on d.lao_id = u.lao_id
    where u.round_id = p_round and p_forms is not null
$$;
grant execute on function unit_progress(uuid, text[], date) to thongthin_app;

-- Which of the six states an LAO in scope is in now: the least advanced of the round's forms, or of some of them.
create function unit_state(p_round uuid, p_forms text[]) returns table (lao_id int, state text) language sql stable as
$$
    select u.lao_id, u.state from round_unit_state u where u.round_id = p_round and p_forms is null
    union all
    select s.lao_id,
        (array['not_started', 'in_progress', 'returned', 'recorded', 'certified', 'exempt'])[min(state_rank(s.state))]
    from submission s
    where s.round_id = p_round and s.form_id = any (p_forms)
    group by s.lao_id
$$;
grant execute on function unit_state(uuid, text[]) to thongthin_app;

-- a progress table kept as it stood: numbered per calendar year (Buddhist era), never changed
create table progress_snapshot (
    progress_snapshot_id uuid not null,
    year int not null,
    number int not null,
    round_id uuid not null,
    level text not null,
    unit_id int,
    as_of date not null,
    filter jsonb not null default '{}',
    content jsonb not null,
    taken_at timestamptz not null,
    taken_by uuid,
    taken_by_name text not null,
    taken_by_unit_id int,
    constraint pk_progress_snapshot primary key (progress_snapshot_id),
    constraint uq_progress_snapshot_number unique (year, number),
    constraint fk_progress_snapshot_round foreign key (round_id) references round,
    constraint fk_progress_snapshot_unit foreign key (unit_id) references unit,
    constraint ck_progress_snapshot_level check (level in ('national', 'province', 'district') and (level = 'national') = (unit_id is null))
);
-- Year and number are given here, whoever takes the snapshot and whatever others of the year it may see: one at a time,
-- so that the numbers have no gap.
create function number_progress_snapshot() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    perform pg_advisory_xact_lock(hashtext('progress_snapshot'));
    new.year := extract(year from bangkok_day(new.taken_at)) + 543;
    new.number := coalesce((select max(s.number) from progress_snapshot s where s.year = new.year), 0) + 1;
    return new;
end
$$;
create trigger progress_snapshot_numbered before insert on progress_snapshot
    for each row execute function number_progress_snapshot();
alter table progress_snapshot enable row level security;
-- its filter may look at the six states: the offices above its unit see it, that unit, and who took it
create policy progress_snapshot_read on progress_snapshot for select using (
    (select actor_everywhere())
    or unit_id = any ((select actor_scope())::int[])
    or taken_by_unit_id = (select actor_unit()));
create policy progress_snapshot_insert on progress_snapshot for insert with check (
    (select is_job())
    or ((select actor_role()) in ('officer', 'administrator') and (select actor_level()) <> 'lao' and taken_by = (select actor_user())
        and taken_by_unit_id = (select actor_unit())
        and ((select actor_everywhere()) or unit_id = any ((select actor_scope())::int[]))));
grant select, insert on progress_snapshot to thongthin_app;

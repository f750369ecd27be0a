-- Who is asking. Every connection of the application role names its actor once, by enter_actor; the row policies of all
-- later tables read what it set. Nothing set means no rows. The settings belong to the database session and vanish when
-- the pooled connection is reset (DISCARD ALL / RESET ALL).
--
-- Rules for every function of the schema: whoever may call it is named by a grant (nobody may by default: a trigger
-- function that runs as the owner could otherwise be hung on a caller's own temporary table), and a function that runs
-- as the owner fixes its search path with pg_temp last, so that a caller's temporary table never stands for a real one.

create extension if not exists pg_trgm;
create extension if not exists btree_gist;

grant usage on schema public to thongthin_app;
alter default privileges revoke execute on functions from public;

create collation if not exists thai (provider = icu, locale = 'th-TH-u-kn');

create function actor_kind() returns text language sql stable parallel safe
    return nullif(current_setting('thongthin.actor', true), '');

create function actor_user() returns uuid language sql stable parallel safe
    return nullif(current_setting('thongthin.user_id', true), '')::uuid;

create function actor_unit() returns int language sql stable parallel safe
    return nullif(current_setting('thongthin.unit_id', true), '')::int;

-- lao, district, province or department; null for the named actors public, sign_in and job
create function actor_level() returns text language sql stable parallel safe
    return nullif(current_setting('thongthin.level', true), '');

create function actor_role() returns text language sql stable parallel safe
    return nullif(current_setting('thongthin.role', true), '');

-- unit ids that the actor may see: its own, those it supervises today, directly or through a lower office, and the
-- predecessors of all these, whose data stays their own
create function actor_scope() returns int[] language sql stable parallel safe
    return nullif(current_setting('thongthin.scope', true), '')::int[];

-- the Department and the background job see every unit
create function actor_everywhere() returns boolean language sql stable parallel safe
    return coalesce(current_setting('thongthin.everywhere', true), '') = 'on';

create function is_department_administrator() returns boolean language sql stable parallel safe
    return coalesce(actor_level() = 'department' and actor_role() = 'administrator', false);

create function is_job() returns boolean language sql stable parallel safe
    return coalesce(actor_kind() = 'job', false);

create function bangkok_day(at timestamptz) returns date language sql immutable parallel safe
    return (at at time zone 'Asia/Bangkok')::date;

grant execute on function actor_kind(), actor_user(), actor_unit(), actor_level(), actor_role(), actor_scope(),
    actor_everywhere(), is_department_administrator(), is_job(), bangkok_day(timestamptz) to thongthin_app;

-- Who is asking. Every connection of the application role names its actor once, by enter_actor; the row policies of all
-- later tables read what it set. Nothing set means no rows. The settings belong to the database session and vanish when
-- the pooled connection is reset (DISCARD ALL / RESET ALL).

create extension if not exists pg_trgm;
create extension if not exists btree_gist;

grant usage on schema public to thongthin_app;

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

-- unit ids that the actor may see: its own, and those it supervises today, directly or through a lower office
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

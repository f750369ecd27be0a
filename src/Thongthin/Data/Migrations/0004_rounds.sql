-- Forms and their published versions; rounds, their audience and the roster frozen at opening.

create table form (
    form_id text not null,
    sector int not null,
    shape text not null,
    title_th text not null,
    title_en text not null,
    unit_group_id uuid,
    report_order int not null default 0,
    constraint pk_form primary key (form_id),
    constraint fk_form_group foreign key (unit_group_id) references unit_group,
    constraint ck_form_id check (form_id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint ck_form_sector check (sector between 1 and 8),
    constraint ck_form_shape check (shape in ('annual', 'register', 'catalogue'))
);

create table form_version (
    form_id text not null,
    version int not null,
    first_fiscal_year int not null,
    definition jsonb not null,
    source text not null,
    sha256 bytea not null,
    published_at timestamptz not null,
    published_by uuid,
    constraint pk_form_version primary key (form_id, version),
    constraint fk_form_version_form foreign key (form_id) references form,
    constraint ck_form_version_number check (version >= 1),
    constraint ck_form_version_fiscal_year check (first_fiscal_year between 2500 and 2700)
);

create table round (
    round_id uuid not null,
    slug text not null,
    fiscal_year int not null,
    title_th text not null,
    title_en text not null,
    opens_on date not null,
    deadline date not null,
    closes_on date not null,
    done_means text not null,
    return_days int not null default 15,
    unit_group_id uuid,
    contact text not null default '',
    opened_at timestamptz,
    cancelled_at timestamptz,
    cancel_reason text,
    created_at timestamptz not null,
    created_by uuid,
    constraint pk_round primary key (round_id),
    constraint uq_round_slug unique (slug),
    constraint fk_round_group foreign key (unit_group_id) references unit_group,
    constraint ck_round_slug check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint ck_round_fiscal_year check (fiscal_year between 2500 and 2700),
    constraint ck_round_days check (opens_on <= deadline and deadline <= closes_on),
    constraint ck_round_done_means check (done_means in ('recorded', 'certified')),
    constraint ck_round_return_days check (return_days between 1 and 366),
    constraint ck_round_title check (title_th <> '')
);

create table round_form (
    round_id uuid not null,
    form_id text not null,
    form_version int not null,
    constraint pk_round_form primary key (round_id, form_id),
    constraint fk_round_form_round foreign key (round_id) references round,
    constraint fk_round_form_version foreign key (form_id, form_version) references form_version
);

-- who is asked: every kind listed; provinces and units narrow it when present
create table round_audience (
    round_id uuid not null,
    part text not null,
    kind text,
    unit_id int,
    constraint uq_round_audience unique nulls not distinct (round_id, part, kind, unit_id),
    constraint fk_round_audience_round foreign key (round_id) references round,
    constraint fk_round_audience_unit foreign key (unit_id) references unit,
    constraint ck_round_audience_part check (
        (part = 'kind' and kind is not null and unit_id is null)
        or (part in ('province', 'unit') and kind is null and unit_id is not null))
);

create table round_roster (
    round_id uuid not null,
    lao_id int not null,
    kind text not null,
    code text,
    name_th text not null,
    name_en text not null,
    abbreviation_th text not null,
    report_order int not null,
    district_id int not null,
    district_th text not null,
    district_en text not null,
    district_order int not null,
    province_id int not null,
    province_th text not null,
    province_en text not null,
    province_order int not null,
    supervising_unit_id int not null,
    constraint pk_round_roster primary key (round_id, lao_id),
    constraint fk_round_roster_round foreign key (round_id) references round,
    constraint fk_round_roster_lao foreign key (lao_id) references unit,
    constraint fk_round_roster_district foreign key (district_id) references unit,
    constraint fk_round_roster_province foreign key (province_id) references unit,
    constraint fk_round_roster_supervising_unit foreign key (supervising_unit_id) references unit
);
create index ix_round_roster_province on round_roster (round_id, province_id);
create index ix_round_roster_district on round_roster (round_id, district_id);
create index ix_round_roster_lao on round_roster (lao_id);

alter table form enable row level security;
alter table form_version enable row level security;
alter table round enable row level security;
alter table round_form enable row level security;
alter table round_audience enable row level security;
alter table round_roster enable row level security;

create policy form_read on form for select using ((select actor_kind()) in ('person', 'public', 'job'));
create policy form_write on form for all using ((select is_department_administrator() or is_job()));
create policy form_version_read on form_version for select using ((select actor_kind()) in ('person', 'public', 'job'));
create policy form_version_insert on form_version for insert with check ((select is_department_administrator() or is_job()));
create policy round_read on round for select using (
    (select actor_everywhere()) or ((select actor_kind()) = 'person' and opened_at is not null));
create policy round_write on round for all using ((select is_department_administrator() or is_job()));
create policy round_form_read on round_form for select using ((select actor_kind()) in ('person', 'job'));
create policy round_form_write on round_form for all using ((select is_department_administrator() or is_job()));
create policy round_audience_read on round_audience for select using ((select actor_kind()) in ('person', 'job'));
create policy round_audience_write on round_audience for all using ((select is_department_administrator() or is_job()));
create policy round_roster_read on round_roster for select using ((select actor_kind() in ('person', 'job')));
create policy round_roster_insert on round_roster for insert with check ((select is_department_administrator() or is_job()));

grant select, insert, update on form, round to thongthin_app;
grant select, insert on form_version, round_roster to thongthin_app;
grant select, insert, delete on round_form, round_audience to thongthin_app;

-- what is published, opened or frozen stays as it is
create function refuse_change_of_open_round() returns trigger language plpgsql set search_path = public, pg_temp as
$$
begin
    if exists (select from round r where r.round_id = coalesce(new.round_id, old.round_id) and r.opened_at is not null) then
        raise exception 'the round is open' using errcode = 'TH002';
    end if;
    return coalesce(new, old);
end
$$;
create trigger round_form_frozen before insert or update or delete on round_form
    for each row execute function refuse_change_of_open_round();
create trigger round_audience_frozen before insert or update or delete on round_audience
    for each row execute function refuse_change_of_open_round();
create trigger round_roster_frozen before insert on round_roster
    for each row execute function refuse_change_of_open_round();

-- what the kept progress and the submissions were built on
create function refuse_redefinition_of_open_round() returns trigger language plpgsql set search_path = public, pg_temp as
$$
begin
    raise exception 'the round is open' using errcode = 'TH002';
end
$$;
create trigger round_frozen before update on round for each row
    when (old.opened_at is not null and (old.slug, old.fiscal_year, old.done_means, old.opened_at)
        is distinct from (new.slug, new.fiscal_year, new.done_means, new.opened_at))
    execute function refuse_redefinition_of_open_round();

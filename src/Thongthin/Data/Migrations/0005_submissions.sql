-- A submission is one LAO's answer to one form for one fiscal year. Its state has one writer: the trigger behind
-- submission_event. Whoever wants a state to change inserts the event (who, when, from, to, why); the event is refused
-- when the state is no longer the one it starts from, or when the table of moves does not allow it to that role.

create table submission_move (
    action text not null,
    from_state text not null,
    to_state text not null,
    role text not null,
    level text not null,
    constraint pk_submission_move primary key (action, from_state, to_state, role, level)
);
comment on table submission_move is 'domain rule: which role of which level may move a submission how; lift goes back to the state before the exemption only';
insert into submission_move (action, from_state, to_state, role, level)
select a.action, a.from_state, a.to_state, w.role, w.level
from (values
    ('save', 'not_started', 'in_progress', 'recorder'),
    ('save', 'not_started', 'in_progress', 'officer'),
    ('nil', 'not_started', 'recorded', 'recorder'),
    ('nil', 'in_progress', 'recorded', 'recorder'),
    ('nil', 'returned', 'recorded', 'recorder'),
    ('submit', 'in_progress', 'recorded', 'recorder'),
    ('submit', 'returned', 'recorded', 'recorder'),
    ('recall', 'recorded', 'in_progress', 'recorder'),
    ('send_back', 'recorded', 'in_progress', 'certifier'),
    ('certify', 'recorded', 'certified', 'certifier'),
    ('return', 'recorded', 'returned', 'officer'),
    ('return', 'certified', 'returned', 'officer'),
    ('amend', 'certified', 'in_progress', 'recorder'),
    ('amend', 'certified', 'in_progress', 'officer'),
    ('exempt', 'not_started', 'exempt', 'administrator'),
    ('exempt', 'in_progress', 'exempt', 'administrator'),
    ('exempt', 'recorded', 'exempt', 'administrator'),
    ('exempt', 'returned', 'exempt', 'administrator'),
    ('lift', 'exempt', 'not_started', 'administrator'),
    ('lift', 'exempt', 'in_progress', 'administrator'),
    ('lift', 'exempt', 'recorded', 'administrator'),
    ('lift', 'exempt', 'returned', 'administrator')) as a (action, from_state, to_state, who)
join (values
    ('recorder', 'recorder', 'lao'),
    ('certifier', 'certifier', 'lao'),
    ('officer', 'officer', 'district'),
    ('officer', 'officer', 'province'),
    ('officer', 'officer', 'department'),
    ('administrator', 'administrator', 'department')) as w (who, role, level) on w.who = a.who;

create table submission (
    lao_id int not null,
    submission_id uuid not null,
    round_id uuid not null,
    form_id text not null,
    form_version int not null,
    fiscal_year int not null,
    state text not null default 'not_started',
    state_changed_at timestamptz,
    event_count int not null default 0,
    is_nil boolean not null default false,
    recorded_at timestamptz,
    certified_at timestamptz,
    open_until date,
    reviewed_at timestamptz,
    constraint pk_submission primary key (lao_id, submission_id),
    constraint uq_submission_once unique (lao_id, form_id, fiscal_year),
    constraint fk_submission_roster foreign key (round_id, lao_id) references round_roster,
    constraint fk_submission_round_form foreign key (round_id, form_id) references round_form,
    constraint fk_submission_form_version foreign key (form_id, form_version) references form_version,
    constraint ck_submission_state check (state in
        ('not_started', 'in_progress', 'recorded', 'certified', 'returned', 'exempt'))
);
create index ix_submission_round on submission (round_id, form_id, state);
comment on column submission.recorded_at is 'when it was last submitted or declared nil; null before';
comment on column submission.open_until is 'a return or an allowed amendment keeps it open to the end of this day, also after closing';

-- one entry of a register, with a life over the years
create table record (
    lao_id int not null,
    record_id uuid not null,
    form_id text not null,
    record_number text not null,
    first_fiscal_year int not null,
    created_at timestamptz not null,
    constraint pk_record primary key (lao_id, record_id),
    constraint uq_record_number unique (lao_id, form_id, record_number),
    constraint fk_record_lao foreign key (lao_id) references unit,
    constraint fk_record_form foreign key (form_id) references form
);

-- The answers of an annual form (record_id null), or of one record in one fiscal year. revision counts saves;
-- field_revision says at which revision each path changed last: a save conflicts only where it changes one of those.
-- The draft is one open version (draft_*), closed into answer_version at a transition, when another person edits, or
-- after 30 idle minutes. An officer's help is marked by officer_unit_id.
create table answer_sheet (
    lao_id int not null,
    answer_sheet_id uuid not null,
    submission_id uuid not null,
    record_id uuid,
    status text not null default 'draft',
    remove_reason text,
    label text not null default '',
    answers jsonb not null default '{}',
    revision int not null default 0,
    field_revision jsonb not null default '{}',
    blocking_issues int not null default 0,
    warnings int not null default 0,
    answered int not null default 0,
    required int not null default 0,
    draft_by uuid,
    draft_by_name text,
    draft_opened_at timestamptz,
    officer_unit_id int,
    saved_at timestamptz not null,
    save_key uuid,
    constraint pk_answer_sheet primary key (lao_id, answer_sheet_id),
    constraint uq_answer_sheet_record unique nulls not distinct (lao_id, submission_id, record_id),
    constraint fk_answer_sheet_submission foreign key (lao_id, submission_id) references submission,
    constraint fk_answer_sheet_record foreign key (lao_id, record_id) references record,
    constraint ck_answer_sheet_status check (status in ('draft', 'confirmed', 'removed')),
    constraint ck_answer_sheet_remove_reason check ((status = 'removed') = (remove_reason is not null))
);
comment on column answer_sheet.save_key is 'key of the last save: the same save sent twice is stored once';
create index ix_answer_sheet_record on answer_sheet (lao_id, record_id);

create table answer_version (
    lao_id int not null,
    answer_sheet_id uuid not null,
    number int not null,
    revision int not null,
    status text not null,
    answers jsonb not null,
    opened_at timestamptz not null,
    closed_at timestamptz not null,
    author_id uuid,
    author_name text not null,
    officer_unit_id int,
    constraint pk_answer_version primary key (lao_id, answer_sheet_id, number),
    constraint fk_answer_version_sheet foreign key (lao_id, answer_sheet_id) references answer_sheet
);

create table submission_event (
    lao_id int not null,
    submission_id uuid not null,
    number int not null,
    submission_event_id uuid not null,
    at timestamptz not null,
    action text not null,
    from_state text not null,
    to_state text not null,
    user_id uuid,
    user_name text not null,
    role text not null,
    unit_id int,
    unit_name text not null,
    reason text not null default '',
    detail jsonb not null default '{}',
    correlation_id text not null default '',
    constraint pk_submission_event primary key (lao_id, submission_id, number),
    constraint fk_submission_event_submission foreign key (lao_id, submission_id) references submission,
    constraint ck_submission_event_action check (action in
        ('save', 'nil', 'submit', 'recall', 'send_back', 'certify', 'return', 'amend', 'exempt', 'lift', 'review', 'import')),
    constraint ck_submission_event_reason check (action not in ('return', 'amend', 'exempt', 'send_back') or reason <> '')
);
comment on column submission_event.detail is 'return: {"fields": [{"sheet_id", "path"}…]}; certify: {"certificate_id"}; nil: {"nil": true}';

create table certificate (
    lao_id int not null,
    certificate_id uuid not null,
    submission_id uuid not null,
    content bytea not null,
    sha256 bytea not null,
    certified_at timestamptz not null,
    certifier_id uuid not null,
    certifier_name text not null,
    certifier_position text not null,
    voided_at timestamptz,
    void_reason text,
    constraint pk_certificate primary key (lao_id, certificate_id),
    constraint fk_certificate_submission foreign key (lao_id, submission_id) references submission,
    constraint ck_certificate_sha256 check (octet_length(sha256) = 32 and sha256 = sha256(content)),
    constraint ck_certificate_void check ((voided_at is null) = (void_reason is null))
);
create unique index uq_certificate_valid on certificate (lao_id, submission_id) where voided_at is null;

-- answers, and the mark of who helped, are frozen while the submission is not open for editing
create function refuse_frozen_answers() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    v_state text;
begin
    select s.state into v_state from submission s where s.lao_id = new.lao_id and s.submission_id = new.submission_id;
    if v_state not in ('not_started', 'in_progress', 'returned') and not is_job() and actor_kind() is not null then
        raise exception 'answers are frozen in state %', v_state using errcode = 'TH003';
    end if;
    return new;
end
$$;
create trigger answer_sheet_frozen before insert or update of status, remove_reason, label, answers, revision, field_revision,
    blocking_issues, warnings, answered, required, officer_unit_id on answer_sheet
    for each row execute function refuse_frozen_answers();

-- A closed version is the draft as it stood: written before the next save goes over it, whoever writes it down. So no
-- role can put words into another's history.
create function refuse_invented_version() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if actor_kind() = 'person' and not exists (
        select from answer_sheet s
        where s.lao_id = new.lao_id and s.answer_sheet_id = new.answer_sheet_id
          and s.revision = new.revision and s.answers = new.answers and s.status = new.status
          and s.draft_by is not distinct from new.author_id
          and s.officer_unit_id is not distinct from new.officer_unit_id)
    then
        raise exception 'a version is the draft as it stands, written before the save that replaces it' using errcode = 'TH010';
    end if;
    return new;
end
$$;
create trigger answer_version_as_drafted before insert on answer_version
    for each row execute function refuse_invented_version();

-- a certificate is written once; the only later change is that it becomes void
create function refuse_certificate_change() returns trigger language plpgsql set search_path = public, pg_temp as
$$
begin
    if old.voided_at is not null then
        raise exception 'the certificate is void already' using errcode = 'TH004';
    end if;
    return new;
end
$$;
create trigger certificate_void_once before update on certificate
    for each row execute function refuse_certificate_change();

-- At the end of a person's transaction a submission is certified exactly when it has a valid certificate: none is made
-- or voided without the move that goes with it, whichever of the two is written first.
create function refuse_certificate_without_move() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if (select s.state = 'certified' from submission s where s.lao_id = new.lao_id and s.submission_id = new.submission_id)
        <> exists (select from certificate c
            where c.lao_id = new.lao_id and c.submission_id = new.submission_id and c.voided_at is null)
    then
        raise exception 'the certificate and the state disagree' using errcode = 'TH009';
    end if;
    return null;
end
$$;
create constraint trigger certificate_agrees after insert or update on certificate
    deferrable initially deferred for each row
    when (actor_kind() = 'person') execute function refuse_certificate_without_move();
create constraint trigger submission_event_certificate_agrees after insert on submission_event
    deferrable initially deferred for each row
    when (new.from_state <> new.to_state and 'certified' in (new.from_state, new.to_state) and actor_kind() = 'person')
    execute function refuse_certificate_without_move();

alter table submission_move enable row level security;
alter table submission enable row level security;
alter table record enable row level security;
alter table answer_sheet enable row level security;
alter table answer_version enable row level security;
alter table submission_event enable row level security;
alter table certificate enable row level security;

create policy submission_move_read on submission_move for select using ((select actor_kind()) in ('person', 'job'));

create policy submission_read on submission for select using (
    (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]));
create policy submission_insert on submission for insert with check ((select is_department_administrator() or is_job()));
-- Whoever may move a submission may lock its row (using); what the row itself lets be changed, reviewed or open for
-- longer, only an office grants (with check). An LAO never extends itself.
create policy submission_update on submission for update
    using (
        (select is_job() or is_department_administrator())
        or ((select actor_role()) in ('recorder', 'certifier') and lao_id = (select actor_unit()))
        or ((select actor_role()) = 'officer'
            and ((select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]))))
    with check ((select is_job() or is_department_administrator() or actor_role() = 'officer'));

create policy record_read on record for select using (
    (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]));
create policy record_insert on record for insert with check (
    (select is_job())
    or ((select actor_role()) = 'recorder' and lao_id = (select actor_unit()))
    or ((select actor_role()) = 'officer'
        and ((select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]))));

create policy answer_sheet_read on answer_sheet for select using (
    (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]));
-- the recorder of the LAO itself; or an officer in scope, whose rows carry the mark of the helping office
create policy answer_sheet_insert on answer_sheet for insert with check (
    (select is_job())
    or ((select actor_role()) = 'recorder' and lao_id = (select actor_unit()) and officer_unit_id is null)
    or ((select actor_role()) = 'officer' and officer_unit_id = (select actor_unit())
        and draft_by = (select actor_user()) and status = 'draft'
        and ((select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]))));
create policy answer_sheet_update on answer_sheet for update
    using (
        (select is_job())
        or ((select actor_role()) = 'recorder' and lao_id = (select actor_unit()))
        or ((select actor_role()) = 'officer'
            and ((select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]))))
    with check (
        (select is_job())
        or ((select actor_role()) = 'recorder' and lao_id = (select actor_unit()) and officer_unit_id is null)
        or ((select actor_role()) = 'officer' and officer_unit_id = (select actor_unit())
            and draft_by = (select actor_user()) and status = 'draft'
            and ((select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]))));

create policy answer_version_read on answer_version for select using (
    (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]));
-- whoever closes a version writes it down: the next editor, or the one who moves the submission
create policy answer_version_insert on answer_version for insert with check (
    (select is_job())
    or ((select actor_role()) in ('recorder', 'certifier') and lao_id = (select actor_unit()))
    or ((select actor_role()) = 'officer'
        and ((select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]))));

create policy submission_event_read on submission_event for select using (
    (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]));
create policy submission_event_insert on submission_event for insert with check (
    (select is_job())
    or (user_id = (select actor_user()) and role = (select actor_role()) and unit_id = (select actor_unit())
        and ((select actor_everywhere())
            or case (select actor_level()) when 'lao' then lao_id = (select actor_unit())
                else lao_id = any ((select actor_scope())::int[]) end)));

create policy certificate_read on certificate for select using (
    (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]));
create policy certificate_insert on certificate for insert with check (
    (select is_job())
    or ((select actor_role()) = 'certifier' and lao_id = (select actor_unit()) and certifier_id = (select actor_user())));
create policy certificate_void on certificate for update using (
    (select is_job())
    or ((select actor_role()) = 'recorder' and lao_id = (select actor_unit()))
    or ((select actor_role()) = 'officer'
        and ((select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]))));

grant select on submission_move to thongthin_app;
grant select on submission to thongthin_app;
grant insert (lao_id, submission_id, round_id, form_id, form_version, fiscal_year) on submission to thongthin_app;
grant select, insert on record, answer_sheet, answer_version, submission_event to thongthin_app;
grant select on certificate to thongthin_app;
grant insert (lao_id, certificate_id, submission_id, content, sha256, certified_at,
    certifier_id, certifier_name, certifier_position) on certificate to thongthin_app;
grant update (open_until, reviewed_at) on submission to thongthin_app;
grant update (status, remove_reason, label, answers, revision, field_revision, blocking_issues, warnings, answered, required,
    draft_by, draft_by_name, draft_opened_at, officer_unit_id, saved_at, save_key) on answer_sheet to thongthin_app;
grant update (voided_at, void_reason) on certificate to thongthin_app;

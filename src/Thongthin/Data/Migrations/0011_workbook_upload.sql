-- Workbooks that were sent in and wait for their person's decision. Private: the content is answers of LAOs in the
-- person's scope, kept for the one unit under which it was sent.

create table workbook_upload (
    workbook_upload_id uuid not null,
    user_id uuid not null,
    unit_id int not null,
    form_id text not null,
    fiscal_year int not null,
    file_name text not null,
    uploaded_at timestamptz not null,
    content jsonb not null,
    done int not null default 0,
    applied_at timestamptz,
    result jsonb,
    constraint pk_workbook_upload primary key (workbook_upload_id),
    constraint fk_workbook_upload_unit foreign key (unit_id) references unit,
    constraint fk_workbook_upload_form foreign key (form_id) references form,
    constraint ck_workbook_upload_applied check ((applied_at is null) = (result is null))
);
create index ix_workbook_upload_user on workbook_upload (user_id, uploaded_at);

alter table workbook_upload enable row level security;
create policy workbook_upload_own on workbook_upload for all using (
    (select is_job()) or (user_id = (select actor_user()) and unit_id = (select actor_unit())));
grant select, insert, delete on workbook_upload to thongthin_app;
grant update (done, applied_at, result) on workbook_upload to thongthin_app;

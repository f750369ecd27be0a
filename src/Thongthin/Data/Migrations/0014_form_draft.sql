-- Forms that were uploaded and wait to be published: the Department's administrators work on them together.

create table form_draft (
    form_draft_id uuid not null,
    file_name text not null,
    source text not null,
    findings jsonb not null,
    uploaded_at timestamptz not null,
    uploaded_by uuid,
    constraint pk_form_draft primary key (form_draft_id)
);
comment on column form_draft.source is 'The XLSForm as Markdown tables, with the choice lists that came along';
create index ix_form_draft_uploaded on form_draft (uploaded_at);

alter table form_draft enable row level security;
create policy form_draft_administrator on form_draft for all using ((select is_department_administrator() or is_job()));
grant select, insert, delete on form_draft to thongthin_app;

-- A save that was stored, by the key that its sender made for it: sent again (the answer got lost on the way), it is
-- recognised and not stored twice, however many saves of others came between. The row is written in the save's own
-- transaction. It takes over from the one key on answer_sheet, which only knew the last save.

create table answer_save (
    lao_id int not null,
    answer_sheet_id uuid not null,
    save_key uuid not null,
    revision int not null,
    stored_at timestamptz not null default now(),
    constraint pk_answer_save primary key (lao_id, answer_sheet_id, save_key),
    constraint fk_answer_save_sheet foreign key (lao_id, answer_sheet_id) references answer_sheet
);
comment on column answer_save.revision is 'of the sheet, that this save made';
comment on column answer_save.stored_at is 'the database''s own clock: keys are kept for 60 days from here';
create index ix_answer_save_stored_at on answer_save (stored_at);

-- Keys are kept for 60 days, longer than answers wait on a machine that is used at all. Every twentieth revision of a
-- sheet takes away as many as a hundred older ones, anybody's: more than are written meanwhile, so the table holds what
-- was saved in 60 days and no clock has to run. Locked rows are somebody else's to take away.
create function forget_old_saves() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    delete from answer_save a
    using (
        select lao_id, answer_sheet_id, save_key from answer_save
        where stored_at < now() - interval '60 days'
        order by stored_at limit 100
        for update skip locked) expired
    where (a.lao_id, a.answer_sheet_id, a.save_key) = (expired.lao_id, expired.answer_sheet_id, expired.save_key);
    return null;
end
$$;
create trigger answer_save_forgets after insert on answer_save
    for each row when (new.revision % 20 = 0) execute function forget_old_saves();

alter table answer_save enable row level security;
create policy answer_save_read on answer_save for select using (
    (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]));
create policy answer_save_insert on answer_save for insert with check (
    (select is_job())
    or ((select actor_role()) = 'recorder' and lao_id = (select actor_unit()))
    or ((select actor_role()) = 'officer'
        and ((select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]))));

grant select on answer_save to thongthin_app;
grant insert (lao_id, answer_sheet_id, save_key, revision) on answer_save to thongthin_app;

alter table answer_sheet drop column save_key;

-- Files. What a file holds is stored once, under its SHA-256, in pieces of one size, so that it is written and read piece
-- by piece and never whole. Who may have it is told by attachment, one row per file of an LAO: a content can be reached
-- only through a row in scope, and knowing a hash opens nothing. No role of the program writes contents: keep_attachment makes
-- them of an upload whose bytes have all arrived. Nothing stored is deleted: versions and certificates refer to it.
-- An upload on its way belongs to one person and is cleared when it rests too long.

create table file_content (
    sha256 bytea not null,
    size int not null,
    content_type text not null,
    constraint pk_file_content primary key (sha256),
    constraint ck_file_content_sha256 check (octet_length(sha256) = 32),
    constraint ck_file_content_size check (size between 1 and 20971520),
    constraint ck_file_content_type check (content_type in ('application/pdf', 'image/jpeg', 'image/png',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'))
);

create table file_piece (
    sha256 bytea not null,
    number int not null,
    bytes bytea not null,
    constraint pk_file_piece primary key (sha256, number),
    constraint fk_file_piece_content foreign key (sha256) references file_content,
    constraint ck_file_piece_bytes check (octet_length(bytes) between 1 and 262144)
);
comment on column file_piece.bytes is '262,144 bytes; the last piece has the rest';
-- the allowed types are compressed already
alter table file_piece alter column bytes set storage external;

create table attachment (
    lao_id int not null,
    attachment_id uuid not null,
    sha256 bytea not null,
    name text not null,
    thumbnail bytea,
    stored_at timestamptz not null,
    stored_by uuid,
    stored_by_name text not null,
    constraint pk_attachment primary key (lao_id, attachment_id),
    constraint fk_attachment_lao foreign key (lao_id) references unit,
    constraint fk_attachment_content foreign key (sha256) references file_content,
    constraint ck_attachment_name check (name <> '' and length(name) <= 200),
    constraint ck_attachment_thumbnail check (octet_length(thumbnail) <= 40960)
);
comment on column attachment.thumbnail is 'a small JPEG made by the browser that sent the picture; null: none was sent';
create index ix_attachment_content on attachment (sha256);

create table file_upload (
    lao_id int not null,
    file_upload_id uuid not null,
    user_id uuid not null,
    subject text not null,
    name text not null,
    size int not null,
    sha256 bytea not null,
    received int not null default 0,
    expires_at timestamptz not null,
    constraint pk_file_upload primary key (lao_id, file_upload_id),
    constraint fk_file_upload_lao foreign key (lao_id) references unit,
    constraint fk_file_upload_user foreign key (user_id) references app_user,
    constraint ck_file_upload_size check (size between 1 and 20971520),
    constraint ck_file_upload_sha256 check (octet_length(sha256) = 32),
    constraint ck_file_upload_received check (received between 0 and size)
);
comment on column file_upload.subject is 'what the file is for, in the words of the feature: an unfinished upload is found again by it';
comment on column file_upload.sha256 is 'as the sender announced it: what arrived is compared with it, nothing is opened by it';
create index ix_file_upload_user on file_upload (user_id);
create index ix_file_upload_expires on file_upload (expires_at);

create table file_upload_piece (
    lao_id int not null,
    file_upload_id uuid not null,
    number int not null,
    bytes bytea not null,
    constraint pk_file_upload_piece primary key (lao_id, file_upload_id, number),
    constraint fk_file_upload_piece_upload foreign key (lao_id, file_upload_id) references file_upload on delete cascade,
    constraint ck_file_upload_piece_bytes check (octet_length(bytes) between 1 and 262144)
);
alter table file_upload_piece alter column bytes set storage external;

-- Makes an attachment, under the same id, of an upload that has arrived and ends the upload. The bytes were hashed and looked into before;
-- where the content is there already, they must be the same bytes.
create function keep_attachment(p_lao_id int, p_file_upload_id uuid, p_content_type text, p_thumbnail bytea,
    p_at timestamptz, p_by_name text)
    returns void language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    v_upload file_upload;
begin
    select * into v_upload from file_upload u
    where u.lao_id = p_lao_id and u.file_upload_id = p_file_upload_id
      and (is_job()
        or (u.user_id = actor_user()
            and ((actor_role() = 'recorder' and u.lao_id = actor_unit())
                or (actor_role() = 'officer' and (actor_everywhere() or u.lao_id = any (actor_scope()))))))
    for update;
    if not found or v_upload.received <> v_upload.size then
        raise exception 'the upload is not there, or has not arrived' using errcode = 'TH021';
    end if;
    insert into file_content (sha256, size, content_type) values (v_upload.sha256, v_upload.size, p_content_type)
    on conflict do nothing;
    if found then
        insert into file_piece (sha256, number, bytes)
        select v_upload.sha256, p.number, p.bytes from file_upload_piece p
        where p.lao_id = p_lao_id and p.file_upload_id = p_file_upload_id;
    elsif exists (
        select from file_upload_piece p
        left join file_piece s on s.sha256 = v_upload.sha256 and s.number = p.number
        where p.lao_id = p_lao_id and p.file_upload_id = p_file_upload_id and p.bytes is distinct from s.bytes)
    then
        raise exception 'another content has this name' using errcode = 'TH022';
    end if;
    insert into attachment (lao_id, attachment_id, sha256, name, thumbnail, stored_at, stored_by, stored_by_name)
    values (p_lao_id, p_file_upload_id, v_upload.sha256, v_upload.name, p_thumbnail, p_at, actor_user(), p_by_name);
    delete from file_upload u where u.lao_id = p_lao_id and u.file_upload_id = p_file_upload_id;
end
$$;

-- A bounded number of uploads, anybody's, that rested too long. Nobody clears ahead of time.
create function clear_expired_uploads(p_at timestamptz, p_limit int) returns int
    language sql security definer set search_path = public, pg_temp as
$$
    with expired as (
        select u.lao_id, u.file_upload_id from file_upload u
        where u.expires_at < least(p_at, now()) and actor_kind() in ('person', 'job')
        order by u.expires_at limit p_limit for update skip locked),
    cleared as (
        delete from file_upload u using expired e
        where u.lao_id = e.lao_id and u.file_upload_id = e.file_upload_id
        returning 1)
    select count(*)::int from cleared
$$;

grant execute on function keep_attachment(int, uuid, text, bytea, timestamptz, text), clear_expired_uploads(timestamptz, int)
    to thongthin_app;

alter table file_content enable row level security;
alter table file_piece enable row level security;
alter table attachment enable row level security;
alter table file_upload enable row level security;
alter table file_upload_piece enable row level security;

create policy attachment_read on attachment for select using (
    (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]));
-- the rows of attachment that count here are those that the actor reads
create policy file_content_read on file_content for select using (
    exists (select from attachment f where f.sha256 = file_content.sha256));
create policy file_piece_read on file_piece for select using (
    exists (select from attachment f where f.sha256 = file_piece.sha256));

create policy file_upload_own on file_upload for all
    using (
        (select is_job())
        or (user_id = (select actor_user()) and ((select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]))))
    with check (
        (select is_job())
        or (user_id = (select actor_user())
            and (((select actor_role()) = 'recorder' and lao_id = (select actor_unit()))
                or ((select actor_role()) = 'officer'
                    and ((select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]))))));
create policy file_upload_piece_own on file_upload_piece for all using (
    exists (select from file_upload u
        where u.lao_id = file_upload_piece.lao_id and u.file_upload_id = file_upload_piece.file_upload_id));

grant select on file_content, file_piece, attachment to thongthin_app;
grant select, delete on file_upload to thongthin_app;
grant insert (lao_id, file_upload_id, user_id, subject, name, size, sha256, expires_at) on file_upload to thongthin_app;
grant update (received, expires_at) on file_upload to thongthin_app;
grant select, insert on file_upload_piece to thongthin_app;

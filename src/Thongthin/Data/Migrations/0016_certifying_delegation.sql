-- Certifying for somebody: a certifier of an LAO lets another person of the LAO certify for a period, by a written order that is
-- kept with it. What the delegate gets is a membership that ends by itself, so that everything that asks for a certifier needs
-- to know nothing of delegations. Who certifies by delegation does not delegate further. The two functions are the only writers.

create table certifying_delegation (
    lao_id int not null,
    certifying_delegation_id uuid not null,
    membership_id uuid not null,
    delegate_id uuid not null,
    delegate_name text not null,
    position text not null,
    valid_from date not null,
    valid_until date not null,
    order_reference text not null,
    order_date date not null,
    attachment_id uuid not null,
    delegated_at timestamptz not null,
    delegated_by uuid not null,
    delegated_by_name text not null,
    delegated_by_position text not null,
    ended_at timestamptz,
    ended_by_name text,
    constraint pk_certifying_delegation primary key (lao_id, certifying_delegation_id),
    constraint uq_certifying_delegation_membership unique (membership_id),
    constraint fk_certifying_delegation_lao foreign key (lao_id) references unit,
    constraint fk_certifying_delegation_membership foreign key (membership_id) references membership,
    constraint fk_certifying_delegation_delegate foreign key (delegate_id) references app_user,
    constraint fk_certifying_delegation_by foreign key (delegated_by) references app_user,
    constraint fk_certifying_delegation_order foreign key (lao_id, attachment_id) references attachment,
    constraint ck_certifying_delegation_period check (valid_until >= valid_from),
    constraint ck_certifying_delegation_order check (order_reference <> ''),
    constraint ck_certifying_delegation_ended check ((ended_at is null) = (ended_by_name is null))
);
comment on column certifying_delegation.position is 'as the delegate signs, "… ปฏิบัติราชการแทน …"';
comment on column certifying_delegation.valid_until is 'the last day; the membership ends on the day after';
comment on column certifying_delegation.ended_at is 'taken back before its last day; null: not';
create index ix_certifying_delegation_delegate on certifying_delegation (delegate_id);
create index ix_certifying_delegation_by on certifying_delegation (delegated_by);
create index ix_certifying_delegation_order on certifying_delegation (lao_id, attachment_id);

alter table certifying_delegation enable row level security;
create policy certifying_delegation_read on certifying_delegation for select using (
    (select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]));
grant select on certifying_delegation to thongthin_app;

create function certifies_in_own_right(p_day date) returns boolean
    language sql stable security definer set search_path = public, pg_temp as
$$
    select actor_role() = 'certifier' and exists (
        select from membership m
        where m.user_id = actor_user() and m.unit_id = actor_unit() and m.role = 'certifier'
          and m.valid_from <= p_day and (m.valid_to is null or m.valid_to > p_day)
          and not exists (select from certifying_delegation d where d.membership_id = m.membership_id))
$$;

create function delegate_certifying(p_delegation_id uuid, p_membership_id uuid, p_delegate_id uuid, p_position text,
    p_valid_from date, p_valid_until date, p_order_reference text, p_order_date date, p_attachment_id uuid,
    p_at timestamptz, p_by_name text, p_by_position text)
    returns void language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    v_name text;
begin
    if certifies_in_own_right(bangkok_day(p_at)) is not true then
        raise exception 'only who certifies in their own right delegates' using errcode = 'TH023';
    end if;
    select u.display_name into v_name
    from app_user u
    where u.id = p_delegate_id and u.id <> actor_user() and u.disabled_at is null
      and exists (select from membership m
        where m.user_id = u.id and m.unit_id = actor_unit()
          and m.valid_from <= bangkok_day(p_at) and (m.valid_to is null or m.valid_to > bangkok_day(p_at)));
    if not found then
        raise exception 'the delegate is nobody of this LAO' using errcode = 'TH024';
    end if;
    insert into membership (membership_id, user_id, unit_id, role, position, valid_from, valid_to, created_at, created_by)
    values (p_membership_id, p_delegate_id, actor_unit(), 'certifier', p_position, p_valid_from, p_valid_until + 1, p_at,
        actor_user());
    insert into certifying_delegation (lao_id, certifying_delegation_id, membership_id, delegate_id, delegate_name, position,
        valid_from, valid_until, order_reference, order_date, attachment_id, delegated_at, delegated_by, delegated_by_name,
        delegated_by_position)
    values (actor_unit(), p_delegation_id, p_membership_id, p_delegate_id, v_name, p_position, p_valid_from, p_valid_until,
        p_order_reference, p_order_date, p_attachment_id, p_at, actor_user(), p_by_name, p_by_position);
end
$$;

-- From this day on; false when there is none of that id that is still open.
create function end_certifying_delegation(p_delegation_id uuid, p_at timestamptz, p_by_name text)
    returns boolean language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    v_membership uuid;
begin
    if certifies_in_own_right(bangkok_day(p_at)) is not true then
        raise exception 'only who certifies in their own right ends a delegation' using errcode = 'TH023';
    end if;
    update certifying_delegation d set ended_at = p_at, ended_by_name = p_by_name
    where d.lao_id = actor_unit() and d.certifying_delegation_id = p_delegation_id and d.ended_at is null
      and d.valid_until >= bangkok_day(p_at)
    returning d.membership_id into v_membership;
    if v_membership is null then
        return false;
    end if;
    update membership m set valid_to = least(m.valid_to, greatest(m.valid_from, bangkok_day(p_at)))
    where m.membership_id = v_membership;
    return true;
end
$$;

grant execute on function delegate_certifying(uuid, uuid, uuid, text, date, date, text, date, uuid, timestamptz, text, text),
    end_certifying_delegation(uuid, timestamptz, text) to thongthin_app;

-- the order is a file of the LAO that its certifier brings
drop policy file_upload_own on file_upload;
create policy file_upload_own on file_upload for all
    using (
        (select is_job())
        or (user_id = (select actor_user()) and ((select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]))))
    with check (
        (select is_job())
        or (user_id = (select actor_user())
            and (((select actor_role()) in ('recorder', 'certifier') and lao_id = (select actor_unit()))
                or ((select actor_role()) = 'officer'
                    and ((select actor_everywhere()) or lao_id = any ((select actor_scope())::int[]))))));

create or replace function keep_attachment(p_lao_id int, p_file_upload_id uuid, p_content_type text, p_thumbnail bytea,
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
            and ((actor_role() in ('recorder', 'certifier') and u.lao_id = actor_unit())
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

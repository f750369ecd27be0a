-- Certificates are signed, so that anyone can check one without this program and without trusting this database: ECDSA over
-- P-256 with SHA-256, over the certified bytes exactly as they are stored. The private key is wrapped by the installation's key,
-- which is not in the database. One key signs at a time; the public keys of all stay published, because what they signed stays.
-- The check code is what stands beside the QR of a printed certificate: who has it learns whether the certificate stands, and
-- nothing else. It cannot be guessed (16 characters of 32), so certificates cannot be listed by trying.

create table signing_key (
    signing_key_id uuid not null,
    public_key text not null,
    private_key bytea not null,
    created_at timestamptz not null,
    retired_at timestamptz,
    constraint pk_signing_key primary key (signing_key_id),
    constraint ck_signing_key_retired check (retired_at >= created_at)
);
comment on column signing_key.public_key is 'PEM, as it is published';
comment on column signing_key.private_key is 'PKCS 8, wrapped by the key outside the database';
create unique index uq_signing_key_in_use on signing_key ((true)) where retired_at is null;

alter table signing_key enable row level security;
create policy signing_key_job on signing_key for all using ((select is_job()));
grant select on signing_key to thongthin_app;
grant insert (signing_key_id, public_key, private_key, created_at) on signing_key to thongthin_app;
grant update (retired_at) on signing_key to thongthin_app;

create view published_key with (security_barrier) as
    select k.signing_key_id, k.public_key, k.created_at, k.retired_at
    from signing_key k
    where (select actor_kind()) is not null;
grant select on published_key to thongthin_app;

alter table certificate
    add column signature bytea,
    add column signing_key_id uuid,
    add column check_code text,
    add constraint fk_certificate_signing_key foreign key (signing_key_id) references signing_key,
    add constraint ck_certificate_signed check (
        (signature is null) = (signing_key_id is null) and (signature is null) = (check_code is null)),
    add constraint ck_certificate_check_code check (check_code ~ '^[0-9A-HJKMNP-TV-Z]{16}$');
comment on column certificate.signature is 'of content, DER; null: from before certificates were signed, until sign_certificates';
comment on column certificate.check_code is '16 characters of Crockford''s base 32: what the public checks a certificate by';
create unique index uq_certificate_check_code on certificate (check_code);
create index ix_certificate_unsigned on certificate (lao_id, certificate_id) where signature is null;
create index ix_certificate_signing_key on certificate (signing_key_id);

-- a person certifies with a signature; earlier acts brought in by the job are signed after it
drop policy certificate_insert on certificate;
create policy certificate_insert on certificate for insert with check (
    (select is_job())
    or ((select actor_role()) = 'certifier' and lao_id = (select actor_unit()) and certifier_id = (select actor_user())
        and signature is not null));
grant insert (signature, signing_key_id, check_code) on certificate to thongthin_app;

-- Becoming void once says nothing of signing: certificates that are void already are signed too.
drop trigger certificate_void_once on certificate;
create trigger certificate_void_once before update of voided_at, void_reason on certificate
    for each row execute function refuse_certificate_change();

-- Signs certificates that have no signature yet, once each; the columns are otherwise nobody's to change.
create function sign_certificates(p_lao_id int[], p_certificate_id uuid[], p_signature bytea[], p_check_code text[],
    p_signing_key_id uuid)
    returns int language sql security definer set search_path = public, pg_temp as
$$
    with signed as (
        update certificate c set signature = s.signature, check_code = s.check_code, signing_key_id = p_signing_key_id
        from unnest(p_lao_id, p_certificate_id, p_signature, p_check_code) s (lao_id, certificate_id, signature, check_code)
        where c.lao_id = s.lao_id and c.certificate_id = s.certificate_id and c.signature is null and is_job()
        returning 1)
    select count(*)::int from signed
$$;

-- What the public learns of the one certificate whose code it has: no person, no answer, no reason in words. Why it became void
-- is the kind of the move that left the certified state; a year brought in without events has none.
create function check_certificate(p_check_code text)
    returns table (unit_kind text, unit_name_th text, unit_name_en text, district_th text, district_en text,
        province_th text, province_en text, title_th text, title_en text, fiscal_year int, deadline date,
        certified_at timestamptz, certifier_position text, sha256 bytea, voided_at timestamptz, voided_by text)
    language sql stable security definer set search_path = public, pg_temp as
$$
    select o.kind, o.name_th, o.name_en, o.district_th, o.district_en, o.province_th, o.province_en,
        f.title_th, f.title_en, s.fiscal_year, r.deadline, c.certified_at, c.certifier_position, c.sha256, c.voided_at,
        case when c.voided_at is not null then (
            select e.action from submission_event e
            where e.lao_id = c.lao_id and e.submission_id = c.submission_id
              and e.from_state = 'certified' and e.to_state <> 'certified' and e.at >= c.voided_at
            order by e.number limit 1) end
    from certificate c
    join submission s on s.lao_id = c.lao_id and s.submission_id = c.submission_id
    join round r on r.round_id = s.round_id
    join round_roster o on o.round_id = s.round_id and o.lao_id = s.lao_id
    join form f on f.form_id = s.form_id
    where c.check_code = p_check_code and actor_kind() is not null
$$;

grant execute on function sign_certificates(int[], uuid[], bytea[], text[], uuid), check_certificate(text) to thongthin_app;

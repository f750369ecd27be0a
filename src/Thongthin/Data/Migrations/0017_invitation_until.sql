-- An invitation may give its place for a time only: an assessment team reads, and then no longer does. The membership that comes
-- of it ends by itself.

alter table invitation add column membership_until date;
comment on column invitation.membership_until is 'last day of the membership that it gives; null: no end';

drop policy membership_insert on membership;
create policy membership_insert on membership for insert with check (
    (select is_job())
    or ((select actor_role()) = 'administrator'
        and ((select actor_everywhere()) or unit_id = any ((select actor_scope())::int[])))
    or ((select actor_kind()) = 'sign_in' and exists (
        select from invitation i
        where i.unit_id = membership.unit_id and i.role = membership.role and i.revoked_at is null
          and (i.accepted_by is null or i.accepted_by = membership.user_id)
          and membership.valid_to is not distinct from i.membership_until + 1)));

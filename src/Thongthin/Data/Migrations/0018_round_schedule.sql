-- A draft may be left to open by itself on its opening day. What stood in the way then is kept until it opens or is changed, so
-- that the Department sees it.

alter table round
    add column opens_itself boolean not null default false,
    add column opening_refusal text[];
comment on column round.opens_itself is 'a draft: the program opens it on opens_on';
comment on column round.opening_refusal is 'code of the refusal and its arguments, of the last attempt; null: none was refused';
create index ix_round_opens_itself on round (opens_on) where opens_itself and opened_at is null;

-- Opening a round makes its submissions in one statement, and its trigger looks each LAO's up by round and LAO. The round is
-- new to the planner's statistics, so it takes any index that begins with the round for good enough, and reads all of the
-- round's submissions once per LAO: with this one there is none better.
create index ix_submission_roster on submission (round_id, lao_id);

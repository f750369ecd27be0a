using static Thongthin.Tests.Wall.Rule;

namespace Thongthin.Tests.Wall;

/// <summary>The tables of submissions and of progress. Which moves who may make is told by SubmissionWallTests.</summary>
internal static partial class WallTables
{
    private static readonly Rule OwnRecorder = Role("recorder") & OwnUnit;
    private static readonly Rule OwnCertifier = Role("certifier") & OwnUnit;
    private static readonly Rule OfficerInScope = Role("officer") & InScope;

    /// <summary>Where the actors' own uploads are, whatever place is asked about.</summary>
    private static Rule InScopeAt(char lao) => new((actor, _) => actor.Scope.Contains(lao, StringComparison.Ordinal));

    /// <summary>Who brings files at a place; the mark of own rows stands for the LAO A.</summary>
    private static readonly Rule Recording = new(
        (actor, place) => (OwnRecorder | OwnCertifier | OfficerInScope).Allows(actor, place == 'm' ? 'A' : place)
    );

    /// <summary>Answers, reasons, states, versions and certificates only in scope.</summary>
    public static IReadOnlyList<WallTable> Submissions { get; } =
    [
        new("submission_move", "-", "select '-'::text from submission_move", SignedIn),
        new("submission", Laos, "select lao_id from submission", InScope)
        {
            Insert = new(
                """
                insert into submission (lao_id, submission_id, round_id, form_id, form_version, fiscal_year)
                values (@unit, id('new'), id('round/wall'), 'spare', 1, 2567)
                """,
                DepartmentAdministrator
            ),
            Update = new(
                "update submission set open_until = '2025-01-31', reviewed_at = now() where lao_id = @unit",
                DepartmentAdministrator | OfficerInScope
            ),
        },
        // no rule or trigger makes this view writable; a lock needs the privilege to write
        new("submission_item", Laos, "select lao_id from submission_item", InScope)
        {
            Insert = new("select from submission_item for update", Nobody),
            Update = new("select from submission_item for update", Nobody),
            Delete = new("select from submission_item for update", Nobody),
        },
        new("record", Laos, "select lao_id from record", InScope)
        {
            Insert = new(
                """
                insert into record (lao_id, record_id, form_id, record_number, first_fiscal_year, created_at)
                values (@unit, id('new'), 'in-progress', 'n', 2567, now())
                """,
                Job | OwnRecorder | OfficerInScope
            ),
        },
        new("record_key", Laos, "select lao_id from record_key", InScope)
        {
            Insert = new(
                """
                insert into record_key (lao_id, record_id, form_id, names, same)
                values (@unit, id('spare/{place}'), 'in-progress', '{n}', '{}')
                """,
                Job | OwnRecorder
            ),
            Update = new("update record_key set day = '2024-01-01' where lao_id = @unit", Job | OwnRecorder),
        },
        new("record_duplicate", Laos, "select lao_id from record_duplicate", InScope)
        {
            Insert = new(
                """
                insert into record_duplicate (lao_id, record_id, other_record_id, decision, decided_at)
                values (@unit, id('record/{place}'), id('new'), 'joint', now())
                """,
                Job | OwnRecorder
            ),
            Update = new("update record_duplicate set decision = 'joint' where lao_id = @unit", Job | OwnRecorder),
        },
        new("answer_fact", Laos, "select lao_id from answer_fact", InScope)
        {
            Insert = new(
                """
                insert into answer_fact (lao_id, form_id, fiscal_year, question, number, recorded_at)
                values (@unit, 'in-progress', 2567, 'new', 1, now())
                """,
                Job | OwnRecorder | OwnCertifier
            ),
            Delete = new("delete from answer_fact where lao_id = @unit", Job | OwnRecorder | OwnCertifier),
        },
        new("answer_sheet", Laos, "select lao_id from answer_sheet", InScope)
        {
            Insert = new(
                """
                insert into answer_sheet (lao_id, answer_sheet_id, submission_id, record_id, draft_by, officer_unit_id, saved_at)
                values (@unit, id('new'), id('submission/{place}/in_progress'), id('record/{place}'), @user,
                    case @role when 'officer' then @own end, now())
                """,
                Job | OwnRecorder | OfficerInScope
            ),
            Update = new(
                """
                update answer_sheet set answers = '{"q": 2}', revision = 2, draft_by = @user,
                    officer_unit_id = case @role when 'officer' then @own end
                where answer_sheet_id = id('sheet/{place}/in_progress')
                """,
                Job | OwnRecorder | OfficerInScope
            ),
        },
        new("answer_version", Laos, "select lao_id from answer_version", InScope)
        {
            Insert = new(
                """
                insert into answer_version (lao_id, answer_sheet_id, number, revision, status, answers, opened_at, closed_at,
                    author_id, author_name)
                values (@unit, id('sheet/{place}/in_progress'), 2, 1, 'draft', '{"q": 1}', now(), now(), id('user/{place}'), 'n')
                """,
                Job | OwnRecorder | OwnCertifier | OfficerInScope
            ),
        },
        new("answer_save", Laos, "select lao_id from answer_save", InScope)
        {
            Insert = new(
                """
                insert into answer_save (lao_id, answer_sheet_id, save_key, revision)
                values (@unit, id('sheet/{place}/in_progress'), id('new'), 2)
                """,
                Job | OwnRecorder | OfficerInScope
            ),
        },
        new("submission_event", Laos, "select lao_id from submission_event", InScope)
        {
            Insert = new(
                """
                insert into submission_event (lao_id, submission_id, number, submission_event_id, at, action, from_state,
                    to_state, user_id, user_name, role, unit_id, unit_name)
                values (@unit, id('submission/{place}/in_progress'), 2, id('new'), now(), 'submit', 'in_progress', 'recorded',
                    @user, 'n', @role, @own, '')
                """,
                Job | OwnRecorder
            ),
        },
        new("certificate", Laos, "select lao_id from certificate", InScope)
        {
            Insert = new(
                WallStatements.Certificate("recorded") + ";" + WallStatements.Event("certify", "recorded", "certified"),
                Job | OwnCertifier
            ),
            Update = new(
                WallStatements.VoidCertificate + ";" + WallStatements.Event("amend", "certified", "in_progress"),
                Job | OwnRecorder | OfficerInScope
            ),
        },
    ];

    /// <summary>
    /// Attachments in scope, and contents only through them; contents are written by the database alone. An upload on its way
    /// is its sender's, who must be one that records or certifies.
    /// </summary>
    public static IReadOnlyList<WallTable> Files { get; } =
    [
        new("field_query", Laos, "select lao_id from field_query", InScope)
        {
            Insert = new(
                """
                insert into field_query (lao_id, field_query_id, submission_id, asked_at)
                values (@unit, id('new'), id('submission/{place}/recorded'), now())
                """,
                OfficerInScope
            ),
            Update = new(
                "update field_query set closed_at = now(), closed_by_name = 'n' where lao_id = @unit",
                OfficerInScope
            ),
        },
        new("field_query_message", Laos, "select lao_id from field_query_message", InScope)
        {
            Insert = new(
                """
                insert into field_query_message (lao_id, field_query_id, number, at, user_id, user_name, unit_name, from_lao, text)
                values (@unit, id('query/{place}'), 2, now(), @user, 'n', 'n', @own = @unit, 't')
                """,
                OwnRecorder | OwnCertifier | OfficerInScope
            ),
        },
        // each LAO's own row was granted by itself, so that its mark is found; in truth an office grants
        new("extension", Laos, "select granted_by_unit_id from extension", InScope)
        {
            Insert = new(
                """
                insert into extension (extension_id, round_id, new_deadline, reason, target, laos, submissions, granted_at,
                    granted_by, granted_by_name, granted_by_unit_id)
                values (id('new'), id('round/wall'), '2024-07-01', 'r', 'all', 1, 1, now(), @user, 'n', @own)
                """,
                Job | Role("officer")
            ),
            Update = new(
                """
                update extension set withdrawn_at = now(), withdrawn_by_name = 'n', withdraw_reason = 'r'
                where extension_id = id('extension/{place}')
                """,
                Job | OfficerInScope
            ),
        },
        new("extension_submission", Laos, "select lao_id from extension_submission", InScope)
        {
            Insert = new(
                """
                insert into extension_submission (lao_id, submission_id, extension_id)
                values (@unit, id('submission/{place}/in_progress'), id('extension/{place}'))
                """,
                Job | OfficerInScope
            ),
        },
        new("extension_request", Laos, "select lao_id from extension_request", InScope)
        {
            Insert = new(
                """
                insert into extension_request (lao_id, extension_request_id, round_id, wanted, reason, requested_at, requested_by,
                    requested_by_name)
                values (@unit, id('new'), id('round/wall'), '2024-07-01', 'r', now(), @user, 'n')
                """,
                OwnRecorder | OwnCertifier
            ),
            Update = new(
                """
                update extension_request set answer = case when @user = id('user/{place}') then 'taken_back' else 'declined' end,
                    answered_at = now(), answered_by_name = 'n'
                where lao_id = @unit
                """,
                OfficerInScope
            ),
        },
        new("certifying_delegation", Laos, "select lao_id from certifying_delegation", InScope),
        new("attachment", Laos, "select lao_id from attachment", InScope),
        // the country's contents begin with the letter of the LAO that has them
        new("file_content", Laos, "select chr(get_byte(sha256, 0)) from file_content", InScope),
        new("file_piece", Laos, "select chr(get_byte(sha256, 0)) from file_piece", InScope),
        new("file_upload", "m" + Laos, "select user_id from file_upload", Job | (Self & InScopeAt('A')))
        {
            Insert = new(
                """
                insert into file_upload (lao_id, file_upload_id, user_id, subject, name, size, sha256, expires_at)
                values (case '{place}' when 'm' then 65 else @unit end, id('new'), coalesce(@user, id('user/A')), 's', 'n',
                    1, sha256('n'), now())
                """,
                Job | Recording
            ),
            Update = new(
                """
                update file_upload set received = 1
                where user_id = case '{place}' when 'm' then @user else id('user/{place}') end
                """,
                Job | (Self & Recording)
            ),
            Delete = new(
                """
                delete from file_upload
                where user_id = case '{place}' when 'm' then @user else id('user/{place}') end
                """,
                Job | (Self & InScopeAt('A'))
            ),
        },
        new(
            "file_upload_piece",
            "m" + Laos,
            "select u.user_id from file_upload_piece p join file_upload u using (lao_id, file_upload_id)",
            Job | (Self & InScopeAt('A'))
        )
        {
            Insert = new(
                """
                insert into file_upload_piece (lao_id, file_upload_id, number, bytes)
                select u.lao_id, u.file_upload_id, 1, 'n' from file_upload u
                where u.user_id = case '{place}' when 'm' then @user else id('user/{place}') end
                """,
                Job | (Self & InScopeAt('A'))
            ),
        },
    ];

    /// <summary>Kept counts, and done or not done, are everybody's who signed in; no role writes them.</summary>
    public static IReadOnlyList<WallTable> Progress { get; } =
    [
        new("progress_count", "def", "select district_id from progress_count", SignedIn),
        new("round_unit", Laos, "select lao_id from round_unit", SignedIn),
        new("round_unit_state", Laos, "select lao_id from round_unit_state", InScope),
        new("progress_day", Laos, "select lao_id from progress_day", SignedIn),
        new("progress_snapshot", "-pqdef", "select unit_id from progress_snapshot", Everywhere | InScope)
        {
            Insert = new(
                """
                insert into progress_snapshot (progress_snapshot_id, year, number, round_id, level, unit_id, as_of, content,
                    taken_at, taken_by, taken_by_name, taken_by_unit_id)
                values (id('new'), 2567, 999, id('round/wall'), case '{place}' when '-' then 'national' else 'district' end,
                    case '{place}' when '-' then null else @unit end, '2024-06-01', '{}', now(), @user, 'n', @own)
                """,
                Job | ((Role("officer") | Role("administrator")) & (InScope | Everywhere))
            ),
        },
    ];
}

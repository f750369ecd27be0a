using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>
/// Reads and writes the sheets of a locked submission. What is typed belongs to one open version: it is closed, written
/// down as answer_version exactly as it stands, before anybody else writes, after 30 idle minutes, and at every
/// transition; the next save opens a new one.
/// </summary>
internal sealed class SheetWriter(LockedSubmission submission)
{
    /// <summary>An open version that rests this long is closed by the next save.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    private DateTimeOffset Now => submission.Actor.At.ToUniversalTime();

    private SubmissionKey Key => submission.Key;

    private IQueryable<AnswerSheet> Sheets =>
        submission.Db.Set<AnswerSheet>().Where(s => s.LaoId == Key.LaoId && s.SubmissionId == Key.SubmissionId);

    public Task<AnswerSheet?> FindAsync(Guid sheetId, CancellationToken cancellationToken) =>
        Sheets.FirstOrDefaultAsync(s => s.AnswerSheetId == sheetId, cancellationToken);

    /// <summary>The sheet of a record this year; of the annual form when null.</summary>
    public Task<AnswerSheet?> FindOfRecordAsync(Guid? recordId, CancellationToken cancellationToken) =>
        Sheets.FirstOrDefaultAsync(s => s.RecordId == recordId, cancellationToken);

    /// <summary>All that are not removed.</summary>
    public Task<List<AnswerSheet>> ListInForceAsync(CancellationToken cancellationToken) =>
        Sheets.Where(s => s.Status != SheetStatus.Removed).OrderBy(s => s.AnswerSheetId).ToListAsync(cancellationToken);

    /// <summary>A sheet of this submission, not stored yet, with no version open.</summary>
    public AnswerSheet New(Guid? recordId, string answers) =>
        new()
        {
            LaoId = Key.LaoId,
            AnswerSheetId = Guid.CreateVersion7(),
            SubmissionId = Key.SubmissionId,
            RecordId = recordId,
            Answers = answers,
            OfficerUnitId = SubmissionAccess.HelpingUnit(submission.Actor),
            DraftBy = submission.Actor.UserId,
            DraftByName = submission.Actor.DisplayName,
            SavedAt = Now,
        };

    public async Task InsertAsync(AnswerSheet sheet, CancellationToken cancellationToken)
    {
        submission.Db.Add(sheet);
        await submission.Db.SaveChangesAsync(cancellationToken);
        submission.Db.ChangeTracker.Clear();
    }

    /// <summary>
    /// Makes the actor the one who writes on the sheet: closes the open version when it is another's, or old, or from before the
    /// last transition. Call before changing the sheet's fields; <see cref="UpdateAsync(AnswerSheet, CancellationToken)"/> stores the rest.
    /// </summary>
    /// <param name="opens">the actor types: a version is open from now on</param>
    public Task TakeOverAsync(AnswerSheet sheet, bool opens, CancellationToken cancellationToken) =>
        TakeOverAsync([sheet], opens, cancellationToken);

    /// <summary>The same for many, in one statement at most.</summary>
    public async Task TakeOverAsync(IReadOnlyList<AnswerSheet> sheets, bool opens, CancellationToken cancellationToken)
    {
        var officer = SubmissionAccess.HelpingUnit(submission.Actor);
        var ended = new List<(Guid SheetId, DateTimeOffset At)>();
        foreach (var sheet in sheets)
        {
            if (sheet.DraftOpenedAt is { } opened && EndOf(sheet, opened, officer) is { } closedAt)
            {
                ended.Add((sheet.AnswerSheetId, closedAt));
                sheet.DraftOpenedAt = null;
            }
            if (opens)
            {
                sheet.DraftOpenedAt ??= Now;
            }
            sheet.DraftBy = submission.Actor.UserId;
            sheet.DraftByName = submission.Actor.DisplayName;
            sheet.OfficerUnitId = officer;
            sheet.SavedAt = Now;
        }
        if (ended.Count > 0)
        {
            await CloseAsync(ended, cancellationToken);
        }
    }

    /// <summary>Stores everything but the keys.</summary>
    public Task UpdateAsync(AnswerSheet sheet, CancellationToken cancellationToken) =>
        StoreAsync([sheet], null, cancellationToken);

    /// <summary>Stores everything but the keys of many, in one statement.</summary>
    public Task UpdateAsync(IReadOnlyList<AnswerSheet> sheets, CancellationToken cancellationToken) =>
        sheets.Count == 0 ? Task.CompletedTask : StoreAsync(sheets, null, cancellationToken);

    /// <summary>Stores it with the save that made its revision (<see cref="RememberAsync"/>), in one statement.</summary>
    public Task SaveAsync(AnswerSheet sheet, Guid saveKey, CancellationToken cancellationToken) =>
        StoreAsync([sheet], saveKey, cancellationToken);

    private async Task StoreAsync(IReadOnlyList<AnswerSheet> sheets, Guid? saveKey, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. sheets.Select(s => s.AnswerSheetId)];
        string[] statuses = [.. sheets.Select(s => SnakeCase.Of(s.Status))];
        string?[] reasons = [.. sheets.Select(s => s.RemoveReason)];
        string[] labels = [.. sheets.Select(s => s.Label)];
        string[] answers = [.. sheets.Select(s => s.Answers)];
        int[] revisions = [.. sheets.Select(s => s.Revision)];
        string[] fields = [.. sheets.Select(s => s.FieldRevision)];
        int[] blocking = [.. sheets.Select(s => s.BlockingIssues)];
        int[] warnings = [.. sheets.Select(s => s.Warnings)];
        int[] answered = [.. sheets.Select(s => s.Answered)];
        int[] required = [.. sheets.Select(s => s.Required)];
        Guid?[] acts = [.. sheets.Select(s => s.ActId)];
        Guid?[] writers = [.. sheets.Select(s => s.DraftBy)];
        string?[] names = [.. sheets.Select(s => s.DraftByName)];
        DateTimeOffset?[] opened = [.. sheets.Select(s => s.DraftOpenedAt)];
        int?[] officers = [.. sheets.Select(s => s.OfficerUnitId)];
        DateTimeOffset[] saved = [.. sheets.Select(s => s.SavedAt)];
        await submission.Db.Database.ExecuteSqlAsync(
            $"""
            with stored as (
                update answer_sheet a set status = x.status, remove_reason = x.remove_reason, label = x.label,
                    answers = x.answers::jsonb, revision = x.revision, field_revision = x.field_revision::jsonb,
                    blocking_issues = x.blocking_issues, warnings = x.warnings, answered = x.answered, required = x.required,
                    act_id = x.act_id, draft_by = x.draft_by, draft_by_name = x.draft_by_name,
                    draft_opened_at = x.draft_opened_at, officer_unit_id = x.officer_unit_id, saved_at = x.saved_at
                from unnest({ids}, {statuses}, {reasons}, {labels}, {answers}, {revisions}, {fields}, {blocking}, {warnings},
                    {answered}, {required}, {acts}, {writers}, {names}, {opened}, {officers}, {saved}) x (answer_sheet_id,
                    status, remove_reason, label, answers, revision, field_revision, blocking_issues, warnings, answered,
                    required, act_id, draft_by, draft_by_name, draft_opened_at, officer_unit_id, saved_at)
                where a.lao_id = {Key.LaoId} and a.submission_id = {Key.SubmissionId} and a.answer_sheet_id = x.answer_sheet_id
                returning a.lao_id, a.answer_sheet_id, a.revision)
            insert into answer_save (lao_id, answer_sheet_id, save_key, revision)
            select lao_id, answer_sheet_id, {saveKey}::uuid, revision from stored where {saveKey}::uuid is not null
            """,
            cancellationToken
        );
    }

    /// <summary>Remembers the save that made the sheet's revision, so that it is recognised when it comes again.</summary>
    public Task RememberAsync(AnswerSheet sheet, Guid saveKey, CancellationToken cancellationToken) =>
        submission.Db.Database.ExecuteSqlAsync(
            $"""
            insert into answer_save (lao_id, answer_sheet_id, save_key, revision)
            values ({sheet.LaoId}, {sheet.AnswerSheetId}, {saveKey}, {sheet.Revision})
            """,
            cancellationToken
        );

    /// <summary>Which of these saves of the sheet are stored: key → the revision that it made.</summary>
    public Task<Dictionary<Guid, int>> FindSavesAsync(
        AnswerSheet sheet,
        IReadOnlyList<Guid> keys,
        CancellationToken cancellationToken
    ) =>
        submission
            .Db.Set<AnswerSave>()
            .Where(s => s.LaoId == sheet.LaoId && s.AnswerSheetId == sheet.AnswerSheetId && keys.Contains(s.SaveKey))
            .ToDictionaryAsync(s => s.SaveKey, s => s.Revision, cancellationToken);

    /// <summary>
    /// Stores many sheets of this submission that the actor wrote in one act, in two statements whatever their number: what
    /// stood there becomes a version of its own, and the act opens a new one.
    /// </summary>
    public async Task ReplaceAsync(IReadOnlyList<AnswerSheet> sheets, CancellationToken cancellationToken)
    {
        await CloseAsync([.. sheets.Select(sheet => (sheet.AnswerSheetId, Now))], cancellationToken);
        foreach (var sheet in sheets)
        {
            sheet.RemoveReason = null;
            sheet.DraftOpenedAt = null;
        }
        await TakeOverAsync(sheets, opens: true, cancellationToken);
        await UpdateAsync(sheets, cancellationToken);
    }

    /// <summary>Closes every open version: before a transition of the submission.</summary>
    public async Task CloseAllAsync(CancellationToken cancellationToken)
    {
        await CloseAsync(null, cancellationToken);
        await submission.Db.Database.ExecuteSqlAsync(
            $"""
            update answer_sheet set draft_opened_at = null, officer_unit_id = null
            where lao_id = {Key.LaoId} and submission_id = {Key.SubmissionId} and draft_opened_at is not null
            """,
            cancellationToken
        );
    }

    /// <summary>When the open version ended; null while the actor goes on with it.</summary>
    private DateTimeOffset? EndOf(AnswerSheet sheet, DateTimeOffset opened, int? officer) =>
        submission.Now.StateChangedAt > opened ? submission.Now.StateChangedAt
        : Now - sheet.SavedAt >= Idle ? sheet.SavedAt + Idle
        : sheet.DraftBy != submission.Actor.UserId || sheet.OfficerUnitId != officer ? Now
        : null;

    /// <summary>Writes down the open versions of these sheets, each as it ended; of all of them, as of now, when null.</summary>
    private async Task CloseAsync(
        IReadOnlyList<(Guid SheetId, DateTimeOffset At)>? ended,
        CancellationToken cancellationToken
    )
    {
        Guid[]? sheets = ended is null ? null : [.. ended.Select(e => e.SheetId)];
        DateTimeOffset[]? ends = ended is null ? null : [.. ended.Select(e => e.At)];
        await submission.Db.Database.ExecuteSqlAsync(
            $"""
            insert into answer_version (lao_id, answer_sheet_id, number, revision, status, answers, opened_at, closed_at,
                author_id, author_name, officer_unit_id)
            select a.lao_id, a.answer_sheet_id,
                1 + coalesce((select max(v.number) from answer_version v
                    where v.lao_id = a.lao_id and v.answer_sheet_id = a.answer_sheet_id), 0),
                a.revision, a.status, a.answers, a.draft_opened_at, coalesce(e.at, {Now}), a.draft_by,
                coalesce(a.draft_by_name, ''), a.officer_unit_id
            from answer_sheet a
            left join unnest({sheets}::uuid[], {ends}::timestamptz[]) e (answer_sheet_id, at) using (answer_sheet_id)
            where a.lao_id = {Key.LaoId} and a.submission_id = {Key.SubmissionId} and a.draft_opened_at is not null
              and ({sheets}::uuid[] is null or e.at is not null)
            """,
            cancellationToken
        );
    }
}

/// <summary>field_revision: at which revision each path changed last.</summary>
internal sealed class FieldRevisions
{
    private readonly Dictionary<string, int> _revisions;

    private FieldRevisions(Dictionary<string, int> revisions) => _revisions = revisions;

    public static FieldRevisions Parse(string json) =>
        new(JsonSerializer.Deserialize<Dictionary<string, int>>(json) ?? []);

    /// <summary>0: never changed since the sheet was made.</summary>
    public int Of(string path) => _revisions.GetValueOrDefault(path);

    /// <summary>Of the path itself or of anything inside it: a row and its fields.</summary>
    public int Newest(string path) =>
        _revisions
            .Where(r => r.Key == path || r.Key.StartsWith(path + ".", StringComparison.Ordinal))
            .Select(r => r.Value)
            .DefaultIfEmpty()
            .Max();

    /// <summary>Only those that hold.</summary>
    public FieldRevisions Where(Func<string, int, bool> holds) =>
        new(_revisions.Where(r => holds(r.Key, r.Value)).ToDictionary());

    public void Set(string path, int revision) => _revisions[path] = revision;

    public string ToJson() => JsonSerializer.Serialize(_revisions);
}

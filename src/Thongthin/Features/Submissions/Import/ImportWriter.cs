using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions.Import;

/// <summary>
/// Writes lines of answers in statements whose number depends on the batches alone: records and sheets that are new, sheets
/// that changed, a version of each with the file as its author, and at the end the event that marks the submissions.
/// </summary>
internal sealed class ImportWriter(AppDb db, Actor actor, string formId, int fiscalYear, string source)
{
    private readonly Dictionary<Guid, ImportTarget> _changed = [];

    private DateTimeOffset At => actor.At.ToUniversalTime();

    private string Author => "นำเข้า " + source;

    /// <summary>How many submissions have something new.</summary>
    public int Submissions => _changed.Count;

    /// <summary>Lines that stood exactly so already.</summary>
    public int Unchanged { get; private set; }

    public async Task WriteAsync(IReadOnlyList<ImportLine> lines, CancellationToken cancellationToken)
    {
        if (lines.Count == 0)
        {
            return;
        }
        await AddRecordsAsync(lines, cancellationToken);
        var stored = (await StoredAsync(lines, cancellationToken)).ToDictionary(s => (s.LaoId, s.RecordNumber));
        var changed = lines.Where(l => !IsSame(l, stored[(l.Target.LaoId, l.RecordNumber)])).ToList();
        Unchanged += lines.Count - changed.Count;
        if (changed.Count == 0)
        {
            return;
        }
        await StoreAsync(changed, stored, cancellationToken);
        foreach (var line in changed)
        {
            _changed[line.Target.SubmissionId] = line.Target;
        }
    }

    /// <summary>Marks the submissions: what was imported counts as recorded.</summary>
    public Task FinishAsync(CancellationToken cancellationToken)
    {
        var targets = _changed.Values.OrderBy(t => t.LaoId).ToList();
        int[] laos = [.. targets.Select(t => t.LaoId)];
        Guid[] submissions = [.. targets.Select(t => t.SubmissionId)];
        int[] numbers = [.. targets.Select(t => t.EventCount + 1)];
        string[] from = [.. targets.Select(t => t.State)];
        Guid[] ids = [.. targets.Select(_ => Guid.CreateVersion7())];
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into submission_event (lao_id, submission_id, number, submission_event_id, at, action, from_state, to_state,
                user_name, role, unit_name, reason, correlation_id)
            select e.lao_id, e.submission_id, e.number, e.id, {At}, 'import', e.from_state, 'recorded', {Author}, 'job', '',
                {source}, {actor.CorrelationId}
            from unnest({laos}, {submissions}, {numbers}, {ids}, {from}) e (lao_id, submission_id, number, id, from_state)
            """,
            cancellationToken
        );
    }

    private static bool IsSame(ImportLine line, Stored stored) =>
        stored.Answers is { } answers && JsonNode.DeepEquals(JsonNode.Parse(answers), JsonNode.Parse(line.Answers));

    private Task<int> AddRecordsAsync(IReadOnlyList<ImportLine> lines, CancellationToken cancellationToken)
    {
        var recorded = lines.Where(l => l.RecordNumber.Length > 0).ToList();
        int[] laos = [.. recorded.Select(l => l.Target.LaoId)];
        string[] numbers = [.. recorded.Select(l => l.RecordNumber)];
        Guid[] ids = [.. recorded.Select(_ => Guid.CreateVersion7())];
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into record (lao_id, record_id, form_id, record_number, first_fiscal_year, created_at)
            select r.lao_id, r.id, {formId}, r.number, {fiscalYear}, {At}
            from unnest({laos}, {numbers}, {ids}) r (lao_id, number, id)
            on conflict (lao_id, form_id, record_number) do nothing
            """,
            cancellationToken
        );
    }

    /// <summary>Of every line its record and, where there is one, its sheet.</summary>
    private Task<List<Stored>> StoredAsync(IReadOnlyList<ImportLine> lines, CancellationToken cancellationToken)
    {
        int[] laos = [.. lines.Select(l => l.Target.LaoId)];
        Guid[] submissions = [.. lines.Select(l => l.Target.SubmissionId)];
        string[] numbers = [.. lines.Select(l => l.RecordNumber)];
        return db
            .Database.SqlQuery<Stored>(
                $"""
                select l.lao_id, l.number as record_number, c.record_id, a.answer_sheet_id as sheet_id, a.answers
                from unnest({laos}, {submissions}, {numbers}) l (lao_id, submission_id, number)
                left join record c on c.lao_id = l.lao_id and c.form_id = {formId} and c.record_number = l.number
                left join answer_sheet a on a.lao_id = l.lao_id and a.submission_id = l.submission_id
                    and a.record_id is not distinct from c.record_id
                """
            )
            .ToListAsync(cancellationToken);
    }

    private async Task StoreAsync(
        IReadOnlyList<ImportLine> lines,
        Dictionary<(int LaoId, string RecordNumber), Stored> stored,
        CancellationToken cancellationToken
    )
    {
        var of = lines.Select(l => stored[(l.Target.LaoId, l.RecordNumber)]).ToList();
        int[] laos = [.. lines.Select(l => l.Target.LaoId)];
        Guid[] submissions = [.. lines.Select(l => l.Target.SubmissionId)];
        Guid[] sheets = [.. of.Select(s => s.SheetId ?? Guid.CreateVersion7())];
        Guid?[] records = [.. of.Select(s => s.RecordId)];
        string[] labels = [.. lines.Select(l => l.Label)];
        string[] answers = [.. lines.Select(l => l.Answers)];
        int[] blocking = [.. lines.Select(l => l.Completeness.Blocking)];
        int[] warnings = [.. lines.Select(l => l.Completeness.Warnings)];
        int[] answered = [.. lines.Select(l => l.Completeness.RequiredAnswered)];
        int[] required = [.. lines.Select(l => l.Completeness.Required)];
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into answer_sheet (lao_id, submission_id, answer_sheet_id, record_id, status, label, answers, revision,
                blocking_issues, warnings, answered, required, draft_by_name, saved_at)
            select l.lao_id, l.submission_id, l.sheet_id, l.record_id,
                case when l.record_id is null then 'draft' else 'confirmed' end, l.label, l.answers::jsonb, 1,
                l.blocking, l.warnings, l.answered, l.required, {Author}, {At}
            from unnest({laos}, {submissions}, {sheets}, {records}, {labels}, {answers}, {blocking}, {warnings}, {answered},
                {required}) l (lao_id, submission_id, sheet_id, record_id, label, answers, blocking, warnings, answered, required)
            on conflict (lao_id, answer_sheet_id) do update
                set label = excluded.label, answers = excluded.answers, revision = answer_sheet.revision + 1,
                    blocking_issues = excluded.blocking_issues, warnings = excluded.warnings, answered = excluded.answered,
                    required = excluded.required, draft_by_name = excluded.draft_by_name, saved_at = excluded.saved_at
            """,
            cancellationToken
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into answer_version (lao_id, answer_sheet_id, number, revision, status, answers, opened_at, closed_at, author_name)
            select a.lao_id, a.answer_sheet_id, a.revision, a.revision, a.status, a.answers, {At}, {At}, {Author}
            from unnest({laos}, {sheets}) l (lao_id, sheet_id)
            join answer_sheet a on a.lao_id = l.lao_id and a.answer_sheet_id = l.sheet_id
            """,
            cancellationToken
        );
    }

    private sealed record Stored(int LaoId, string RecordNumber, Guid? RecordId, Guid? SheetId, string? Answers);
}

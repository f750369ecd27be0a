using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Features.Submissions.Attachments;
using Thongthin.Features.Submissions.Facts;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions;

/// <summary>
/// Stores what a person typed into one sheet. An invalid draft is stored too: problems are data, kept as counts. A save
/// conflicts only where a field that it changes was changed by somebody since the revision it started from; then nothing
/// of it is stored, also not its other fields (answers that belong together stay together), and both values come back,
/// so that the page can show everything typed and ask. Sent again on the revision that came back, it is stored.
/// </summary>
internal sealed class SaveAnswers(AppDb db, FormLibrary forms, AnsweredFiles answered)
{
    /// <exception cref="Refusal">submission_not_found, sheet_not_found, not_allowed, answers_frozen, round_closed (with the last day), round_not_open_yet, round_cancelled, record_removed, file_not_found.</exception>
    public async Task<SaveResult> ExecuteAsync(
        Actor actor,
        SubmissionKey key,
        SaveRequest request,
        CancellationToken cancellationToken
    )
    {
        await using var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        var sheets = new SheetWriter(submission);
        var form = await forms.GetAsync(submission.Now.FormId, submission.Now.FormVersion, cancellationToken);
        var stored = await FindAsync(sheets, form, request, cancellationToken);
        var own = await FindOwnAsync(sheets, stored, request, cancellationToken);
        if (own.TryGetValue(request.SaveKey, out var revision))
        {
            return Result(SaveOutcome.SavedBefore, stored) with { Revision = revision };
        }
        submission.RequireEditable();
        if (stored?.Status == SheetStatus.Removed)
        {
            throw new Refusal("record_removed");
        }
        var context = await new FactQueries(db).ContextAsync(
            form,
            actor,
            key.LaoId,
            submission.Now.FiscalYear,
            cancellationToken
        );
        var previous = stored is null ? await PreviousSheet.FindAsync(db, key, cancellationToken) : null;
        var before = stored is null
            ? Answers.Start(form, previous is null ? null : Answers.Parse(previous.Answers), context)
            : Answers.Parse(stored.Answers);
        var changes = ChangesOf(request);
        changes = changes with { Files = await answered.FindAsync(key.LaoId, form, changes.Fields, cancellationToken) };
        var applied = before.Apply(form, changes, context);
        if (applied.Ignored.Any(i => i.Reason == IgnoredReason.NoSuchFile))
        {
            throw new Refusal("file_not_found");
        }
        if (Refuse(applied, stored) is { } refused)
        {
            return refused;
        }
        var conflicts = Conflicts.Find(request, before, applied, stored, own.Values.ToHashSet());
        if (conflicts.Count > 0)
        {
            return Result(SaveOutcome.Conflict, stored) with
            {
                Conflicts = await NameOthersAsync(stored!, conflicts, cancellationToken),
            };
        }
        // What a year starts from is stored by the first save, also when nothing of it was changed.
        if (applied.Changed.Count == 0 && previous is null)
        {
            return Result(SaveOutcome.Unchanged, stored);
        }

        var sheet = stored ?? sheets.New(null, "{}");
        await sheets.TakeOverAsync(sheet, opens: true, cancellationToken);
        Write(sheet, applied);
        var evaluation = SheetEvaluation.Evaluate(form, applied.Sheet, context);
        SheetEvaluation.Keep(sheet, evaluation);
        Reopen(sheet);
        if (stored is null)
        {
            await sheets.InsertAsync(sheet, cancellationToken);
            await sheets.RememberAsync(sheet, request.SaveKey, cancellationToken);
        }
        else
        {
            await sheets.SaveAsync(sheet, request.SaveKey, cancellationToken);
        }
        await submission.StartAsync(cancellationToken);
        await submission.AuditAsync(
            "answers_saved",
            new
            {
                sheet = sheet.AnswerSheetId,
                sheet.Revision,
                fields = applied.Changed.Count,
            },
            cancellationToken
        );
        await submission.CommitAsync(cancellationToken);
        return Result(SaveOutcome.Saved, sheet) with
        {
            Issues = [.. SheetEvaluation.Issues(evaluation, sheet.AnswerSheetId, sheet.Label)],
        };
    }

    /// <summary>A confirmed record is a draft again when an office changed it, or when something blocks it now.</summary>
    public static void Reopen(AnswerSheet sheet)
    {
        if (sheet.Status == SheetStatus.Confirmed && (sheet.OfficerUnitId is not null || sheet.BlockingIssues > 0))
        {
            sheet.Status = SheetStatus.Draft;
        }
    }

    private static async Task<AnswerSheet?> FindAsync(
        SheetWriter sheets,
        FormDefinition form,
        SaveRequest request,
        CancellationToken cancellationToken
    )
    {
        if (request.SheetId is { } id)
        {
            return await sheets.FindAsync(id, cancellationToken) ?? throw new Refusal("sheet_not_found");
        }
        if (request.RecordId is { } record)
        {
            return await sheets.FindOfRecordAsync(record, cancellationToken) ?? throw new Refusal("sheet_not_found");
        }
        return form.Shape == FormShape.Annual
            ? await sheets.FindOfRecordAsync(null, cancellationToken)
            : throw new Refusal("sheet_not_found");
    }

    /// <summary>How a save ends that cannot be stored whatever anybody decides; null when nothing stands against it.</summary>
    private static SaveResult? Refuse(AppliedChanges applied, AnswerSheet? stored)
    {
        var outcomes = applied.Ignored.ToLookup(ignored =>
            ignored.Reason switch
            {
                IgnoredReason.Unknown => SaveOutcome.Unknown,
                IgnoredReason.TooLong or IgnoredReason.TooManyRows => SaveOutcome.TooMuch,
                _ => SaveOutcome.Saved,
            }
        );
        return outcomes.Contains(SaveOutcome.Unknown) ? Refused(SaveOutcome.Unknown)
            : outcomes.Contains(SaveOutcome.TooMuch) ? Refused(SaveOutcome.TooMuch)
            : null;

        SaveResult Refused(SaveOutcome outcome) =>
            Result(outcome, stored) with
            {
                Refused = [.. outcomes[outcome].Select(ignored => ignored.Field)],
            };
    }

    /// <summary>Of this save and the one it follows, those that are stored. Nothing was since the base: nothing to ask for.</summary>
    private static async Task<Dictionary<Guid, int>> FindOwnAsync(
        SheetWriter sheets,
        AnswerSheet? stored,
        SaveRequest request,
        CancellationToken cancellationToken
    )
    {
        if (stored is null || stored.Revision <= request.BaseRevision)
        {
            return [];
        }
        Guid[] keys = request.Follows is { } follows ? [request.SaveKey, follows] : [request.SaveKey];
        return await sheets.FindSavesAsync(stored, keys, cancellationToken);
    }

    /// <summary>What this save changes: what still reads as it was shown is not touched.</summary>
    private static AnswerChanges ChangesOf(SaveRequest request)
    {
        var rows = request.Rows ?? [];
        return new AnswerChanges(
            request
                .Fields.Where(f =>
                    request.Shown is null
                    || !request.Shown.TryGetValue(f.Key, out var shown)
                    || LineEnds(shown) != LineEnds(f.Value)
                )
                .ToDictionary(StringComparer.Ordinal),
            [.. Paths(RowChangeKind.Add)],
            [.. Paths(RowChangeKind.Remove)]
        );

        IEnumerable<AnswerPath> Paths(RowChangeKind kind) => rows.Where(r => r.Kind == kind).Select(r => r.Row);
    }

    private static string LineEnds(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>The changed answers onto the sheet, as its next revision.</summary>
    public static void Write(AnswerSheet sheet, AppliedChanges applied)
    {
        sheet.Revision++;
        sheet.ActId = null;
        sheet.Answers = applied.Sheet.ToJsonString();
        var revisions = FieldRevisions.Parse(sheet.FieldRevision);
        foreach (var path in applied.Changed)
        {
            revisions.Set(path.ToString(), sheet.Revision);
        }
        sheet.FieldRevision = revisions.ToJson();
    }

    /// <summary>Who wrote the value that stands there, and when: the author of the version that its revision fell in.</summary>
    private async Task<IReadOnlyList<FieldConflict>> NameOthersAsync(
        AnswerSheet stored,
        IReadOnlyList<Conflict> conflicts,
        CancellationToken cancellationToken
    )
    {
        var versions = await db.Set<AnswerVersion>()
            .Where(v => v.LaoId == stored.LaoId && v.AnswerSheetId == stored.AnswerSheetId)
            .OrderBy(v => v.Number)
            .Select(v => new
            {
                v.Revision,
                v.AuthorName,
                v.ClosedAt,
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. conflicts.Select(c =>
            {
                var version = versions.FirstOrDefault(v => v.Revision >= c.Revision);
                return new FieldConflict(
                    c.Path,
                    c.Theirs,
                    c.Yours,
                    version?.AuthorName ?? stored.DraftByName,
                    version?.ClosedAt ?? stored.SavedAt
                );
            }),
        ];
    }

    private static SaveResult Result(SaveOutcome outcome, AnswerSheet? sheet) =>
        new(outcome, sheet?.AnswerSheetId, sheet?.Revision ?? 0, [], [], []);
}

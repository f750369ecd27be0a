using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Forms.Comparison;
using Thongthin.Forms.Schema;

namespace Thongthin.Features.Authoring;

/// <summary>A draft in the list.</summary>
internal sealed record DraftRow(Guid FormDraftId, string FileName, DateTimeOffset UploadedAt);

/// <summary>A difference from the published version.</summary>
/// <param name="Answered">answer sheets that have an answer to it; null where that does not matter</param>
internal sealed record DraftChange(NodeChange Change, int? Answered);

/// <summary>The published version that a draft is compared with, and every difference.</summary>
internal sealed record DraftComparison(int Version, IReadOnlyList<DraftChange> Changes);

internal sealed class DraftQueries(AppDb db, FormLibrary forms)
{
    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<DraftRow>> ListAsync(CancellationToken cancellationToken) =>
        await db.Set<FormDraft>()
            .OrderByDescending(d => d.UploadedAt)
            .Select(d => new DraftRow(d.FormDraftId, d.FileName, d.UploadedAt))
            .ToListAsync(cancellationToken);

    /// <summary>null when there is no such draft, or not for this reader.</summary>
    public Task<FormDraft?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        db.Set<FormDraft>().AsNoTracking().FirstOrDefaultAsync(d => d.FormDraftId == id, cancellationToken);

    /// <summary>null when the form was never published.</summary>
    public async Task<DraftComparison?> CompareAsync(FormDefinition draft, CancellationToken cancellationToken)
    {
        var newest = await db.Set<FormVersion>()
            .Where(v => v.FormId == draft.Id)
            .OrderByDescending(v => v.Version)
            .Select(v => (int?)v.Version)
            .FirstOrDefaultAsync(cancellationToken);
        if (newest is not { } version)
        {
            return null;
        }
        var changes = FormComparison.Between(await forms.GetAsync(draft.Id, version, cancellationToken), draft);
        var answered = await CountAnswersAsync(draft.Id, changes, cancellationToken);
        return new DraftComparison(
            version,
            [.. changes.Select(c => new DraftChange(c, Matters(c) ? answered.GetValueOrDefault(c.Node.Name) : null))]
        );
    }

    private static bool Matters(NodeChange change) =>
        change.Effect is AnswerEffect.Orphaned or AnswerEffect.CheckedAgain && change.Kind != NodeChangeKind.Text;

    // Answer sheets of all years that have the name anywhere: rows of repeats stand below it.
    private async Task<Dictionary<string, int>> CountAnswersAsync(
        string formId,
        IReadOnlyList<NodeChange> changes,
        CancellationToken cancellationToken
    )
    {
        string[] names = [.. changes.Where(Matters).Select(c => c.Node.Name).Distinct(StringComparer.Ordinal)];
        if (names.Length == 0)
        {
            return [];
        }
        var rows = await db
            .Database.SqlQuery<NameCount>(
                $"""
                select n.name, count(*)::int as count
                from submission s
                join answer_sheet a on a.lao_id = s.lao_id and a.submission_id = s.submission_id
                cross join unnest({names}) n (name)
                where s.form_id = {formId} and jsonb_path_exists(a.answers, format('$.**.%s', to_json(n.name)::text)::jsonpath)
                group by n.name
                """
            )
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.Name, row => row.Count, StringComparer.Ordinal);
    }

    private sealed record NameCount(string Name, int Count);
}

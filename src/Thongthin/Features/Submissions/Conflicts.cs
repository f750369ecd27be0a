using Thongthin.Forms.Answers;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions;

/// <summary>A field that a save would change although it changed, at <paramref name="Revision"/>, since the save's base.</summary>
internal sealed record Conflict(string Path, string? Theirs, string? Yours, int Revision);

/// <summary>Finds where a save and what was stored since its base revision change the same. Pure.</summary>
internal static class Conflicts
{
    /// <param name="stored">null: nothing is stored, so nothing can conflict</param>
    /// <param name="own">revisions that the sender's own saves made</param>
    public static IReadOnlyList<Conflict> Find(
        SaveRequest request,
        Answers before,
        AppliedChanges applied,
        AnswerSheet? stored,
        IReadOnlySet<int> own
    )
    {
        if (stored is null || stored.Revision <= request.BaseRevision)
        {
            return [];
        }
        var revisions = FieldRevisions.Parse(stored.FieldRevision).Where(IsNews);
        var removedHere = (request.Rows ?? [])
            .Where(r => r.Kind == RowChangeKind.Remove)
            .Select(r => r.Row.ToString())
            .ToHashSet(StringComparer.Ordinal);
        var changed = applied
            .Changed.Select(path =>
                Of(path, path.Name is null ? revisions.Newest(path.ToString()) : revisions.Of(path.ToString()))
            )
            .Where(c => c.Revision > 0);
        // typed into a row that somebody removed meanwhile
        var intoRemoved = applied
            .Ignored.Where(i => i.Reason == IgnoredReason.NoSuchRow)
            .Select(i => AnswerPath.Parse(i.Field))
            .OfType<AnswerPath>()
            .Where(path =>
                path.Name is not null
                && path.Rows.Count > 0
                && !path.RowsAround().Any(row => removedHere.Contains(row.ToString()))
            )
            .Select(path => new Conflict(
                path.ToString(),
                null,
                request.Fields[path.ToString()],
                path.RowsAround().Max(row => revisions.Of(row.ToString()))
            ))
            .Where(c => c.Revision > 0 && !string.IsNullOrWhiteSpace(c.Yours));
        return [.. changed, .. intoRemoved];

        bool IsNews(string path, int revision) =>
            revision > request.BaseRevision && revision > KnownOf(path) && !own.Contains(revision);

        // What is known of a row is known of its fields.
        int KnownOf(string path) =>
            (request.Known ?? new Dictionary<string, int>())
                .Where(k => path == k.Key || path.StartsWith(k.Key + ".", StringComparison.Ordinal))
                .Select(k => k.Value)
                .DefaultIfEmpty()
                .Max();

        Conflict Of(AnswerPath path, int revision) =>
            new(
                path.ToString(),
                AnswerDifference.Raw(before, path),
                AnswerDifference.Raw(applied.Sheet, path),
                revision
            );
    }
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Validation;

namespace Thongthin.Features.Submissions.Duplicates;

/// <summary>
/// By what a record is compared with others, from the answers to the form's <c>duplicate_keys</c>: its texts, its first day,
/// and everything else. Rows of a repeat give one value each: an agreement of several partners may be found by any.
/// </summary>
internal sealed record RecordKeys(IReadOnlyList<string> Names, IReadOnlyList<string> Same, DateOnly? Day)
{
    /// <summary>null: the form compares nothing, or the record has no name yet.</summary>
    public static RecordKeys? Of(FormEvaluation evaluation)
    {
        var keys = evaluation.Definition.Entity?.DuplicateKeys ?? [];
        var states = evaluation
            .States.Where(s => s.IsAnswered && s.Node is Question && keys.Contains(s.Node.Name))
            .ToList();
        var names = states.Where(s => TypeOf(s) == QuestionType.Text).Select(s => Plain(s.Value.ToText())).Distinct();
        var same = states
            .Where(s => TypeOf(s) is not (QuestionType.Text or QuestionType.Date))
            .Select(s => $"{s.Node.Name}={s.Value.ToText()}")
            .Distinct();
        return states.Exists(s => TypeOf(s) == QuestionType.Text)
            ? new([.. names], [.. same], states.Find(s => TypeOf(s) == QuestionType.Date)?.Value.AsDate)
            : null;
    }

    /// <summary>Keeps what the record is compared by.</summary>
    public static async Task KeepAsync(
        LockedSubmission submission,
        Guid recordId,
        FormEvaluation evaluation,
        CancellationToken cancellationToken
    )
    {
        if (Of(evaluation) is not { } keys)
        {
            return;
        }
        var now = submission.Now;
        string[] names = [.. keys.Names];
        string[] same = [.. keys.Same];
        await submission.Db.Database.ExecuteSqlAsync(
            $"""
            insert into record_key (lao_id, record_id, form_id, names, same, day)
            values ({now.LaoId}, {recordId}, {now.FormId}, {names}, {same}, {keys.Day}::date)
            on conflict (lao_id, record_id) do update
                set names = excluded.names, same = excluded.same, day = excluded.day
            """,
            cancellationToken
        );
    }

    private static QuestionType TypeOf(FieldState state) => ((Question)state.Node).Type;

    private static string Plain(string text) => text.Trim().ToLowerInvariant();
}

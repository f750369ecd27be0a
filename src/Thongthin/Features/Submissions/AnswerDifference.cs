using Thongthin.Forms.Answers;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions;

/// <summary>Two states of one sheet side by side, field by field. A row that only one of them has is one line, the row's.</summary>
internal static class AnswerDifference
{
    /// <param name="before">JSON of answers</param>
    /// <param name="after">JSON of answers</param>
    public static IReadOnlyList<FieldChange> Between(string before, string after)
    {
        var (old, now) = (Answers.Parse(before), Answers.Parse(after));
        return
        [
            .. Answers
                .Changes(old, now)
                .Select(path => new FieldChange(path.ToString(), Raw(old, path), Raw(now, path))),
        ];
    }

    /// <summary>The raw text at a path; null without an answer. A row that is there has an empty text.</summary>
    public static string? Raw(Answers sheet, AnswerPath path) =>
        path.Name is null ? (sheet.HasRow(path) ? "" : null)
        : sheet.Get(path) is { } value ? TypedAnswer.ToRaw(value)
        : null;
}

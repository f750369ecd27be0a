namespace Thongthin.Forms.Schema;

/// <summary>
/// What a recorder says about an answer rather than with it: that it is as it was last year, and why it moved further than its
/// bound. A remark stands beside the answer under a name of its own and is saved, sent and merged as an answer is; it is no
/// question of the form, so that it is never evaluated or certified, and a new year starts without it.
/// </summary>
public static class Remarks
{
    /// <summary>"It is as it was last year", confirmed.</summary>
    public const string SamePrefix = "_same_";

    /// <summary>Why the number moved further than its bound.</summary>
    public const string ReasonPrefix = "_why_";

    public static string SameOf(string question) => SamePrefix + question;

    public static string ReasonOf(string question) => ReasonPrefix + question;

    /// <summary>The question that a remark's name is about; null for other names.</summary>
    public static string? SubjectOf(string name) =>
        name.StartsWith(SamePrefix, StringComparison.Ordinal) ? name[SamePrefix.Length..]
        : name.StartsWith(ReasonPrefix, StringComparison.Ordinal) ? name[ReasonPrefix.Length..]
        : null;

    /// <summary>The remark as a question, so that what is typed is read as its type.</summary>
    internal static Question Question(string name, Question subject)
    {
        var isReason = name.StartsWith(ReasonPrefix, StringComparison.Ordinal);
        var (th, en) = (subject.Label.In("th"), subject.Label.In("en"));
        return new Question
        {
            Name = name,
            Type = isReason ? QuestionType.Text : QuestionType.Acknowledge,
            Label = isReason
                ? new LocalText($"เหตุผลที่ “{th}” เปลี่ยนจากปีก่อน", $"Why “{en}” changed since last year")
                : new LocalText($"ยืนยันว่า “{th}” เท่าปีก่อน", $"“{en}” confirmed as last year"),
            CarryForward = false,
        };
    }
}

using Thongthin.Forms.Answers;
using Thongthin.Forms.Schema;

namespace Thongthin.Features.Submissions.Entry;

/// <summary>One question in one place of a sheet, ready to be written: everything in the reader's language.</summary>
/// <param name="Path">of the answer; also the id of the control</param>
/// <param name="Text">what stands in the field; several choices joined by a space</param>
/// <param name="Shown">the answer in words, for reading</param>
/// <param name="IsRequired">by the rule, with the answers as they are now</param>
/// <param name="Previous">the answer of the earlier fiscal year in words; null when there is none</param>
/// <param name="Carried">the answer is the earlier year's, unchanged</param>
internal sealed record FieldView(
    Question Question,
    string Path,
    string Text,
    string Shown,
    bool IsRelevant,
    bool IsRequired,
    bool IsReadOnly,
    IReadOnlyList<string> Errors,
    IReadOnlyList<string> Warnings,
    string? Previous,
    bool Carried
)
{
    public const string NamePrefix = "f.";

    /// <summary>What a select offers with the answers as they are; empty for other types.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>The earlier year's answer as it would stand in the field.</summary>
    public string PreviousText { get; init; } = "";

    /// <summary>The person may say that it is unchanged, and why it is not.</summary>
    public bool TakesRemarks { get; init; }

    /// <summary>"As last year" was said.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>The number moved further than its bound.</summary>
    public bool AsksForReason { get; init; }

    /// <summary>Why it did; empty when nobody said.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Choices depend on other answers: scripts write them anew.</summary>
    public bool IsFiltered => Question.ChoiceFilter is not null || Question.ChoicesFrom is not null;

    /// <summary>The path of a remark about this answer, in the same row.</summary>
    public string RemarkPath(string name) => Path.LastIndexOf('.') is >= 0 and var dot ? $"{Path[..dot]}.{name}" : name;

    /// <summary>What is attached, for a question that takes a file; null: nothing.</summary>
    public StoredFile? File { get; init; }

    /// <summary>Name of the posted field.</summary>
    public string Name => NamePrefix + Path;

    /// <summary>Names chosen, of a select_multiple.</summary>
    public IReadOnlyList<string> Chosen => Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

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

    /// <summary>What is attached, for a question that takes a file; null: nothing.</summary>
    public StoredFile? File { get; init; }

    /// <summary>Name of the posted field.</summary>
    public string Name => NamePrefix + Path;

    /// <summary>Names chosen, of a select_multiple.</summary>
    public IReadOnlyList<string> Chosen => Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

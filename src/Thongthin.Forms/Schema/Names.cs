namespace Thongthin.Forms.Schema;

/// <summary>Which names questions, groups, choices and forms may have.</summary>
public static class Names
{
    public const int MaximumLength = 60;

    /// <summary>Of a question, group or repeat: a letter or <c>_</c>, then letters, digits, <c>_</c> and <c>-</c>; at most 60; not <c>_id</c>, <c>_raw</c> or the name of a remark.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaximumLength
        && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
        && name is not ("_id" or "_raw")
        && Remarks.SubjectOf(name) is null;

    /// <summary>Of a choice: no spaces, because several choices are joined by them; at most 60.</summary>
    public static bool IsValidChoice(string name) =>
        name.Length is > 0 and <= MaximumLength && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    /// <summary>Of a form: words of a–z and 0–9 joined by hyphens; at most 60.</summary>
    public static bool IsValidFormId(string id) =>
        id.Length is > 0 and <= MaximumLength
        && id.Split('-')
            .All(word => word.Length > 0 && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));
}

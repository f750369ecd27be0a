using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Verification;

/// <summary>How bad a finding is. A form is publishable without errors; warnings are for its author to weigh.</summary>
public enum FindingSeverity
{
    Error,
    Warning,
}

/// <summary>Something wrong with a form, with its place.</summary>
/// <param name="Code">permanent, F001 …; listed in <c>docs/forms.md</c></param>
/// <param name="File">name as given to the reader</param>
/// <param name="Sheet">survey, choices, settings, entities; null when it is about the file</param>
/// <param name="Row">from 1: the row of the workbook, or the line of a Markdown file; null when it is about the sheet or file</param>
/// <param name="Column">header of the column as written; null when it is about the row</param>
public sealed record Finding(
    string Code,
    FindingSeverity Severity,
    string File,
    string? Sheet,
    int? Row,
    string? Column,
    LocalText Message
);

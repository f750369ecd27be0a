using Thongthin.Forms.Schema;

namespace Thongthin.Features.Submissions.Import;

/// <summary>What is wrong with a cell or a line of a file of answers.</summary>
/// <param name="Column">of the file, from 1; null: the line as a whole</param>
/// <param name="Code">permanent: a code of <c>Thongthin.Forms</c> with its <paramref name="Message"/>, else the text <c>answers.import.CODE</c></param>
internal sealed record AnswerFinding(int Line, int? Column, string Code, LocalText? Message, params object[] Arguments)
{
    /// <summary>Of a finding without a message of its own; a fault of the file is named as <c>table.CODE</c>.</summary>
    public string TextKey { get; init; } = "answers.import." + Code;
}

/// <summary>What an import did, or, on a dry run or with errors, would have done.</summary>
/// <param name="Unchanged">lines that stand exactly so already</param>
/// <param name="Missing">required answers that the file does not have: earlier years asked less</param>
/// <param name="Errors">the first of them, at most <see cref="ImportAnswers.ShownErrors"/></param>
internal sealed record ImportedAnswers(
    int Lines,
    int Submissions,
    int Unchanged,
    int Missing,
    int ErrorCount,
    IReadOnlyList<AnswerFinding> Errors,
    bool Saved
);

/// <summary>The submission that a line belongs to.</summary>
internal sealed record ImportTarget(
    string Code,
    int LaoId,
    Guid SubmissionId,
    int FormVersion,
    string State,
    int EventCount,
    bool IsUntouched
);

/// <summary>A line that could be read.</summary>
/// <param name="RecordNumber">empty: an annual form; for a catalogue the item's code</param>
internal sealed record ImportLine(
    int Line,
    ImportTarget Target,
    string RecordNumber,
    string Label,
    string Answers,
    Thongthin.Forms.Validation.Completeness Completeness
);

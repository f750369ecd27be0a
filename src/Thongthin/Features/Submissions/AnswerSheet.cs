namespace Thongthin.Features.Submissions;

/// <summary>What a sheet is worth in its fiscal year.</summary>
internal enum SheetStatus
{
    /// <summary>Being filled in, or carried from last year and not looked at.</summary>
    Draft,

    /// <summary>A record that the LAO confirmed for the year.</summary>
    Confirmed,

    /// <summary>A record that is no longer in force this year; its answers stay.</summary>
    Removed,
}

/// <summary>One entry of a register, with a life over the years: one <see cref="AnswerSheet"/> per fiscal year.</summary>
internal sealed class Record
{
    public required int LaoId { get; init; }

    public required Guid RecordId { get; init; }

    public required string FormId { get; init; }

    /// <summary>INT-{LAO code}-{yy}-{nnn}: assigned once, never recalculated.</summary>
    public required string RecordNumber { get; init; }

    public required int FirstFiscalYear { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>
/// The answers of an annual form (no record), or of one record in one fiscal year. <see cref="Revision"/> counts saves;
/// <see cref="FieldRevision"/> says at which revision each path changed last, so that a save conflicts only where it
/// changes one of those. What is typed since <see cref="DraftOpenedAt"/> is one open version, by one person.
/// </summary>
internal sealed class AnswerSheet
{
    public required int LaoId { get; init; }

    public required Guid AnswerSheetId { get; init; }

    public required Guid SubmissionId { get; init; }

    public Guid? RecordId { get; init; }

    public SheetStatus Status { get; set; }

    /// <summary>Why the record is no longer in force; null unless it is removed.</summary>
    public string? RemoveReason { get; set; }

    /// <summary>What the record is called in lists, computed from the form's entity label.</summary>
    public string Label { get; set; } = "";

    /// <summary>JSON.</summary>
    public string Answers { get; set; } = "{}";

    public int Revision { get; set; }

    /// <summary>JSON: path → revision.</summary>
    public string FieldRevision { get; set; } = "{}";

    public int BlockingIssues { get; set; }

    public int Warnings { get; set; }

    /// <summary>Of the required questions that apply, how many have an answer.</summary>
    public int Answered { get; set; }

    public int Required { get; set; }

    public Guid? DraftBy { get; set; }

    public string? DraftByName { get; set; }

    /// <summary>When the open version began; null when none is open. The person and office stay those of the last version.</summary>
    public DateTimeOffset? DraftOpenedAt { get; set; }

    /// <summary>The office whose officer helped in the open version; null when the LAO itself recorded.</summary>
    public int? OfficerUnitId { get; set; }

    public required DateTimeOffset SavedAt { get; set; }

    /// <summary>The act over many items that left the sheet as it is; null after any other change.</summary>
    public Guid? ActId { get; set; }
}

/// <summary>A closed version of a sheet: what one person left there.</summary>
internal sealed class AnswerVersion
{
    public required int LaoId { get; init; }

    public required Guid AnswerSheetId { get; init; }

    public required int Number { get; init; }

    public required int Revision { get; init; }

    public required SheetStatus Status { get; init; }

    public required string Answers { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset ClosedAt { get; init; }

    public Guid? AuthorId { get; init; }

    public required string AuthorName { get; init; }

    public int? OfficerUnitId { get; init; }
}

namespace Thongthin.Features.Reviewing;

/// <summary>A question of an office about a submission, with what was said.</summary>
/// <param name="SheetId">null: about the submission as a whole</param>
/// <param name="Path">of the answer; empty: the whole sheet</param>
/// <param name="WaitsFor"><c>lao</c> or <c>office</c></param>
internal sealed record FieldQueryRow(
    Guid FieldQueryId,
    Guid? SheetId,
    string Path,
    string Label,
    string WaitsFor,
    DateTimeOffset AskedAt,
    DateTimeOffset? ClosedAt,
    string? ClosedByName,
    IReadOnlyList<QueryMessageRow> Messages
)
{
    public bool IsOpen => ClosedAt is null;
}

/// <summary>What somebody said.</summary>
internal sealed record QueryMessageRow(
    Guid FieldQueryId,
    int Number,
    DateTimeOffset At,
    string UserName,
    string UnitName,
    bool FromLao,
    string Text
);

/// <summary>A submission with open questions that wait for the reader's side.</summary>
internal sealed record WaitingQueryRow(
    int LaoId,
    string FormId,
    int FiscalYear,
    string TitleTh,
    string TitleEn,
    string Kind,
    string AbbreviationTh,
    string NameEn,
    int Queries,
    DateTimeOffset Since
);

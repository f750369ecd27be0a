namespace Thongthin.Features.Submissions.Items;

/// <summary>How far one item of a catalogue is this year. Texts <c>item.state.NAME</c>.</summary>
internal enum ItemState
{
    /// <summary>Nothing yet.</summary>
    Unanswered,

    /// <summary>There is an answer of an earlier year, to be confirmed or changed.</summary>
    Carried,

    /// <summary>Begun, or with something to correct.</summary>
    Draft,

    /// <summary>Confirmed for the year.</summary>
    Answered,
}

/// <summary>An item of the catalogue that applies to the LAO, with how far its record is this year.</summary>
/// <param name="RecordId">null: never answered or opened, in no year</param>
/// <param name="SheetId">this year's; null: not opened this year</param>
/// <param name="Answer">raw answer to the form's main question; null: none</param>
/// <param name="PreviousFiscalYear">of the latest earlier answer; null: none</param>
/// <param name="PreviousAnswer">raw answer to the main question then</param>
internal sealed record ItemRow(
    string Code,
    int Area,
    string NameTh,
    string NameEn,
    string DepartmentTh,
    string PlanEdition,
    string LegalBasis,
    bool IsCompulsory,
    string UnitTh,
    string UnitEn,
    Guid? RecordId,
    Guid? SheetId,
    SheetStatus? Status,
    int BlockingIssues,
    int Answered,
    DateTimeOffset? SavedAt,
    string? SavedBy,
    string? Answer,
    int? PreviousFiscalYear,
    string? PreviousAnswer
)
{
    public ItemState State =>
        Status switch
        {
            SheetStatus.Confirmed when BlockingIssues == 0 => ItemState.Answered,
            null when PreviousFiscalYear is not null => ItemState.Carried,
            null => ItemState.Unanswered,
            _ when Answer is null && Answered == 0 => ItemState.Unanswered,
            _ => ItemState.Draft,
        };
}

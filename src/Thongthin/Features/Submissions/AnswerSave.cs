namespace Thongthin.Features.Submissions;

/// <summary>A stored save of a sheet, by the key that its sender made for it. Kept for 60 days, see the migration.</summary>
internal sealed class AnswerSave
{
    public required int LaoId { get; init; }

    public required Guid AnswerSheetId { get; init; }

    public required Guid SaveKey { get; init; }

    /// <summary>Of the sheet, that this save made.</summary>
    public required int Revision { get; init; }

    /// <summary>The database's own clock.</summary>
    public DateTimeOffset StoredAt { get; init; }
}

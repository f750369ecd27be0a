using Thongthin.Forms.Answers;

namespace Thongthin.Features.Submissions;

/// <summary>
/// What a person sends when saving a sheet: the revision it started from and the fields it changes.
/// </summary>
/// <param name="SheetId">null: the sheet of <paramref name="RecordId"/></param>
/// <param name="BaseRevision">of the sheet as it was shown; 0 when there was none</param>
/// <param name="SaveKey">made for this save alone; sent again with the same key it is stored once</param>
/// <param name="Fields">path → what was typed; several choices joined by a space. Empty text clears the answer</param>
/// <param name="Shown">path → the raw text that the page showed. A field whose text still equals it is not changed by
/// this save. A path that is missing here counts as changed (a script that sends only what was touched sends none).</param>
/// <param name="Rows">rows added to and removed from repeats, applied before the fields</param>
/// <param name="Follows">key of the sender's own save that may still be on its way: what it stored is no conflict with this one</param>
/// <param name="Known">path → the revision at which the sender saw the field last, where that is later than the base: own saves
/// that were stored beside those of others, and values that a conflict showed</param>
/// <param name="RecordId">whose sheet it is where <paramref name="SheetId"/> is not known; null: the annual form's, made by the first save</param>
internal sealed record SaveRequest(
    Guid? SheetId,
    int BaseRevision,
    Guid SaveKey,
    IReadOnlyDictionary<string, string> Fields,
    IReadOnlyDictionary<string, string>? Shown = null,
    IReadOnlyList<RowChange>? Rows = null,
    Guid? Follows = null,
    IReadOnlyDictionary<string, int>? Known = null,
    Guid? RecordId = null
);

/// <summary>A row added to, or removed from, a repeat. Its id is permanent and part of the paths of its fields.</summary>
internal sealed record RowChange(RowChangeKind Kind, AnswerPath Row)
{
    /// <summary>A row of a repeat at the top level.</summary>
    public RowChange(RowChangeKind kind, string repeat, Guid rowId)
        : this(kind, AnswerPath.OfRow(repeat, rowId)) { }
}

internal enum RowChangeKind
{
    Add,
    Remove,
}

internal enum SaveOutcome
{
    Saved,

    /// <summary>The same key was stored before: nothing was stored a second time.</summary>
    SavedBefore,

    /// <summary>Nothing differed from what is stored.</summary>
    Unchanged,

    /// <summary>Somebody changed one of these fields meanwhile. Nothing of this save is stored: answer 409 with both values and everything typed.</summary>
    Conflict,

    /// <summary>An answer is longer than any answer may be, or a repeat has too many rows. Nothing of this save is stored: answer 422.</summary>
    TooMuch,

    /// <summary>A field or row that the form does not have. Nothing of this save is stored: answer 422.</summary>
    Unknown,
}

/// <summary>How a save ended, and the sheet as it is stored now.</summary>
/// <param name="Revision">the stored revision; of a save that was stored before, the one that it made</param>
/// <param name="Conflicts">empty unless <see cref="SaveOutcome.Conflict"/></param>
/// <param name="SheetId">null: an annual form of which nothing is stored yet</param>
/// <param name="Issues">of the sheet as stored; empty for a save that stored nothing</param>
/// <param name="Refused">paths that made it <see cref="SaveOutcome.TooMuch"/> or <see cref="SaveOutcome.Unknown"/></param>
internal sealed record SaveResult(
    SaveOutcome Outcome,
    Guid? SheetId,
    int Revision,
    IReadOnlyList<FieldConflict> Conflicts,
    IReadOnlyList<SheetIssue> Issues,
    IReadOnlyList<string> Refused
);

/// <summary>A field that two people changed.</summary>
/// <param name="Path">the field; the row when somebody removed it or changed what is removed here</param>
/// <param name="Theirs">raw text as stored now; null = removed</param>
/// <param name="Yours">raw text as sent; null = removed</param>
internal sealed record FieldConflict(
    string Path,
    string? Theirs,
    string? Yours,
    string? ChangedBy,
    DateTimeOffset ChangedAt
);

/// <summary>A problem of one sheet, with where it is.</summary>
/// <param name="SheetId">null: of the submission as a whole (no record confirmed, say)</param>
/// <param name="SheetLabel">record number and label; empty for an annual form</param>
/// <param name="Code">one of Thongthin.Forms' issue codes, or of <see cref="SubmissionIssues"/></param>
internal sealed record SheetIssue(
    Guid? SheetId,
    string SheetLabel,
    string Code,
    bool IsBlocking,
    string Path,
    string MessageTh,
    string MessageEn
);

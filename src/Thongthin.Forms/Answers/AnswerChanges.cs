namespace Thongthin.Forms.Answers;

/// <summary>What a page sends to change a sheet.</summary>
/// <param name="Fields">path → what was typed; several choices joined by a space; an empty text clears the answer</param>
/// <param name="AddedRows">paths of new rows with ids made by the sender (UUIDv7); appended in this order. A row that is there already is left as it is</param>
/// <param name="RemovedRows">paths of rows to remove with all their answers</param>
/// <param name="Files">the files that the fields may name, by id: a field says only which one, what it is stands here</param>
public sealed record AnswerChanges(
    IReadOnlyDictionary<string, string> Fields,
    IReadOnlyList<AnswerPath>? AddedRows = null,
    IReadOnlyList<AnswerPath>? RemovedRows = null,
    IReadOnlyDictionary<Guid, StoredFile>? Files = null
);

/// <summary>What became of the changes.</summary>
/// <param name="Sheet">the new sheet</param>
/// <param name="Changed">paths whose stored value differs now, rows added or removed included</param>
/// <param name="Ignored">fields that were left out, with the reason</param>
public sealed record AppliedChanges(
    AnswerSheet Sheet,
    IReadOnlyList<AnswerPath> Changed,
    IReadOnlyList<IgnoredField> Ignored
);

/// <summary>A posted field that changed nothing. Its text may be anything.</summary>
public sealed record IgnoredField(string Field, IgnoredReason Reason);

public enum IgnoredReason
{
    /// <summary>Not a path, or the form has no such question there.</summary>
    Unknown,

    /// <summary>Calculated, read-only, hidden or a note; or a text where a file is asked for, which is uploaded.</summary>
    NotTyped,

    /// <summary>A file that is not among <see cref="AnswerChanges.Files"/>, nor the stored answer.</summary>
    NoSuchFile,

    /// <summary>Of a row that the sheet does not have: it was removed meanwhile.</summary>
    NoSuchRow,

    /// <summary>The repeat has as many rows as it may have.</summary>
    TooManyRows,

    /// <summary>Longer than any answer may be; nothing was stored.</summary>
    TooLong,
}

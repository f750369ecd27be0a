using System.Globalization;

namespace Thongthin.Features.Submissions;

/// <summary>Addresses of one submission's pages; in them it is named as people name it: LAO, form, fiscal year.</summary>
internal readonly record struct SubmissionPath(int LaoId, string FormId, int FiscalYear)
{
    public string Overview =>
        string.Create(CultureInfo.InvariantCulture, $"/submissions/{LaoId}/{FormId}/{FiscalYear}");

    public string Answers => $"{Overview}/answers";

    /// <summary>All items of a catalogue on one page.</summary>
    public string Items => $"{Overview}/items";

    /// <summary>Where scripts send files.</summary>
    public string Uploads => $"{Overview}/uploads";

    public string Submit => $"{Overview}/submit";

    public string Nil => $"{Overview}/nil";

    public string Review => $"{Overview}/review";

    public string History => $"{Overview}/history";

    public string Recall => $"{Overview}/recall";

    public string Amend => $"{Overview}/amend";

    public string Exempt => $"{Overview}/exempt";

    public string Lift => $"{Overview}/lift";

    public string Return => $"{Overview}/return";

    public string SendBack => $"{Overview}/send-back";

    public string Record(Guid recordId) => $"{Overview}/records/{recordId}";

    /// <summary>The page of a record that there is not yet, kept by browsers for use without a network.</summary>
    public string NewRecord => $"{Overview}/records/new";

    public string RemoveRecord(Guid recordId) => $"{Record(recordId)}/remove";

    /// <summary>The entry page of an annual form's sheet (no record) or of one record.</summary>
    public string Sheet(Guid? recordId) => recordId is { } id ? Record(id) : Answers;

    public override string ToString() => Overview;
}

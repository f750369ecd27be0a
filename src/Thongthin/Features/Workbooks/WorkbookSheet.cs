using Thongthin.Features.Submissions;
using Thongthin.Forms.Answers;
using StoredAnswers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Workbooks;

/// <summary>Names an answer sheet among those of a workbook: the LAO, and the record of a register.</summary>
internal readonly record struct SheetKey(int LaoId, Guid? RecordId);

/// <summary>One answer sheet that a workbook holds, or that an upload changes, as it is stored now.</summary>
/// <param name="Lao">the LAO as the workbook names it; no two are alike</param>
/// <param name="Mark">the record's number; empty for an annual form</param>
/// <param name="SheetId">null: nothing is stored yet this year</param>
/// <param name="FieldRevision">JSON: path → revision of its last change</param>
/// <param name="Answers">stored, or what the sheet would start with</param>
/// <param name="Previous">of the latest earlier fiscal year; null when there is none</param>
internal sealed record WorkbookSheet(
    SheetKey Key,
    SubmissionKey Submission,
    string Lao,
    string Mark,
    string Label,
    Guid? SheetId,
    int Revision,
    string FieldRevision,
    StoredAnswers Answers,
    StoredAnswers? Previous
);

/// <summary>An LAO of the actor's scope that is asked the form in the fiscal year.</summary>
/// <param name="Name">อบต.แสนตอ</param>
/// <param name="NameEn">with its kind: Saen To SAO; empty where there is none</param>
internal sealed record WorkbookLao(int LaoId, SubmissionKey Submission, string Code, string Name, string NameEn)
{
    /// <summary>Code and name: what the workbook shows and what people choose from.</summary>
    public string Lao => Code.Length == 0 ? Name : $"{Code} {Name}";
}

/// <summary>Everything that a workbook of one form and fiscal year is made of, in report order.</summary>
internal sealed record WorkbookSource(
    int FormVersion,
    int FiscalYear,
    IReadOnlyList<WorkbookLao> Laos,
    IReadOnlyList<WorkbookSheet> Sheets
);

/// <summary>What a person changed in one answer sheet.</summary>
/// <param name="Name">what people call it: the LAO, and the record's number or the mark that the person gave a new one</param>
/// <param name="IsNew">a record that the workbook adds</param>
/// <param name="ByField">a line of the workbook is one field: a wrong one does not hold up the others</param>
internal sealed record SheetEdit(
    SheetKey Key,
    SubmissionKey Submission,
    string Name,
    bool IsNew,
    Guid? SheetId,
    int BaseRevision,
    bool ByField,
    string Cell,
    Dictionary<string, CellText> Fields,
    List<AddedRow> Rows
);

/// <summary>What was typed, where: <c>แบบบันทึก!C12</c>.</summary>
/// <param name="Before">what stood there when the workbook was made</param>
internal sealed record CellText(string Cell, string Text, string Before);

/// <summary>A row that is added to a repeat; its id is given when the upload is read and stays.</summary>
internal sealed record AddedRow(string Repeat, Guid RowId, string Cell);

/// <summary>Something about a cell that the person should know.</summary>
/// <param name="Cell">null: about the workbook as a whole</param>
internal sealed record CellProblem(string? Cell, string MessageTh, string MessageEn, bool IsError)
{
    /// <summary>Code of the rule that refused the whole sheet; null when the messages say it.</summary>
    public string? Refusal { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];
}

/// <summary>An upload, understood: changes, and what could not be understood.</summary>
internal sealed record WorkbookContent(IReadOnlyList<SheetEdit> Edits, IReadOnlyList<CellProblem> Problems)
{
    public static WorkbookContent Unreadable(string messageTh, string messageEn) =>
        new([], [new CellProblem(null, messageTh, messageEn, IsError: true)]);
}

internal static class SheetEdits
{
    /// <summary>The edit as a save of the sheet.</summary>
    public static SaveRequest ToRequest(this SheetEdit edit, IEnumerable<string>? without = null)
    {
        var left = without?.ToHashSet(StringComparer.Ordinal) ?? [];
        return new SaveRequest(
            edit.SheetId,
            edit.BaseRevision,
            Guid.CreateVersion7(),
            edit.Fields.Where(f => !left.Contains(f.Key))
                .ToDictionary(f => f.Key, f => f.Value.Text, StringComparer.Ordinal),
            Rows: [.. edit.Rows.Select(row => new RowChange(RowChangeKind.Add, row.Repeat, row.RowId))]
        );
    }

    public static AnswerChanges ToChanges(this SaveRequest request) =>
        new(request.Fields, [.. (request.Rows ?? []).Select(row => row.Row)], []);
}

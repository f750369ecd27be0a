namespace Thongthin.Platform.Spreadsheets;

/// <summary>A row that is not empty.</summary>
/// <param name="Line">of the file where it begins, from 1; in a workbook the row's number</param>
/// <param name="Cells">trimmed; an empty cell is the empty text; rows may differ in length</param>
internal sealed record TableRow(int Line, IReadOnlyList<string> Cells)
{
    /// <summary>The cell of a column, empty where the row is shorter.</summary>
    public string this[int column] => column >= 0 && column < Cells.Count ? Cells[column] : "";
}

/// <summary>
/// Why a file could not be read. <see cref="Code"/> is permanent and names the text <c>table.CODE</c>: <c>empty</c>,
/// <c>too_large</c> (Detail: the limit in MB), <c>too_many_rows</c> (Detail: the limit), <c>not_a_table</c>,
/// <c>broken</c> (truncated or damaged), <c>encoding</c> (Line: first line that cannot be read), <c>quote</c> (Line: a
/// quotation mark opens here and never closes), <c>password</c>.
/// </summary>
internal sealed record TableFault(string Code, int? Line = null, string Detail = "");

/// <summary>A sheet of a workbook, hidden ones included; without its empty rows.</summary>
internal sealed record SheetRows(string Name, IReadOnlyList<TableRow> Rows);

/// <summary>Every sheet of a workbook, or why it could not be read.</summary>
internal sealed record WorkbookReading(IReadOnlyList<SheetRows> Sheets, TableFault? Fault)
{
    public static WorkbookReading Failed(string code, string detail = "") =>
        new([], new TableFault(code, null, detail));
}

/// <summary>What was read, or why not: exactly one of both is there.</summary>
internal sealed record TableReading(IReadOnlyList<TableRow> Rows, TableFault? Fault)
{
    public static TableReading Failed(string code, int? line = null, string detail = "") =>
        new([], new TableFault(code, line, detail));
}

/// <summary>Bounds of what is read from a stranger.</summary>
internal sealed record TableLimits(int MaxBytes = 20 * 1024 * 1024, int MaxRows = 200_000)
{
    public static TableLimits Default { get; } = new();
}

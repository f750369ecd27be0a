namespace Thongthin.Forms.XlsForm;

/// <summary>A sheet as text cells, whatever file it came from. Empty rows are left out.</summary>
internal sealed record SheetTable(string Name, IReadOnlyList<SheetRow> Rows);

/// <summary>A row with its number in the file, from 1: the row of the workbook or the line of the Markdown file.</summary>
internal sealed record SheetRow(int Number, IReadOnlyList<string> Cells)
{
    /// <summary>Trimmed; empty where the row is shorter.</summary>
    public string Cell(int column) => column < Cells.Count ? Cells[column] : "";
}

/// <summary>How large a file may be. A form of a thousand questions uses a hundredth of it.</summary>
internal static class SheetLimits
{
    public const int FileBytes = 20 * 1024 * 1024;
    public const int UnpackedBytes = 200 * 1024 * 1024;
    public const int Rows = 20_000;
    public const int Columns = 200;
    public const int CellLength = 32_767;
}

/// <summary>Why a file could not be read as sheets: the code of a finding with what fills its message.</summary>
internal sealed class SheetsException(string code, params object[] arguments) : Exception(code)
{
    public string Code { get; } = code;

    public object[] Arguments { get; } = arguments;
}

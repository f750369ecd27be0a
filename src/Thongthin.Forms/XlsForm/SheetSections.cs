namespace Thongthin.Forms.XlsForm;

/// <summary>
/// Several sheets in one table, as pyxform has them in Markdown and CSV: a name in the first column begins a sheet, the other
/// columns are its cells. The first row of a sheet that has something else is its header.
/// </summary>
internal sealed class SheetSections
{
    private readonly List<(string Name, List<SheetRow> Rows)> sheets = [];

    public IReadOnlyList<SheetTable> Sheets => [.. sheets.Select(s => new SheetTable(s.Name, s.Rows))];

    /// <param name="number">of the row in its file, from 1</param>
    /// <param name="cells">with the first column; rows before the first name are left out, and so are empty ones</param>
    /// <exception cref="SheetsException">F002: too many rows or columns</exception>
    public void Add(int number, IReadOnlyList<string> cells)
    {
        if (cells.Count > 0 && cells[0].Length > 0)
        {
            sheets.Add((cells[0], []));
        }
        var rest = cells.Skip(1).ToList();
        if (sheets.Count == 0 || !rest.Exists(cell => cell.Length > 0))
        {
            return;
        }
        if (sheets[^1].Rows.Count >= SheetLimits.Rows || rest.Count > SheetLimits.Columns)
        {
            throw new SheetsException("F002", SheetLimits.Rows, SheetLimits.Columns);
        }
        sheets[^1].Rows.Add(new SheetRow(number, rest));
    }
}

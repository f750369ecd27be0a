using Thongthin.Forms.Schema;
using Thongthin.Forms.Verification;

namespace Thongthin.Forms.XlsForm;

/// <summary>What reading a form file gave.</summary>
/// <param name="Definition">null when there is an error among the findings</param>
/// <param name="Findings">in the order of sheets and rows</param>
/// <param name="Source">the form as Markdown tables, whatever file it came from; null when the file could not be read as sheets</param>
public sealed record FormReading(FormDefinition? Definition, IReadOnlyList<Finding> Findings, string? Source)
{
    internal IReadOnlyList<SheetTable> Sheets { get; init; } = [];

    /// <summary>The cells of a row as the file has them; empty when there is no such row.</summary>
    public IReadOnlyList<string> Cells(string? sheet, int? row) =>
        Sheets
            .FirstOrDefault(s => string.Equals(s.Name.Trim(), sheet, StringComparison.OrdinalIgnoreCase))
            ?.Rows.FirstOrDefault(r => r.Number == row)
            ?.Cells
        ?? [];

    /// <summary>No error was found.</summary>
    public bool IsPublishable => Definition is not null;
}

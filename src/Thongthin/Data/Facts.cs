using Thongthin.Platform.Spreadsheets;

namespace Thongthin.Data;

/// <summary>
/// The files of <c>data/</c> (its README says what each holds), built into the program. They are ours: one that cannot be
/// read is a bug, not a message.
/// </summary>
internal static class Facts
{
    /// <param name="file">for example <c>provinces.csv</c></param>
    public static Stream Open(string file) =>
        typeof(Facts).Assembly.GetManifestResourceStream("data/" + file)
        ?? throw new FileNotFoundException("No such data file.", file);

    /// <summary>The rows after the header; cells are asked for by the header's names.</summary>
    public static IReadOnlyList<FactRow> Read(string file)
    {
        using var stream = Open(file);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        var reading = TableReader.Read(content.ToArray(), TableLimits.Default);
        if (reading.Fault is { } fault)
        {
            throw new InvalidDataException($"{file}: {fault}");
        }
        var columns = reading
            .Rows[0]
            .Cells.Select((name, column) => (name, column))
            .ToDictionary(c => c.name, c => c.column, StringComparer.Ordinal);
        return [.. reading.Rows.Skip(1).Select(row => new FactRow(columns, row))];
    }
}

/// <summary>One row of a data file.</summary>
internal sealed class FactRow(IReadOnlyDictionary<string, int> columns, TableRow row)
{
    /// <exception cref="KeyNotFoundException">The file has no such column.</exception>
    public string this[string column] => row[columns[column]];

    public int Number(string column) =>
        int.Parse(
            this[column],
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture
        );
}

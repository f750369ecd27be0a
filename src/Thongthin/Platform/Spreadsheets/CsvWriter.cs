using CsvHelper;

namespace Thongthin.Platform.Spreadsheets;

/// <summary>
/// Writes comma-separated rows in UTF-8 with CRLF. The byte order mark is what makes Excel read Thai correctly; programs
/// do not need it. A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers do not.
/// Days are ISO, numbers invariant, truths <c>true</c> and <c>false</c>. Every row has as many cells as the first.
/// </summary>
internal sealed class CsvWriter : IDisposable
{
    private readonly CsvHelper.CsvWriter _csv;

    /// <param name="stream">stays open</param>
    public CsvWriter(Stream stream, bool byteOrderMark) =>
        _csv = CsvHelper.CsvWriter.Create(
            stream,
            new CsvWriterOptions
            {
                WriteByteOrderMark = byteOrderMark,
                TrueValue = "true",
                FalseValue = "false",
                Injection = CsvInjection.Escape,
            },
            leaveOpen: true
        );

    public void Row(params ReadOnlySpan<object?> cells)
    {
        foreach (var cell in cells)
        {
            switch (cell)
            {
                case bool yes:
                    _csv.WriteField(yes);
                    break;
                case DateOnly day:
                    _csv.WriteField(day, "yyyy-MM-dd");
                    break;
                case string or null:
                    _csv.WriteField((string?)cell);
                    break;
                case int or long or short or decimal or double:
                    _csv.WriteField(cell);
                    break;
                default:
                    throw new ArgumentException($"A cell cannot hold a {cell.GetType().Name}.", nameof(cells));
            }
        }
        _csv.EndRecord();
    }

    public void Dispose() => _csv.Dispose();
}

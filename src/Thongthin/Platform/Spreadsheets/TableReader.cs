using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Thongthin.Platform.Spreadsheets;

/// <summary>
/// Reads the rows of a CSV, XLSX or XLS file (a workbook's first sheet). What the file is is decided by its content,
/// never by its name. Whatever is wrong with it comes back as a <see cref="TableFault"/>: a file from outside is never a
/// reason for an exception.
/// </summary>
internal static class TableReader
{
    /// <summary>An unpacked workbook may be this many times the limit of the file itself.</summary>
    private const int MaxUnpacking = 20;

    static TableReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static async Task<TableReading> ReadAsync(
        Stream stream,
        TableLimits limits,
        CancellationToken cancellationToken
    )
    {
        var buffer = new byte[81920];
        using var content = new MemoryStream();
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            content.Write(buffer, 0, read);
            if (content.Length > limits.MaxBytes)
            {
                return TableReading.Failed("too_large", detail: Megabytes(limits));
            }
        }
        return Read(content.ToArray(), limits);
    }

    public static TableReading Read(byte[] content, TableLimits limits)
    {
        if (content.Length == 0)
        {
            return TableReading.Failed("empty");
        }
        if (content.Length > limits.MaxBytes)
        {
            return TableReading.Failed("too_large", detail: Megabytes(limits));
        }
        if (content.AsSpan().StartsWith("PK\x03\x04"u8))
        {
            return FaultOfZip(content, limits) is { } fault ? new TableReading([], fault) : FirstSheet(content, limits);
        }
        if (IsOldWorkbook(content))
        {
            return FirstSheet(content, limits);
        }
        return TextDecoding.Decode(content) switch
        {
            { Fault: { } unreadable } => new TableReading([], unreadable),
            var decoded => ReadCsv(decoded.Text, limits),
        };
    }

    /// <summary>All sheets of an XLSX or XLS file. A text file is no workbook: <c>not_a_workbook</c>.</summary>
    public static WorkbookReading ReadSheets(byte[] content, TableLimits limits)
    {
        var isZipped = content.AsSpan().StartsWith("PK\x03\x04"u8);
        return content.Length == 0 ? WorkbookReading.Failed("empty")
            : content.Length > limits.MaxBytes ? WorkbookReading.Failed("too_large", Megabytes(limits))
            : isZipped && FaultOfZip(content, limits) is { } fault ? new WorkbookReading([], fault)
            : isZipped || IsOldWorkbook(content) ? ReadWorkbook(content, limits, int.MaxValue)
            : WorkbookReading.Failed("not_a_workbook");
    }

    private static bool IsOldWorkbook(byte[] content) =>
        content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]);

    private static TableFault? FaultOfZip(byte[] content, TableLimits limits)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
            if (zip.GetEntry("xl/workbook.xml") is null && zip.GetEntry("xl/workbook.bin") is null)
            {
                return new TableFault("not_a_table");
            }
            return zip.Entries.Sum(e => e.Length) > (long)limits.MaxBytes * MaxUnpacking
                ? new TableFault("too_large", null, Megabytes(limits))
                : null;
        }
        catch (InvalidDataException)
        {
            return new TableFault("broken");
        }
    }

    private static TableReading FirstSheet(byte[] content, TableLimits limits)
    {
        var workbook = ReadWorkbook(content, limits, sheets: 1);
        return workbook.Fault is { } fault ? new TableReading([], fault)
            : workbook.Sheets is not [{ Rows.Count: > 0 } sheet] ? TableReading.Failed("empty")
            : new TableReading(sheet.Rows, null);
    }

    private static WorkbookReading ReadWorkbook(byte[] content, TableLimits limits, int sheets)
    {
        try
        {
            using var reader = ExcelReaderFactory.CreateReader(
                new MemoryStream(content),
                new ExcelReaderConfiguration { FallbackEncoding = Encoding.GetEncoding(874) }
            );
            var read = new List<SheetRows>();
            var count = 0;
            do
            {
                var rows = new List<TableRow>();
                while (reader.Read())
                {
                    var cells = Cells(reader);
                    if (cells.Count == 0)
                    {
                        continue;
                    }
                    if (count++ == limits.MaxRows)
                    {
                        return WorkbookReading.Failed("too_many_rows", Rows(limits));
                    }
                    rows.Add(new TableRow(reader.Depth + 1, cells));
                }
                read.Add(new SheetRows(reader.Name, rows));
            } while (read.Count < sheets && reader.NextResult());
            return new WorkbookReading(read, null);
        }
        catch (InvalidPasswordException)
        {
            return WorkbookReading.Failed("password");
        }
        catch (HeaderException)
        {
            return WorkbookReading.Failed("not_a_table");
        }
        // the reader throws whatever its parsing stumbles over; a damaged file is an answer here, not a bug
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            return WorkbookReading.Failed("broken", e.GetType().Name);
        }
    }

    /// <summary>The present row of a workbook, trimmed.</summary>
    public static List<string> Cells(IExcelDataReader reader)
    {
        var cells = new List<string>(reader.FieldCount);
        for (var i = 0; i < reader.FieldCount; i++)
        {
            cells.Add(
                reader.GetValue(i) switch
                {
                    null => "",
                    string text => text.Trim(),
                    DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    DateTime at => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                    bool yes => yes ? "true" : "false",
                    IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                    var other => other.ToString() ?? "",
                }
            );
        }
        TrimEnd(cells);
        return cells;
    }

    /// <summary>The present row of a CSV file, trimmed.</summary>
    public static List<string> Cells(CsvReader reader)
    {
        var cells = new List<string>(reader.FieldCount);
        for (var i = 0; i < reader.FieldCount; i++)
        {
            cells.Add(reader.GetString(i).Trim());
        }
        TrimEnd(cells);
        return cells;
    }

    private static TableReading ReadCsv(string text, TableLimits limits)
    {
        int? openQuote = null;
        var options = new CsvReaderOptions
        {
            HasHeader = false,
            TrackLineNumbers = true,
            TrimWhitespace = true,
            OnMalformedRecord = record =>
                openQuote ??= record.Reason == CsvMalformedReason.UnterminatedQuote ? (int)record.LineNumber : null,
        };
        using var reader = CsvReader.FromText(text, options);
        var rows = new List<TableRow>();
        while (reader.Read())
        {
            var cells = Cells(reader);
            if (cells.Count == 0)
            {
                continue;
            }
            if (rows.Count == limits.MaxRows)
            {
                return TableReading.Failed("too_many_rows", detail: Rows(limits));
            }
            rows.Add(new TableRow((int)reader.LineNumber, cells));
        }
        return openQuote is { } line ? TableReading.Failed("quote", line)
            : rows.Count == 0 ? TableReading.Failed("empty")
            : new TableReading(rows, null);
    }

    private static void TrimEnd(List<string> cells)
    {
        while (cells.Count > 0 && cells[^1].Length == 0)
        {
            cells.RemoveAt(cells.Count - 1);
        }
    }

    private static string Megabytes(TableLimits limits) =>
        Math.Max(1, limits.MaxBytes / 1024 / 1024).ToString(CultureInfo.InvariantCulture);

    private static string Rows(TableLimits limits) => limits.MaxRows.ToString(CultureInfo.InvariantCulture);
}

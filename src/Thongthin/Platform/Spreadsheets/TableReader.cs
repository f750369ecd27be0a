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
            return ReadZipped(content, limits);
        }
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            return ReadWorkbook(content, limits);
        }
        return TextDecoding.Decode(content) switch
        {
            { Fault: { } fault } => new TableReading([], fault),
            var decoded => ReadCsv(decoded.Text, limits),
        };
    }

    private static TableReading ReadZipped(byte[] content, TableLimits limits)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
            if (zip.GetEntry("xl/workbook.xml") is null && zip.GetEntry("xl/workbook.bin") is null)
            {
                return TableReading.Failed("not_a_table");
            }
            if (zip.Entries.Sum(e => e.Length) > (long)limits.MaxBytes * MaxUnpacking)
            {
                return TableReading.Failed("too_large", detail: Megabytes(limits));
            }
        }
        catch (InvalidDataException)
        {
            return TableReading.Failed("broken");
        }
        return ReadWorkbook(content, limits);
    }

    private static TableReading ReadWorkbook(byte[] content, TableLimits limits)
    {
        try
        {
            using var reader = ExcelReaderFactory.CreateReader(
                new MemoryStream(content),
                new ExcelReaderConfiguration { FallbackEncoding = Encoding.GetEncoding(874) }
            );
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
                    return TooManyRows(limits);
                }
                rows.Add(new TableRow(reader.Depth + 1, cells));
            }
            return rows.Count == 0 ? TableReading.Failed("empty") : new TableReading(rows, null);
        }
        catch (InvalidPasswordException)
        {
            return TableReading.Failed("password");
        }
        catch (HeaderException)
        {
            return TableReading.Failed("not_a_table");
        }
        // the reader throws whatever its parsing stumbles over; a damaged file is an answer here, not a bug
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            return TableReading.Failed("broken", detail: e.GetType().Name);
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
                return TooManyRows(limits);
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

    private static TableReading TooManyRows(TableLimits limits) =>
        TableReading.Failed("too_many_rows", detail: limits.MaxRows.ToString(CultureInfo.InvariantCulture));
}

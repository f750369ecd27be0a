using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExcelDataReader;

namespace Thongthin.Forms.XlsForm;

/// <summary>
/// Sheets of an Excel workbook. Cells become the text that a person sees: whole numbers without a fraction, dates in ISO,
/// formulas by their stored value. A file that is no workbook, and one that is broken inside, ends in a finding: the reading
/// library throws many kinds of exception on broken files, so that any of them means the same here.
/// </summary>
internal static class WorkbookSheets
{
    // ExcelDataReader asks for code page 1252 even where no old file needs it; .NET knows it only after this.
    static WorkbookSheets() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>A workbook of today, <c>.xlsx</c>.</summary>
    public static IReadOnlyList<SheetTable> Read(Stream stream) =>
        Read(() =>
        {
            RefuseIfItUnpacksToTooMuch(stream);
            return ExcelReaderFactory.CreateOpenXmlReader(stream);
        });

    /// <summary>Whether a workbook of today carries a program.</summary>
    public static bool HasMacros(byte[] workbook)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(workbook), ZipArchiveMode.Read);
            return archive.Entries.Any(entry =>
                entry.Name.Equals("vbaProject.bin", StringComparison.OrdinalIgnoreCase)
            );
        }
        catch (InvalidDataException)
        {
            // What is no archive is said by reading it.
            return false;
        }
    }

    /// <summary>A workbook of Excel 97 to 2003, <c>.xls</c>.</summary>
    public static IReadOnlyList<SheetTable> ReadOld(Stream stream) =>
        Read(() => ExcelReaderFactory.CreateBinaryReader(stream));

    /// <summary>One table with all sheets below each other, <c>.csv</c> in UTF-8; separated by commas, semicolons or tabs.</summary>
    public static IReadOnlyList<SheetTable> ReadSections(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var configuration = new ExcelReaderConfiguration
        {
            FallbackEncoding = Encoding.UTF8,
            AutodetectSeparators = [SeparatorOf(text)],
        };
        var sections = new SheetSections();
        foreach (
            var row in Read(() => ExcelReaderFactory.CreateCsvReader(stream, configuration)).SelectMany(s => s.Rows)
        )
        {
            sections.Add(row.Number, row.Cells);
        }
        return sections.Sheets;
    }

    /// <summary>The rows of one plain table, <c>.csv</c> in UTF-8.</summary>
    public static IReadOnlyList<SheetRow> ReadTable(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var configuration = new ExcelReaderConfiguration { FallbackEncoding = Encoding.UTF8 };
        return [.. Read(() => ExcelReaderFactory.CreateCsvReader(stream, configuration)).SelectMany(s => s.Rows)];
    }

    // The cells of a sheet begin in the second column: their lines begin with the separator.
    private static char SeparatorOf(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var first = line.TrimStart('"');
            if (first.Length > 0 && first[0] is ',' or ';' or '\t')
            {
                return first[0];
            }
        }
        return ',';
    }

    private static List<SheetTable> Read(Func<IExcelDataReader> open)
    {
        try
        {
            using var reader = open();
            var sheets = new List<SheetTable>();
            do
            {
                sheets.Add(new SheetTable(reader.Name.Trim(), ReadRows(reader)));
            } while (reader.NextResult());
            return sheets;
        }
        catch (Exception e) when (e is not (SheetsException or OutOfMemoryException))
        {
            throw new SheetsException("F001");
        }
    }

    // A workbook is a zip archive: a small one can hold what fills the memory.
    private static void RefuseIfItUnpacksToTooMuch(Stream stream)
    {
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true))
        {
            if (archive.Entries.Sum(entry => entry.Length) > SheetLimits.UnpackedBytes)
            {
                throw new SheetsException("F002", SheetLimits.Rows, SheetLimits.Columns);
            }
        }
        stream.Position = 0;
    }

    private static List<SheetRow> ReadRows(IExcelDataReader reader)
    {
        var rows = new List<SheetRow>();
        var number = 0;
        while (reader.Read())
        {
            number++;
            var cells = ReadCells(reader);
            if (cells.Count == 0)
            {
                continue;
            }
            if (rows.Count >= SheetLimits.Rows)
            {
                throw new SheetsException("F002", SheetLimits.Rows, SheetLimits.Columns);
            }
            rows.Add(new SheetRow(number, cells));
        }
        return rows;
    }

    // Without the empty cells at the end of the row.
    private static List<string> ReadCells(IExcelDataReader reader)
    {
        var cells = new List<string>();
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var text = Text(reader.GetValue(i)).Trim();
            if (text.Length == 0)
            {
                continue;
            }
            if (i >= SheetLimits.Columns || text.Length > SheetLimits.CellLength)
            {
                throw new SheetsException("F002", SheetLimits.Rows, SheetLimits.Columns);
            }
            while (cells.Count < i)
            {
                cells.Add("");
            }
            cells.Add(text);
        }
        return cells;
    }

    private static string Text(object? value) =>
        value switch
        {
            null => "",
            bool yes => yes ? "true" : "false",
            DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
            double number => Expressions.NumberText.Format(number),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
}

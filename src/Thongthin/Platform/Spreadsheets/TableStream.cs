using System.Buffers;
using System.Text;
using CsvHelper;
using ExcelDataReader;

namespace Thongthin.Platform.Spreadsheets;

/// <summary>
/// Reads the rows of a file of any size one by one, for operators: CSV in UTF-8 or windows-874, or a workbook's first sheet.
/// What is wrong with the file is <see cref="Fault"/> after the rows ended. <see cref="TableReader"/> reads small files of
/// strangers whole, and checks them as a whole.
/// </summary>
internal sealed class TableStream(string path)
{
    private const int WorkbookSignature = 0x04034B50;
    private const int OldWorkbookSignature = unchecked((int)0xE011CFD0);

    static TableStream() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>null: everything was read.</summary>
    public TableFault? Fault { get; private set; }

    /// <summary>The rows that are not empty, the header first.</summary>
    public IEnumerable<TableRow> Rows()
    {
        var signature = Signature();
        return signature is WorkbookSignature or OldWorkbookSignature ? Workbook() : Csv();
    }

    private int Signature()
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        return file.ReadAtLeast(start, 4, throwOnEndOfStream: false) < 4 ? 0 : BitConverter.ToInt32(start);
    }

    private IEnumerable<TableRow> Workbook()
    {
        using var file = File.OpenRead(path);
        using var reader = Open(file);
        while (reader is not null && Next(reader))
        {
            var cells = TableReader.Cells(reader);
            if (cells.Count > 0)
            {
                yield return new TableRow(reader.Depth + 1, cells);
            }
        }
    }

    private IExcelDataReader? Open(Stream file)
    {
        try
        {
            return ExcelReaderFactory.CreateReader(
                file,
                new ExcelReaderConfiguration { FallbackEncoding = Encoding.GetEncoding(874) }
            );
        }
        catch (Exception e) when (IsDamage(e))
        {
            Fault = new TableFault("broken", Detail: e.GetType().Name);
            return null;
        }
    }

    private bool Next(IExcelDataReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (Exception e) when (IsDamage(e))
        {
            Fault = new TableFault("broken", reader.Depth + 1, e.GetType().Name);
            return false;
        }
    }

    private IEnumerable<TableRow> Csv()
    {
        int? openQuote = null;
        var options = new CsvReaderOptions
        {
            HasHeader = false,
            TrackLineNumbers = true,
            TrimWhitespace = true,
            Encoding = IsUtf8() ? Encoding.UTF8 : Encoding.GetEncoding(874),
            OnMalformedRecord = record =>
                openQuote ??= record.Reason == CsvMalformedReason.UnterminatedQuote ? (int)record.LineNumber : null,
        };
        using var reader = CsvReader.FromFile(path, options);
        while (reader.Read())
        {
            var cells = TableReader.Cells(reader);
            if (cells.Count > 0)
            {
                yield return new TableRow((int)reader.LineNumber, cells);
            }
        }
        Fault = openQuote is { } line ? new TableFault("quote", line) : null;
    }

    private bool IsUtf8()
    {
        using var file = File.OpenRead(path);
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var (bytes, chars) = (ArrayPool<byte>.Shared.Rent(81920), ArrayPool<char>.Shared.Rent(81920 + 2));
        try
        {
            int read;
            do
            {
                read = file.Read(bytes);
                decoder.GetChars(bytes, 0, read, chars, 0, flush: read == 0);
            } while (read > 0);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    // the reader throws whatever its parsing stumbles over; a damaged file is an answer here, not a bug
    private static bool IsDamage(Exception e) => e is not (OutOfMemoryException or OperationCanceledException);
}

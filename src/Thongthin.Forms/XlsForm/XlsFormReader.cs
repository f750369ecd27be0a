using System.Text;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Verification;

namespace Thongthin.Forms.XlsForm;

/// <summary>
/// Reads an XLSForm, a workbook (<c>.xlsx</c>, <c>.xls</c>) or its sheets in one file of text (<c>.md</c>, <c>.csv</c>), into a definition and verifies it. Whatever the file
/// holds, the result is a reading with findings, never an exception; only reading the stream itself may throw.
/// </summary>
public static class XlsFormReader
{
    /// <summary>Reads a file by its extension.</summary>
    /// <param name="stream">read to its end, at most 20 MB; not closed</param>
    /// <param name="fileName">its extension chooses the reader; named in the findings</param>
    /// <param name="lists">choice lists outside the form, by the name of their file; null: there are none</param>
    public static FormReading Read(Stream stream, string fileName, Func<string, ChoiceList?>? lists = null)
    {
        var findings = new FindingList(fileName);
        try
        {
            var bytes = ReadAll(stream);
            if (WorkbookSheets.HasMacros(bytes))
            {
                findings.Add("F014", null, null, null);
            }
            return Path.GetExtension(fileName).ToLowerInvariant() switch
            {
                ".md" => Build(MarkdownSheets.Read(Decode(bytes)), findings, Decode(bytes), lists),
                ".xlsx" or ".xlsm" => Build(WorkbookSheets.Read(new MemoryStream(bytes)), findings, null, lists),
                ".xls" => Build(WorkbookSheets.ReadOld(new MemoryStream(bytes)), findings, null, lists),
                ".csv" => Build(WorkbookSheets.ReadSections(Decode(bytes)), findings, null, lists),
                _ => throw new SheetsException("F003"),
            };
        }
        catch (SheetsException e)
        {
            findings.Add(e.Code, null, null, null, e.Arguments);
            return new FormReading(null, findings.All, null);
        }
    }

    /// <summary>Reads Markdown tables.</summary>
    /// <param name="lists">as for a file</param>
    public static FormReading Read(string markdown, string fileName, Func<string, ChoiceList?>? lists = null)
    {
        var findings = new FindingList(fileName);
        try
        {
            return Build(MarkdownSheets.Read(markdown), findings, markdown, lists);
        }
        catch (SheetsException e)
        {
            findings.Add(e.Code, null, null, null, e.Arguments);
            return new FormReading(null, findings.All, null);
        }
    }

    /// <summary>
    /// Reads a choice list from a CSV file (UTF-8, a header row): <c>name</c>, <c>label</c>, further columns for filters.
    /// </summary>
    /// <returns>null with the findings when the file is no such list</returns>
    public static (ChoiceList? List, IReadOnlyList<Finding> Findings) ReadList(Stream stream, string fileName)
    {
        var findings = new FindingList(fileName);
        try
        {
            var rows = WorkbookSheets.ReadTable(Decode(ReadAll(stream)));
            var list = ChoicesReader.ReadFile(ListCatalogue.NameOf(fileName), rows, "th", findings);
            return (findings.HasErrors ? null : list, findings.All);
        }
        catch (SheetsException e)
        {
            findings.Add(e.Code, null, null, null, e.Arguments);
            return (null, findings.All);
        }
    }

    private static FormReading Build(
        IReadOnlyList<SheetTable> sheets,
        FindingList findings,
        string? markdown,
        Func<string, ChoiceList?>? lists
    )
    {
        var builder = new FormBuilder(sheets, lists ?? (_ => null), findings);
        var definition = builder.Build();
        var source = markdown ?? MarkdownSheets.Write(sheets);
        if (builder.BroughtLists is { } brought)
        {
            source = $"{source.TrimEnd()}\n\n{MarkdownSheets.Write([brought])}";
        }
        return new FormReading(definition, findings.All, source) { Sheets = sheets };
    }

    private static byte[] ReadAll(Stream stream)
    {
        var buffer = new MemoryStream();
        var chunk = new byte[81_920];
        int read;
        while ((read = stream.Read(chunk)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > SheetLimits.FileBytes)
            {
                throw new SheetsException("F002", SheetLimits.Rows, SheetLimits.Columns);
            }
        }
        return buffer.ToArray();
    }

    private static string Decode(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\ufeff');
        }
        catch (DecoderFallbackException)
        {
            throw new SheetsException("F004");
        }
    }
}

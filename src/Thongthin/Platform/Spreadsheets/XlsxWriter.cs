using System.Globalization;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Thongthin.Platform.Spreadsheets;

/// <summary>A column of a sheet.</summary>
/// <param name="Title">written in the header row</param>
/// <param name="Width">in characters of the font, as spreadsheets count it</param>
internal sealed record SheetColumn(string Title, double Width = 14, CellFormat Format = CellFormat.General)
{
    public bool IsHidden { get; init; }

    /// <summary>People type into it: unlocked on a protected sheet, also below the last row that was written.</summary>
    public bool IsInput { get; init; }

    /// <summary>Name of a list (<see cref="XlsxWriter.DefineList"/>) that the column's cells offer; null: anything may be typed.</summary>
    public string? List { get; init; }
}

/// <summary>A cell that is not as its column is.</summary>
/// <param name="List">name of the list that it offers; null: none</param>
internal sealed record SheetCell(object? Value, bool IsInput = false, string? List = null, bool IsBold = false);

/// <summary>What a sheet is for, besides being read.</summary>
/// <param name="Keys">a hidden first row for programs that read the sheet again</param>
/// <param name="IsProtected">only cells for input can be changed (a guard against slips, without a password)</param>
/// <param name="IsHidden">not shown, nor offered to be shown</param>
internal sealed record SheetPurpose(
    IReadOnlyList<string>? Keys = null,
    bool IsProtected = false,
    bool IsHidden = false,
    bool Landscape = false
);

/// <summary>How the numbers of a column look; texts and dates have their own form.</summary>
internal enum CellFormat
{
    /// <summary>As it is, without grouping: codes, years, running numbers.</summary>
    General,

    /// <summary>7,850</summary>
    Grouped,

    /// <summary>3.72</summary>
    TwoDecimals,

    /// <summary>Whatever is typed stays a text: dates in Buddhist years, telephone numbers, codes with leading zeros.</summary>
    Text,
}

/// <summary>
/// Writes an Excel workbook row by row: no row is kept after it is written, so a table may be as long as it likes. Every
/// sheet has its header row bold, frozen on screen and repeated on every printed page (A4, as wide as the page). Cells
/// are typed by their CLR type; a text is always a text, never a formula. The font is the one that government offices
/// have; a workbook can name only one, and Excel itself replaces it where it is missing.
/// </summary>
internal sealed class XlsxWriter : IDisposable
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string FontName = "TH Sarabun New";

    /// <summary>Down to here cells of a column offer its list.</summary>
    private const int LastRow = 20_000;

    private readonly SpreadsheetDocument _document;
    private readonly WorkbookPart _workbook;
    private readonly List<SheetOfWorkbook> _sheets = [];
    private OpenXmlWriter? _writer;
    private IReadOnlyList<SheetColumn> _columns = [];
    private readonly List<(string Name, string Range)> _lists = [];
    private List<string> _merged = [];
    private Dictionary<string, List<string>> _offered = [];
    private uint _row;
    private SheetPurpose _purpose = new();

    /// <param name="stream">must be readable, writable and seekable; it stays open</param>
    public XlsxWriter(Stream stream)
    {
        _document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook, autoSave: false);
        _workbook = _document.AddWorkbookPart();
        var styles = _workbook.AddNewPart<WorkbookStylesPart>();
        styles.Stylesheet = XlsxStyles.Make(FontName);
        styles.Stylesheet.Save();
    }

    /// <summary>Begins a sheet: its titles over the whole width, then the header row.</summary>
    /// <param name="name">what Excel forbids in it is replaced; cut to 31 characters</param>
    public void BeginSheet(
        string name,
        IReadOnlyList<SheetColumn> columns,
        IReadOnlyList<string>? titles = null,
        bool landscape = false
    ) => BeginSheet(name, columns, new SheetPurpose(Landscape: landscape), titles);

    /// <summary>The same for a sheet that people fill in, or that is for programs only.</summary>
    public void BeginSheet(
        string name,
        IReadOnlyList<SheetColumn> columns,
        SheetPurpose purpose,
        IReadOnlyList<string>? titles = null
    )
    {
        EndSheet();
        titles ??= [];
        (_columns, _merged, _offered, _row, _purpose) = (columns, [], [], 0, purpose);
        var header = titles.Count + (purpose.Keys is null ? 1 : 2);
        var part = _workbook.AddNewPart<WorksheetPart>();
        _sheets.Add(new(SafeName(name), _workbook.GetIdOfPart(part), header, purpose.IsHidden));
        _writer = OpenXmlWriter.Create(part);
        _writer.WriteStartElement(new Worksheet());
        _writer.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        _writer.WriteElement(new SheetViews(FrozenBelow(header)));
        _writer.WriteStartElement(new Columns());
        for (var i = 0; i < columns.Count; i++)
        {
            var number = (uint)i + 1;
            _writer.WriteElement(
                new Column
                {
                    Min = number,
                    Max = number,
                    Width = columns[i].Width,
                    CustomWidth = true,
                    Hidden = columns[i].IsHidden ? true : null,
                    Style = columns[i].IsInput ? XlsxStyles.Input(columns[i].Format) : null,
                }
            );
            if (columns[i].List is { } list)
            {
                Offer(
                    list,
                    string.Create(CultureInfo.InvariantCulture, $"{ColumnName(i)}{header + 1}:{ColumnName(i)}{LastRow}")
                );
            }
        }
        _writer.WriteEndElement();
        _writer.WriteStartElement(new SheetData());
        if (purpose.Keys is { } keys)
        {
            WriteRow([.. keys], _ => 0, isHidden: true);
        }
        foreach (var title in titles)
        {
            Merged(title, XlsxStyles.Title);
        }
        WriteRow([.. columns.Select(c => (object?)c.Title)], _ => XlsxStyles.Header);
    }

    /// <summary>A row of texts, whole and decimal numbers, days, truths (✓ and empty) and nulls.</summary>
    public void Row(params ReadOnlySpan<object?> cells) =>
        WriteRow(
            cells,
            i =>
                i < _columns.Count && _columns[i].IsInput
                    ? XlsxStyles.Input(Format(i))
                    : XlsxStyles.Of(Format(i), bold: false)
        );

    /// <summary>The same in bold.</summary>
    public void TotalRow(params ReadOnlySpan<object?> cells) =>
        WriteRow(cells, i => XlsxStyles.Of(Format(i), bold: true));

    /// <summary>A line of text over the whole width, below the rows.</summary>
    public void Note(string text) => Merged(text, XlsxStyles.Note);

    /// <summary>Names the values of a column of the sheet that was begun last, which columns and cells can then offer.</summary>
    /// <param name="name">letters, digits and _</param>
    /// <param name="rows">how many, from the first row below the header</param>
    public void DefineList(string name, int column, int rows)
    {
        var (sheet, letter) = (_sheets[^1], ColumnName(column));
        _lists.Add(
            (
                name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{Quoted(sheet.Name)}'!${letter}${sheet.HeaderRow + 1}:${letter}${sheet.HeaderRow + Math.Max(1, rows)}"
                )
            )
        );
    }

    public void Dispose()
    {
        EndSheet();
        var book = new Workbook();
        var sheets = new Sheets();
        var names = new DefinedNames();
        for (var i = 0; i < _sheets.Count; i++)
        {
            var sheet = _sheets[i];
            sheets.Append(
                new Sheet
                {
                    Name = sheet.Name,
                    SheetId = (uint)i + 1,
                    Id = sheet.PartId,
                    State = sheet.IsHidden ? SheetStateValues.VeryHidden : null,
                }
            );
            names.Append(
                new DefinedName(
                    string.Create(CultureInfo.InvariantCulture, $"'{Quoted(sheet.Name)}'!$1:${sheet.HeaderRow}")
                )
                {
                    Name = "_xlnm.Print_Titles",
                    LocalSheetId = (uint)i,
                }
            );
        }
        names.Append(_lists.Select(list => new DefinedName(list.Range) { Name = list.Name }));
        book.Append(sheets, names);
        _workbook.Workbook = book;
        book.Save();
        _document.Dispose();
    }

    private CellFormat Format(int column) => column < _columns.Count ? _columns[column].Format : CellFormat.General;

    private void Merged(string text, uint style)
    {
        WriteRow([text], _ => style);
        if (_columns.Count > 1)
        {
            _merged.Add(string.Create(CultureInfo.InvariantCulture, $"A{_row}:{ColumnName(_columns.Count - 1)}{_row}"));
        }
    }

    private void WriteRow(ReadOnlySpan<object?> cells, Func<int, uint> style, bool isHidden = false)
    {
        var writer = _writer ?? throw new InvalidOperationException("No sheet was begun.");
        writer.WriteStartElement(new Row { RowIndex = ++_row, Hidden = isHidden ? true : null });
        for (var i = 0; i < cells.Length; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{ColumnName(i)}{_row}");
            var cell = cells[i] is SheetCell own
                ? CellOf(own.Value, own.IsInput ? XlsxStyles.Input(Format(i)) : XlsxStyles.Of(Format(i), own.IsBold))
                : CellOf(cells[i], style(i));
            if (cells[i] is SheetCell { List: { } list })
            {
                Offer(list, place);
            }
            cell.CellReference = place;
            writer.WriteElement(cell);
        }
        writer.WriteEndElement();
    }

    private static Cell CellOf(object? value, uint style) =>
        value switch
        {
            null => new Cell { StyleIndex = style },
            string text => TextCell(text, style),
            bool yes => TextCell(yes ? "✓" : "", style),
            DateOnly day => NumberCell(
                day.ToDateTime(TimeOnly.MinValue).ToOADate().ToString(CultureInfo.InvariantCulture),
                XlsxStyles.Date
            ),
            int or long or short or decimal or double => NumberCell(
                ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
                style
            ),
            _ => throw new ArgumentException($"A cell cannot hold a {value.GetType().Name}.", nameof(value)),
        };

    private static Cell NumberCell(string number, uint style) =>
        new(new CellValue(number)) { DataType = CellValues.Number, StyleIndex = style };

    private static Cell TextCell(string text, uint style) =>
        new(new InlineString(new Text(Printable(text)) { Space = SpaceProcessingModeValues.Preserve }))
        {
            DataType = CellValues.InlineString,
            StyleIndex = style,
        };

    private void EndSheet()
    {
        if (_writer is null)
        {
            return;
        }
        _writer.WriteEndElement();
        if (_purpose.IsProtected)
        {
            _writer.WriteElement(
                new SheetProtection
                {
                    Sheet = true,
                    Objects = true,
                    Scenarios = true,
                    FormatColumns = false,
                    FormatRows = false,
                    Sort = false,
                    AutoFilter = false,
                }
            );
        }
        if (_merged.Count > 0)
        {
            _writer.WriteElement(new MergeCells(_merged.Select(m => new MergeCell { Reference = m })));
        }
        if (_offered.Count > 0)
        {
            _writer.WriteElement(new DataValidations(_offered.Select(o => Validation(o.Key, o.Value))));
        }
        _writer.WriteElement(
            new PageMargins
            {
                Left = 0.5,
                Right = 0.5,
                Top = 0.6,
                Bottom = 0.6,
                Header = 0.3,
                Footer = 0.3,
            }
        );
        _writer.WriteElement(
            new PageSetup
            {
                PaperSize = 9,
                FitToWidth = 1,
                FitToHeight = 0,
                Orientation = _purpose.Landscape ? OrientationValues.Landscape : OrientationValues.Portrait,
            }
        );
        _writer.WriteEndElement();
        _writer.Dispose();
        _writer = null;
    }

    private static SheetView FrozenBelow(int rows) =>
        new(
            new Pane
            {
                VerticalSplit = rows,
                TopLeftCell = string.Create(CultureInfo.InvariantCulture, $"A{rows + 1}"),
                ActivePane = PaneValues.BottomLeft,
                State = PaneStateValues.Frozen,
            }
        )
        {
            WorkbookViewId = 0,
        };

    private void Offer(string list, string places)
    {
        if (!_offered.TryGetValue(list, out var all))
        {
            _offered[list] = all = [];
        }
        all.Add(places);
    }

    private static DataValidation Validation(string list, List<string> places) =>
        new(new Formula1(list))
        {
            Type = DataValidationValues.List,
            AllowBlank = true,
            ShowErrorMessage = true,
            SequenceOfReferences = new ListValue<StringValue>(places.Select(place => new StringValue(place))),
        };

    private static string Quoted(string sheetName) => sheetName.Replace("'", "''", StringComparison.Ordinal);

    /// <summary>A, B … Z, AA …</summary>
    /// <param name="index">from 0</param>
    public static string ColumnName(int index)
    {
        var name = "";
        for (var i = index + 1; i > 0; i = (i - 1) / 26)
        {
            name = (char)('A' + ((i - 1) % 26)) + name;
        }
        return name;
    }

    private string SafeName(string name)
    {
        var safe = new StringBuilder(Printable(name));
        foreach (var forbidden in "[]:*?/\\'")
        {
            safe.Replace(forbidden, '-');
        }
        var text = safe.Length == 0 ? "-" : safe.ToString(0, Math.Min(31, safe.Length));
        for (var n = 2; _sheets.Exists(s => string.Equals(s.Name, text, StringComparison.OrdinalIgnoreCase)); n++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $" ({n})");
            text = string.Concat(safe.ToString(0, Math.Min(31 - suffix.Length, safe.Length)), suffix);
        }
        return text;
    }

    /// <summary>Characters that XML cannot carry are dropped.</summary>
    private static string Printable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!XmlConvert.IsXmlChar(text[i]) && !char.IsSurrogate(text[i]))
            {
                return string.Concat(text.Where(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));
            }
        }
        return text;
    }

    private sealed record SheetOfWorkbook(string Name, string PartId, int HeaderRow, bool IsHidden);
}

using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Thongthin.Platform.Spreadsheets;

/// <summary>The looks a cell of <see cref="XlsxWriter"/> can have; the constants are places in the style table.</summary>
internal static class XlsxStyles
{
    public const uint Header = 1;
    public const uint Title = 2;
    public const uint Note = 3;

    /// <summary>A real date that Excel shows with the Buddhist year: 11 มิ.ย. 2563.</summary>
    public const uint Date = 4;

    private const uint Plain = 5;
    private const uint PlainBold = 6;
    private const uint Grouped = 7;
    private const uint GroupedBold = 8;
    private const uint TwoDecimals = 9;
    private const uint TwoDecimalsBold = 10;
    private const uint AsText = 11;
    private const uint AsTextBold = 12;
    private const uint InputGeneral = 13;
    private const uint InputText = 14;

    private const uint BuddhistDate = 164;
    private const uint GroupedNumber = 3;
    private const uint TwoDecimalNumber = 2;
    private const uint TextNumber = 49;
    private const uint InputFill = 3;

    /// <summary>A cell for typing: unlocked, and coloured so that it is seen.</summary>
    public static uint Input(CellFormat format) => format == CellFormat.Text ? InputText : InputGeneral;

    public static uint Of(CellFormat format, bool bold) =>
        format switch
        {
            CellFormat.Grouped => bold ? GroupedBold : Grouped,
            CellFormat.TwoDecimals => bold ? TwoDecimalsBold : TwoDecimals,
            CellFormat.Text => bold ? AsTextBold : AsText,
            _ => bold ? PlainBold : Plain,
        };

    public static Stylesheet Make(string font) =>
        new(
            new NumberingFormats(
                new NumberingFormat { NumberFormatId = BuddhistDate, FormatCode = "[$-107041E]d mmm yyyy;@" }
            ),
            new Fonts(FontOf(font, bold: false), FontOf(font, bold: true)),
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
                new Fill(
                    new PatternFill(new ForegroundColor { Rgb = "FFE9EEF5" }) { PatternType = PatternValues.Solid }
                ),
                new Fill(
                    new PatternFill(new ForegroundColor { Rgb = "FFFFF9DB" }) { PatternType = PatternValues.Solid }
                )
            ),
            new Borders(new Border(), Thin()),
            new CellStyleFormats(new DocumentFormat.OpenXml.Spreadsheet.CellFormat()),
            new CellFormats(
                new DocumentFormat.OpenXml.Spreadsheet.CellFormat(),
                Look(bold: true, border: true, fill: 2, across: HorizontalAlignmentValues.Center, wrap: true),
                Look(bold: true, across: HorizontalAlignmentValues.Center),
                Look(),
                Look(border: true, number: BuddhistDate, across: HorizontalAlignmentValues.Left),
                Look(border: true, wrap: true),
                Look(bold: true, border: true, wrap: true),
                Look(border: true, number: GroupedNumber),
                Look(bold: true, border: true, number: GroupedNumber),
                Look(border: true, number: TwoDecimalNumber),
                Look(bold: true, border: true, number: TwoDecimalNumber),
                Look(border: true, number: TextNumber, wrap: true),
                Look(bold: true, border: true, number: TextNumber, wrap: true),
                Look(border: true, fill: InputFill, wrap: true, locked: false),
                Look(border: true, fill: InputFill, number: TextNumber, wrap: true, locked: false)
            )
        );

    private static Font FontOf(string name, bool bold)
    {
        var font = new Font();
        if (bold)
        {
            font.Append(new Bold());
        }
        font.Append(
            new FontSize { Val = 16 },
            new FontName { Val = name },
            new FontFamilyNumbering { Val = 2 },
            new FontCharSet { Val = 222 }
        );
        return font;
    }

    private static Border Thin() =>
        new(
            new LeftBorder(new Color { Auto = true }) { Style = BorderStyleValues.Thin },
            new RightBorder(new Color { Auto = true }) { Style = BorderStyleValues.Thin },
            new TopBorder(new Color { Auto = true }) { Style = BorderStyleValues.Thin },
            new BottomBorder(new Color { Auto = true }) { Style = BorderStyleValues.Thin }
        );

    private static DocumentFormat.OpenXml.Spreadsheet.CellFormat Look(
        bool bold = false,
        bool border = false,
        uint fill = 0,
        uint number = 0,
        HorizontalAlignmentValues? across = null,
        bool wrap = false,
        bool locked = true
    ) =>
        new(
            new Alignment
            {
                Horizontal = across is { } value ? new EnumValue<HorizontalAlignmentValues>(value) : null,
                Vertical = VerticalAlignmentValues.Top,
                WrapText = wrap,
            },
            new Protection { Locked = locked }
        )
        {
            FontId = bold ? 1u : 0u,
            BorderId = border ? 1u : 0u,
            FillId = fill,
            NumberFormatId = number,
            ApplyFont = true,
            ApplyBorder = border,
            ApplyFill = fill > 0,
            ApplyNumberFormat = number > 0,
            ApplyAlignment = true,
            ApplyProtection = !locked,
        };
}

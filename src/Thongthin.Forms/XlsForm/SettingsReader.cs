using System.Globalization;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Verification;

namespace Thongthin.Forms.XlsForm;

/// <summary>The settings as far as they could be read.</summary>
internal sealed record SettingsDraft(
    string? Id,
    LocalText Title,
    int? Sector,
    FormShape? Shape,
    int? FirstFiscalYear,
    string Version,
    string DefaultLanguage
)
{
    public string? Catalogue { get; init; }

    /// <summary>Only when no error was found.</summary>
    public FormSettings Complete() =>
        new(Id!, Title, Sector!.Value, Shape!.Value, FirstFiscalYear!.Value, Version, DefaultLanguage)
        {
            Catalogue = Catalogue,
        };
}

/// <summary>Reads the settings sheet: one header row and one row of values.</summary>
internal sealed class SettingsReader
{
    private static readonly string[] plain =
    [
        "form_id",
        "version",
        "default_language",
        "sector",
        "kind",
        "first_fiscal_year",
        "catalogue",
    ];

    private readonly ColumnMap columns;
    private readonly SheetRow row;
    private readonly FindingList findings;

    private SettingsReader(SheetTable sheet, FindingList findings)
    {
        this.findings = findings;
        row = sheet.Rows.Count > 1 ? sheet.Rows[1] : new SheetRow(0, []);
        columns = new ColumnMap(sheet, plain, ["form_title"], DefaultLanguageOf(sheet), findings);
    }

    public static SettingsDraft Read(SheetTable? sheet, FindingList findings)
    {
        if (sheet is null)
        {
            findings.Add("F005", "settings", null, null, "settings");
            return new SettingsDraft(null, LocalText.None, null, null, null, "", "th");
        }
        return new SettingsReader(sheet, findings).Read(DefaultLanguageOf(sheet));
    }

    private SettingsDraft Read(string defaultLanguage)
    {
        var id = Need("form_id");
        if (id is not null && !Names.IsValidFormId(id))
        {
            Refuse(
                "form_id",
                id,
                "ตัวอักษร a–z และตัวเลข คั่นด้วยขีด (-) เช่น infrastructure",
                "words of a–z and 0–9 joined by hyphens"
            );
        }
        var title = columns.Text(row, "form_title");
        if (title.IsEmpty)
        {
            Missing("form_title");
        }
        else if (title.Th is null || title.En is null)
        {
            findings.Add(
                "F026",
                "settings",
                row.Number,
                "form_title",
                [id ?? "form", "form_title", .. FormVerifier.MissingLanguage(title)]
            );
        }
        if (columns.Cell(row, "default_language") is { Length: > 0 } written && ColumnMap.LanguageOf(written) is null)
        {
            Refuse("default_language", written, " ไทย (th) หรือ English (en)", "use ไทย (th) or English (en)");
        }
        return new SettingsDraft(
            id,
            title,
            Number("sector", 1, 8),
            Shape(),
            Number("first_fiscal_year", 2500, 2700),
            columns.Cell(row, "version"),
            defaultLanguage
        )
        {
            Catalogue = columns.Cell(row, "catalogue") is { Length: > 0 } catalogue ? catalogue : null,
        };
    }

    // Read before the other columns: it says which language a column without one is in.
    private static string DefaultLanguageOf(SheetTable sheet)
    {
        var silent = new FindingList("");
        var columns = new ColumnMap(sheet, plain, ["form_title"], "th", silent);
        return sheet.Rows.Count > 1 && columns.Cell(sheet.Rows[1], "default_language") is { Length: > 0 } written
            ? ColumnMap.LanguageOf(written) ?? "th"
            : "th";
    }

    private FormShape? Shape()
    {
        if (Need("kind") is not { } written)
        {
            return null;
        }
        var shape = DefinitionJson.ShapeOf(written.ToLowerInvariant());
        if (shape is null)
        {
            Refuse("kind", written, " annual, register หรือ catalogue", "use annual, register or catalogue");
        }
        return shape;
    }

    private int? Number(string key, int least, int most)
    {
        if (Need(key) is not { } written)
        {
            return null;
        }
        if (
            int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= least
            && value <= most
        )
        {
            return value;
        }
        Refuse(key, written, $"ตัวเลข {least} ถึง {most}", $"a number from {least} to {most}");
        return null;
    }

    private string? Need(string key)
    {
        if (columns.Cell(row, key) is { Length: > 0 } value)
        {
            return value;
        }
        Missing(key);
        return null;
    }

    private void Missing(string key) => findings.Add("F015", "settings", RowNumber, key, key);

    private void Refuse(string key, string written, string th, string en) =>
        findings.Add("F016", "settings", RowNumber, columns.HeaderOf(key), key, written, th, en);

    private int? RowNumber => row.Number > 0 ? row.Number : null;
}

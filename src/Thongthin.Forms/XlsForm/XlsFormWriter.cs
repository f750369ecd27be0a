using System.Globalization;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.XlsForm;

/// <summary>One sheet of a form that is written out.</summary>
/// <param name="Rows">the header first; every row has as many cells as the header</param>
public sealed record WrittenSheet(string Name, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>
/// Writes a definition back as an XLSForm: the sheets that reading gave it, with the columns that say something. Read again it is
/// the same definition, so that an author fetches what is published, changes it and uploads it.
/// </summary>
public static class XlsFormWriter
{
    private static readonly string[] languages = ["ไทย (th)", "English (en)"];

    public static IReadOnlyList<WrittenSheet> Sheets(FormDefinition definition)
    {
        WrittenSheet?[] sheets =
        [
            Settings(definition.Settings),
            Survey(definition),
            Choices(definition),
            Entities(definition.Entity),
        ];
        return [.. sheets.OfType<WrittenSheet>()];
    }

    /// <summary>The same as Markdown tables.</summary>
    public static string ToMarkdown(FormDefinition definition) =>
        MarkdownSheets.Write([
            .. Sheets(definition)
                .Select(sheet => new SheetTable(
                    sheet.Name,
                    [.. sheet.Rows.Select((cells, i) => new SheetRow(i + 1, cells))]
                )),
        ]);

    private static WrittenSheet Settings(FormSettings settings)
    {
        var columns = new List<(string Header, string Value)>
        {
            ($"form_title::{languages[0]}", settings.Title.Th ?? ""),
            ($"form_title::{languages[1]}", settings.Title.En ?? ""),
            ("form_id", settings.Id),
            ("version", settings.Version),
            ("default_language", settings.DefaultLanguage == "en" ? languages[1] : languages[0]),
            ("sector", settings.Sector.ToString(CultureInfo.InvariantCulture)),
            ("kind", DefinitionJson.NameOf(settings.Shape)),
            ("first_fiscal_year", settings.FirstFiscalYear.ToString(CultureInfo.InvariantCulture)),
        };
        if (settings.Catalogue is { } catalogue)
        {
            columns.Add(("catalogue", catalogue));
        }
        return new WrittenSheet(
            "settings",
            [
                [.. columns.Select(c => c.Header)],
                [.. columns.Select(c => c.Value)],
            ]
        );
    }

    private static WrittenSheet Survey(FormDefinition definition)
    {
        var rows = definition.Nodes.SelectMany(Rows).ToList();
        var keys = order.Where(key => rows.Exists(row => row.GetValueOrDefault(key, "").Length > 0)).ToList();
        return new WrittenSheet(
            "survey",
            [
                keys,
                .. rows.Select(row => (IReadOnlyList<string>)[.. keys.Select(key => row.GetValueOrDefault(key, ""))]),
            ]
        );
    }

    private static readonly string[] order =
    [
        "type",
        "name",
        .. Translated("label"),
        .. Translated("hint"),
        .. Translated("guidance_hint"),
        "required",
        .. Translated("required_message"),
        "relevant",
        "constraint",
        .. Translated("constraint_message"),
        "severity",
        "plausible",
        .. Translated("plausible_message"),
        "calculation",
        "trigger",
        "default",
        "readonly",
        "appearance",
        "choice_filter",
        "parameters",
        "repeat_count",
        .. Translated("unit"),
        "yoy_bound",
        "carry_forward",
        "save_to",
        "personal",
        "public",
        "analyse",
    ];

    private static IEnumerable<string> Translated(string key) => languages.Select(language => $"{key}::{language}");

    private static IEnumerable<Dictionary<string, string>> Rows(FormNode node)
    {
        var row = Common(node);
        if (node is Question question)
        {
            Fill(row, question);
            yield return row;
            yield break;
        }
        var kind = node is Repeat ? "repeat" : "group";
        row["type"] = "begin_" + kind;
        if (node is Repeat repeat)
        {
            row["required"] = repeat.MinimumRows > 0 ? "yes" : "";
            row["repeat_count"] = repeat.Count?.Text ?? "";
        }
        yield return row;
        foreach (var inner in FormDefinition.ChildrenOf(node).SelectMany(Rows))
        {
            yield return inner;
        }
        yield return new Dictionary<string, string>(StringComparer.Ordinal) { ["type"] = "end_" + kind };
    }

    private static Dictionary<string, string> Common(FormNode node)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = node.Name,
            ["relevant"] = node.Relevant?.Text ?? "",
            ["appearance"] = node.Appearance ?? "",
            ["carry_forward"] = node.CarryForward ? "" : "no",
        };
        Put(row, "label", node.Label);
        Put(row, "hint", node.Hint);
        Put(row, "guidance_hint", node.GuidanceHint);
        return row;
    }

    private static void Fill(Dictionary<string, string> row, Question question)
    {
        var list = question.ChoicesFrom is { } from ? $"${{{from}}}" : question.List;
        row["type"] = $"{QuestionTypes.NameOf(question.Type)} {list}".TrimEnd();
        row["required"] = question.Required?.Text == "true()" ? "yes" : question.Required?.Text ?? "";
        row["constraint"] = question.Constraint?.Text ?? "";
        row["severity"] = question.Severity == Severity.Warn ? "warn" : "";
        row["plausible"] = question.Plausible?.Text ?? "";
        row["calculation"] = question.Calculation?.Text ?? "";
        row["trigger"] = string.Join(",", question.Trigger.Select(name => $"${{{name}}}"));
        row["default"] = question.Default is { } start ? DefaultOf(start) : "";
        row["readonly"] = question.ReadOnly ? "yes" : "";
        row["choice_filter"] = question.ChoiceFilter?.Text ?? "";
        row["parameters"] = string.Join(' ', question.Parameters.Select(p => $"{p.Key}={p.Value}"));
        row["yoy_bound"] = question.YearBound?.ToString() ?? "";
        row["save_to"] = question.SaveTo ?? "";
        row["personal"] = question.Personal ? "yes" : "";
        row["public"] = question.Public ? "yes" : "";
        row["analyse"] = question.Analyse ? "yes" : "";
        Put(row, "required_message", question.RequiredMessage);
        Put(row, "constraint_message", question.ConstraintMessage);
        Put(row, "plausible_message", question.PlausibleMessage);
        Put(row, "unit", question.Unit);
    }

    // A text was written without its quotes, and is a text only so.
    private static string DefaultOf(Formula formula) => formula.Tree is StringLiteral text ? text.Value : formula.Text;

    private static void Put(Dictionary<string, string> row, string key, LocalText text)
    {
        row[$"{key}::{languages[0]}"] = text.Th ?? "";
        row[$"{key}::{languages[1]}"] = text.En ?? "";
    }

    private static WrittenSheet? Choices(FormDefinition definition) =>
        definition.ChoiceLists.Count == 0
            ? null
            : new WrittenSheet(
                "choices",
                [.. ChoicesReader.Write([.. definition.ChoiceLists.Values]).Select(row => row.Cells)]
            );

    private static WrittenSheet? Entities(EntityDeclaration? entity)
    {
        if (entity is null)
        {
            return null;
        }
        var columns = new (string Header, string Value)[]
        {
            ("dataset", entity.Dataset),
            ("label", entity.Label.Text),
            ("create_if", entity.CreateIf?.Text ?? ""),
            ("update_if", entity.UpdateIf?.Text ?? ""),
            ("duplicate_keys", string.Join(' ', entity.DuplicateKeys)),
        };
        var used = columns.Where(c => c.Value.Length > 0).ToList();
        return new WrittenSheet(
            "entities",
            [
                [.. used.Select(c => c.Header)],
                [.. used.Select(c => c.Value)],
            ]
        );
    }
}

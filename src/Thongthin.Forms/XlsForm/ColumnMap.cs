using System.Text.RegularExpressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Verification;

namespace Thongthin.Forms.XlsForm;

/// <summary>
/// Finds the columns of a sheet by their headers: case, spaces and old names do not matter (<c>Constraint Message</c> is
/// <c>constraint_message</c>), translations are <c>label::th</c> or <c>label::ไทย (th)</c>, and a column without a language is
/// in the form's default language. What is unknown is a warning: other tools have columns of their own.
/// </summary>
internal sealed partial class ColumnMap
{
    private static readonly Dictionary<string, string> aliases = new(StringComparer.Ordinal)
    {
        ["caption"] = "label",
        ["relevance"] = "relevant",
        ["calculate"] = "calculation",
        ["read_only"] = "readonly",
        ["constraint_msg"] = "constraint_message",
        ["required_msg"] = "required_message",
        ["value"] = "name",
        ["list"] = "list_name",
        ["list_id"] = "list_name",
        ["count"] = "repeat_count",
        ["title"] = "form_title",
        ["id_string"] = "form_id",
    };

    private readonly Dictionary<string, (int Index, string Header)> columns = new(StringComparer.Ordinal);
    private readonly string defaultLanguage;
    private readonly bool keepsOthers;
    private readonly List<(string Name, int Index)> others = [];

    /// <param name="plain">keys of columns that have no translations</param>
    /// <param name="translated">keys of columns that may have them</param>
    /// <param name="keepsOthers">columns of other names that a path can name are <see cref="Others"/>, not findings</param>
    public ColumnMap(
        SheetTable sheet,
        IReadOnlyCollection<string> plain,
        IReadOnlyCollection<string> translated,
        string defaultLanguage,
        FindingList findings,
        bool keepsOthers = false
    )
    {
        this.keepsOthers = keepsOthers;
        this.defaultLanguage = defaultLanguage;
        Sheet = sheet.Name;
        var header = sheet.Rows.Count > 0 ? sheet.Rows[0] : new SheetRow(0, []);
        for (var i = 0; i < header.Cells.Count; i++)
        {
            if (header.Cells[i].Length > 0)
            {
                AddColumn(header.Cells[i], i, header.Number, plain, translated, findings);
            }
        }
    }

    public string Sheet { get; }

    public bool Has(string key) => columns.ContainsKey(key) || columns.ContainsKey($"{key}::{defaultLanguage}");

    /// <summary>The filled cells of columns that are nobody's but the author's, by their headers as written.</summary>
    public Dictionary<string, string> Others(SheetRow row) =>
        others
            .Where(column => row.Cell(column.Index).Length > 0)
            .ToDictionary(column => column.Name, column => row.Cell(column.Index), StringComparer.Ordinal);

    /// <summary>The header as its author wrote it; the key itself when there is no such column.</summary>
    public string HeaderOf(string key) =>
        columns.TryGetValue(key, out var column)
        || columns.TryGetValue($"{key}::th", out column)
        || columns.TryGetValue($"{key}::en", out column)
            ? column.Header
            : key;

    /// <summary>Empty when there is no such column or nothing in it.</summary>
    public string Cell(SheetRow row, string key) =>
        columns.TryGetValue(key, out var column) ? row.Cell(column.Index) : "";

    public LocalText Text(SheetRow row, string key) => new(In(row, key, "th"), In(row, key, "en"));

    /// <summary>The two languages' code of a header's or setting's language: <c>th</c>, <c>ไทย (th)</c>, <c>Thai</c>; null for others.</summary>
    public static string? LanguageOf(string written)
    {
        var match = CodeInParentheses().Match(written);
        return (match.Success ? match.Groups["code"].Value : written.Trim()).ToLowerInvariant() switch
        {
            "th" or "tha" or "thai" or "ไทย" or "ภาษาไทย" => "th",
            "en" or "eng" or "english" or "อังกฤษ" => "en",
            _ => null,
        };
    }

    private string? In(SheetRow row, string key, string language) =>
        Cell(row, $"{key}::{language}") is { Length: > 0 } text ? text : null;

    private void AddColumn(
        string header,
        int index,
        int row,
        IReadOnlyCollection<string> plain,
        IReadOnlyCollection<string> translated,
        FindingList findings
    )
    {
        var parts = header.Split("::", 2);
        var key = KeyOf(parts[0]);
        if (translated.Contains(key))
        {
            if ((parts.Length == 1 ? defaultLanguage : LanguageOf(parts[1])) is not { } language)
            {
                findings.Add("F011", Sheet, row, header, header);
                return;
            }
            key = $"{key}::{language}";
        }
        else if (IsMedia(parts[0]) || KeyOf(parts[0]) is "media")
        {
            findings.Add("F012", Sheet, row, header, header);
            return;
        }
        else if (parts.Length > 1 && KeyOf(parts[0]) is "instance" or "bind" or "body" or "control")
        {
            findings.Add("F013", Sheet, row, header, header);
            return;
        }
        else if (keepsOthers && parts.Length == 1 && !plain.Contains(key) && Names.IsValid(header.Trim()))
        {
            others.Add((header.Trim(), index));
            return;
        }
        else if (parts.Length > 1 || !plain.Contains(key))
        {
            findings.Add("F007", Sheet, row, header, header);
            return;
        }
        if (!columns.TryAdd(key, (index, header)))
        {
            findings.Add("F008", Sheet, row, header, header);
        }
    }

    private static bool IsMedia(string header) => KeyOf(header) is "image" or "big_image" or "audio" or "video";

    private static string KeyOf(string header)
    {
        var key = Separators().Replace(header.Trim().ToLowerInvariant(), "_");
        return aliases.GetValueOrDefault(key, key);
    }

    [GeneratedRegex(@"\((?<code>[^()]+)\)\s*$")]
    private static partial Regex CodeInParentheses();

    [GeneratedRegex(@"[\s_-]+")]
    private static partial Regex Separators();
}

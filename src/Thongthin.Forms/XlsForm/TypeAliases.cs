namespace Thongthin.Forms.XlsForm;

/// <summary>Older spellings of question types, which XLSForm tools still read, by the name that the reference has today.</summary>
internal static class TypeAliases
{
    // Longer ones first: one may begin another.
    private static readonly (string Old, string Today)[] ofSelects =
    [
        ("select_one_external", "select_one"),
        ("select one external", "select_one"),
        ("select_one_from_file", "select_one"),
        ("select one from file", "select_one"),
        ("select_multiple_from_file", "select_multiple"),
        ("select multiple from file", "select_multiple"),
        ("select_one from file", "select_one"),
        ("select_multiple from file", "select_multiple"),
        ("select all that apply from", "select_multiple"),
        ("select all that apply", "select_multiple"),
        ("select multiple from", "select_multiple"),
        ("select multiple", "select_multiple"),
        ("select one from", "select_one"),
        ("select one", "select_one"),
        ("select1", "select_one"),
    ];

    private static readonly Dictionary<string, string> ofOthers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["int"] = "integer",
        ["string"] = "text",
        ["date time"] = "dateTime",
        ["photo"] = "image",
        ["trigger"] = "acknowledge",
        ["location"] = "geopoint",
        ["gps"] = "geopoint",
    };

    /// <param name="type">with single spaces between its words</param>
    public static string Today(string type)
    {
        foreach (var (old, today) in ofSelects)
        {
            if (
                type.StartsWith(old, StringComparison.OrdinalIgnoreCase)
                && (type.Length == old.Length || type[old.Length] == ' ')
            )
            {
                return today + type[old.Length..];
            }
        }
        return ofOthers.GetValueOrDefault(type, type);
    }
}

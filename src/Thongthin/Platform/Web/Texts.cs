using System.Globalization;

namespace Thongthin.Platform.Web;

/// <summary>
/// The texts of one request in its reader's language: <c>T["home.title"]</c>, with arguments
/// <c>T["home.days_left", 3]</c>. Numbers among the arguments are grouped, and digits follow the reader's choice.
/// English may need a singular: when the first argument is 1 and the key with the suffix <c>.one</c> exists, it is used.
/// </summary>
internal sealed class Texts(TextCatalog catalog, ReaderPreferences reader)
{
    public ReaderPreferences Reader => reader;

    public bool IsEnglish => reader.IsEnglish;

    public string this[string key] => catalog.Find(key) is { } pair ? Pick(pair) : key;

    public string this[string key, params object?[] arguments]
    {
        get
        {
            if (reader.IsEnglish && arguments is [1 or 1L, ..] && catalog.All.ContainsKey(key + ".one"))
            {
                key += ".one";
            }
            var shown = Array.ConvertAll(arguments, Shown);
            return string.Format(CultureInfo.InvariantCulture, this[key], shown);
        }
    }

    public bool Has(string key) => catalog.All.ContainsKey(key);

    /// <summary>The Thai or the English of two given texts, for names that come from the database.</summary>
    public string Pick(string thai, string? english) =>
        reader.IsEnglish && !string.IsNullOrWhiteSpace(english) ? english : thai;

    /// <summary>A number with grouping and a fixed count of decimals, in the reader's digits.</summary>
    public string Number(decimal value, int decimals = 0) =>
        Digits(value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    /// <summary>Any text with its digits as the reader wants them. For what a person reads, never for values that are sent back.</summary>
    public string Digits(string text) => reader.ThaiDigits ? ToThaiDigits(text) : text;

    private string Pick(TextPair pair) => reader.IsEnglish ? pair.En : Digits(pair.Th);

    private object? Shown(object? argument) =>
        argument switch
        {
            int or long or short => Number(Convert.ToDecimal(argument, CultureInfo.InvariantCulture)),
            decimal number => Digits(number.ToString("#,##0.##", CultureInfo.InvariantCulture)),
            string text => Digits(text),
            _ => argument,
        };

    private static string ToThaiDigits(string text) =>
        string.Create(
            text.Length,
            text,
            static (span, source) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = source[i] is >= '0' and <= '9' ? (char)(source[i] - '0' + '๐') : source[i];
                }
            }
        );
}

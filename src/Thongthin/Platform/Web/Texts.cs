using System.Globalization;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

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

    public string this[string key] => Digits(Template(key));

    public string this[string key, params object?[] arguments]
    {
        get
        {
            if (reader.IsEnglish && arguments is [1 or 1L, ..] && catalog.All.ContainsKey(key + ".one"))
            {
                key += ".one";
            }
            // digits last: those of the placeholders must stay as they are until they are filled
            var shown = Array.ConvertAll(arguments, Shown);
            return Digits(string.Format(CultureInfo.InvariantCulture, Template(key), shown));
        }
    }

    public bool Has(string key) => catalog.All.ContainsKey(key);

    /// <summary>The Thai or the English of two given texts, for names that come from the database.</summary>
    public string Pick(string thai, string? english) =>
        reader.IsEnglish && !string.IsNullOrWhiteSpace(english) ? english : thai;

    /// <summary>Why an operation refused, in words: the text <c>refusal.CODE</c>.</summary>
    public string Refusal(Refusal refusal) => this["refusal." + refusal.Code, (object?[])[.. refusal.Arguments]];

    /// <summary>A number with grouping and a fixed count of decimals, in the reader's digits.</summary>
    public string Number(decimal value, int decimals = 0) =>
        Digits(value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    /// <summary>Any text with its digits as the reader wants them. For what a person reads, never for values that are sent back.</summary>
    public string Digits(string text) => reader.Digits.In(text);

    /// <summary>11 มิถุนายน 2563 / 11 June 2020</summary>
    public string Date(DateOnly date) => reader.IsEnglish ? ThaiDate.English(date) : ThaiDate.Long(date, reader.Digits);

    /// <summary>วันจันทร์ที่ 31 สิงหาคม 2563 / Monday 31 August 2020</summary>
    public string DateWithWeekday(DateOnly date) =>
        reader.IsEnglish ? ThaiDate.EnglishWithWeekday(date) : ThaiDate.LongWithWeekday(date, reader.Digits);

    /// <summary>A moment as its Bangkok day and time: 11 มิถุนายน 2563 เวลา 09:30 น. / 11 June 2020, 09:30</summary>
    public string Moment(DateTimeOffset moment)
    {
        var local = BangkokTime.Local(moment);
        var time = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        var day = DateOnly.FromDateTime(local.DateTime);
        return reader.IsEnglish
            ? $"{ThaiDate.English(day)}, {time}"
            : Digits($"{ThaiDate.Long(day, Thai.Digits.Arabic)} เวลา {time} น.");
    }

    /// <summary>A share with two decimals, half up: 3.72</summary>
    public string Percent(long part, long whole) => Thai.Percent.Format(part, whole, reader.Digits);

    private string Template(string key) => catalog.Find(key) is { } pair ? (reader.IsEnglish ? pair.En : pair.Th) : key;

    private object? Shown(object? argument) =>
        argument switch
        {
            int or long or short => Number(Convert.ToDecimal(argument, CultureInfo.InvariantCulture)),
            decimal number => Digits(number.ToString("#,##0.##", CultureInfo.InvariantCulture)),
            string text => Digits(text),
            DateOnly day => Date(day),
            _ => argument,
        };
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Answers;

/// <summary>
/// Turns what a person typed into the stored JSON value and back. Numbers may have Thai digits and grouping commas; dates
/// may be ISO, day/month/year or with a Thai month's name, years over 2400 being Buddhist; times, places and confirmations likewise
/// as people write them. What cannot be read is stored as
/// <c>{"_raw": "สิบสอง"}</c>: nothing typed is lost, and evaluation reports it. <c>answers.js</c> reads the same.
/// </summary>
public static class TypedAnswer
{
    /// <summary>Characters that an answer keeps at most; what is beyond is refused by the caller before it comes here.</summary>
    public const int MaximumLength = 20_000;

    /// <summary>Name of the member that keeps a text which could not be read.</summary>
    public const string RawMember = "_raw";

    private const double LargestWhole = 9_007_199_254_740_991;

    /// <summary>null when nothing is left after trimming: no answer.</summary>
    public static JsonNode? Parse(Question question, ChoiceList? list, string raw)
    {
        var text = Clean(raw);
        if (text.Length == 0)
        {
            return null;
        }
        return question.Type switch
        {
            QuestionType.Integer => ParseNumber(text, wholeOnly: true) ?? (JsonNode)Keep(text),
            QuestionType.Decimal or QuestionType.Range => ParseNumber(text, wholeOnly: false) ?? (JsonNode)Keep(text),
            QuestionType.Date => OrKeep(TypedDate.Parse(text) is { } date ? Iso(date) : null, text),
            QuestionType.Time => OrKeep(TypedTime.Parse(text), text),
            QuestionType.DateTime => OrKeep(TypedTime.ParseMoment(text), text),
            QuestionType.SelectOne => OrKeep(ChoiceOf(question, list, text), text),
            QuestionType.SelectMultiple or QuestionType.Rank => ParseChoices(question, list, text),
            QuestionType.Geopoint or QuestionType.Geotrace or QuestionType.Geoshape => OrKeep(
                TypedPlace.Parse(question.Type, text),
                text
            ),
            QuestionType.Acknowledge => OrKeep(IsConfirmation(text) ? Confirmed : null, text),
            _ when question.Type.IsFile() => StoredFile.Parse(text)?.ToJson() ?? Keep(text),
            _ => JsonValue.Create(text),
        };
    }

    /// <summary>What a confirmation is stored as.</summary>
    public const string Confirmed = "OK";

    private static bool IsConfirmation(string text) =>
        text.ToLowerInvariant() is "ok" or "yes" or "true" or "on" or "1";

    private static string? ChoiceOf(Question question, ChoiceList? list, string text) =>
        IsChoice(question, list, text) ? text
        : list is { IsLong: true } ? list.FindText(text)?.Name
        : null;

    /// <summary>Whether a name is a choice of the question; every one is where the choices are answers of a repeat.</summary>
    internal static bool IsChoice(Question question, ChoiceList? list, string name) =>
        question.ChoicesFrom is not null || list?.Find(name) is not null;

    /// <summary>The text that stands for a stored value in a form field: choices joined by a space, a kept text as it was typed.</summary>
    public static string ToRaw(JsonNode? value) =>
        value switch
        {
            null => "",
            JsonArray choices => string.Join(' ', choices.Select(c => c?.ToString() ?? "")),
            JsonObject kept => StoredFile.Of(kept)?.Name ?? kept[RawMember]?.ToString() ?? "",
            _ when NumberOf(value) is { } number => NumberText.Format(number),
            _ => value.ToString(),
        };

    /// <summary>The typed text of a value that could not be read; null for a readable value.</summary>
    public static string? RawOf(JsonNode? value) =>
        value is JsonObject kept && StoredFile.Of(kept) is null ? kept[RawMember]?.ToString() ?? "" : null;

    /// <summary>The number of a stored value; null when it is something else, or too large for a number.</summary>
    internal static double? NumberOf(JsonNode? value) =>
        value is JsonValue scalar
        && scalar.GetValueKind() == JsonValueKind.Number
        && double.Parse(scalar.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture) is var number
        && double.IsFinite(number)
            ? number
            : null;

    /// <summary>Thai digits become Arabic ones.</summary>
    internal static string ArabicDigits(string text) =>
        text.AsSpan().ContainsAnyInRange('๐', '๙')
            ? string.Create(
                text.Length,
                text,
                static (target, from) =>
                {
                    for (var i = 0; i < from.Length; i++)
                    {
                        target[i] = from[i] is >= '๐' and <= '๙' ? (char)(from[i] - '๐' + '0') : from[i];
                    }
                }
            )
            : text;

    private static JsonNode OrKeep(string? read, string text) => read is null ? Keep(text) : JsonValue.Create(read);

    private static JsonObject Keep(string text) => new() { [RawMember] = text };

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Line ends become \n; control characters (which PostgreSQL cannot store) and halves of characters go.
    private static string Clean(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            var c = raw[i];
            if (char.IsSurrogate(c))
            {
                if (i + 1 < raw.Length && char.IsSurrogatePair(c, raw[i + 1]))
                {
                    text.Append(c).Append(raw[++i]);
                }
            }
            else if (c == '\r')
            {
                text.Append(i + 1 < raw.Length && raw[i + 1] == '\n' ? "" : "\n");
            }
            else if (c is '\n' or '\t' || c >= ' ' && c != '\u007f')
            {
                text.Append(c);
            }
        }
        return text.ToString().Trim(Trimmed);
    }

    internal static readonly char[] Trimmed = [' ', '\t', '\n', '\u00a0', '\u200b', '\ufeff'];

    private static JsonValue? ParseNumber(string text, bool wholeOnly)
    {
        var body = ArabicDigits(text)
            .Replace('−', '-')
            .Replace("\u00a0", "", StringComparison.Ordinal)
            .Replace(" ", "", StringComparison.Ordinal);
        if (!IsNumber(body))
        {
            return null;
        }
        body = body.Replace(",", "", StringComparison.Ordinal);
        var value = double.Parse(
            body,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture
        );
        if (
            Math.Abs(value) > LargestWhole
            || SignificantDigits(body) > 16
            || (wholeOnly && value != Math.Truncate(value))
        )
        {
            return null;
        }
        return JsonValue.Create(value == 0 ? 0 : value);
    }

    // Commas may group by three, everywhere or nowhere: 1,234,567.5. A comma elsewhere is a slip of the finger, not a number.
    private static bool IsNumber(string body)
    {
        var unsigned = body.TrimStart('-', '+');
        if (body.Length - unsigned.Length > 1)
        {
            return false;
        }
        var parts = unsigned.Split('.');
        var groups = parts[0].Split(',');
        var isGrouped =
            groups.Length == 1 || (groups[0].Length is > 0 and <= 3 && groups.Skip(1).All(g => g.Length == 3));
        return parts.Length <= 2
            && isGrouped
            && groups.All(AreDigits)
            && (parts.Length == 1 || AreDigits(parts[1]))
            && unsigned.AsSpan().ContainsAnyInRange('0', '9');
    }

    private static bool AreDigits(string text) => text.All(char.IsAsciiDigit);

    private static int SignificantDigits(string body)
    {
        var digits = body.TrimStart('-', '+').Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        return (body.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0') : digits).Length;
    }

    // Each once; in the list's order, so that the same choices are the same value. The order of a rank is the answer.
    private static JsonNode ParseChoices(Question question, ChoiceList? list, string text)
    {
        var names = text.Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (names.Exists(n => !IsChoice(question, list, n)))
        {
            return Keep(text);
        }
        var ordered = question.Type == QuestionType.Rank || list is null ? names : [.. names.OrderBy(list.PositionOf)];
        return new JsonArray([.. ordered.Select(n => (JsonNode)JsonValue.Create(n))]);
    }
}

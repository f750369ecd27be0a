using System.Globalization;
using System.Text.Json.Nodes;

namespace Thongthin.Forms.Expressions;

/// <summary>What a value is.</summary>
public enum ValueKind
{
    /// <summary>A text; the empty text stands for "no answer".</summary>
    Text,
    Number,
    Boolean,
    Date,

    /// <summary>Several values: a question of a repeat, read from outside its row.</summary>
    Nodes,
}

/// <summary>
/// A value of the expression language with XPath 1.0's coercions, dates as ODK has them: a date is the number of days
/// since 1970-01-01 where a number is needed, and its ISO form where a text is needed.
/// </summary>
public readonly struct FormValue
{
    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    private readonly string? text;
    private readonly double number;
    private readonly IReadOnlyList<FormValue>? items;

    private FormValue(ValueKind kind, string? text, double number, IReadOnlyList<FormValue>? items)
    {
        Kind = kind;
        this.text = text;
        this.number = number;
        this.items = items;
    }

    public static readonly FormValue Empty = new(ValueKind.Text, "", 0, null);

    public static FormValue Of(string text) => new(ValueKind.Text, text, 0, null);

    /// <summary>There is no negative zero: it becomes zero, so that equal values are written alike.</summary>
    public static FormValue Of(double number) => new(ValueKind.Number, null, number + 0.0, null);

    public static FormValue Of(bool boolean) => new(ValueKind.Boolean, null, boolean ? 1 : 0, null);

    public static FormValue Of(DateOnly date) => new(ValueKind.Date, null, date.DayNumber - Epoch, null);

    public static FormValue Of(IReadOnlyList<FormValue> items) => new(ValueKind.Nodes, null, 0, items);

    public ValueKind Kind { get; }

    /// <summary>No answer: an empty text, or no values at all. A NaN that a calculation gives counts as no answer too.</summary>
    public bool IsEmpty =>
        Kind switch
        {
            ValueKind.Text => string.IsNullOrEmpty(text),
            ValueKind.Number => double.IsNaN(number),
            ValueKind.Nodes => items!.Count == 0,
            _ => false,
        };

    /// <summary>The values of <see cref="ValueKind.Nodes"/>; otherwise the value itself.</summary>
    public IReadOnlyList<FormValue> Items => Kind == ValueKind.Nodes ? items! : [this];

    /// <summary>null when it is not a date.</summary>
    public DateOnly? AsDate => Kind == ValueKind.Date ? DateOnly.FromDayNumber((int)number + Epoch) : null;

    /// <summary>As <c>values.js</c> has it: a text, a number, a boolean, <c>{"date": "2020-06-11"}</c>. Not for several values or NaN.</summary>
    public JsonNode ToJson() =>
        Kind switch
        {
            ValueKind.Number => JsonValue.Create(number),
            ValueKind.Boolean => JsonValue.Create(number == 1),
            ValueKind.Date => new JsonObject { ["date"] = ToText() },
            _ => JsonValue.Create(ToText()),
        };

    public string ToText() =>
        Kind switch
        {
            ValueKind.Number => NumberText.Format(number),
            ValueKind.Boolean => number == 1 ? "true" : "false",
            ValueKind.Date => AsDate!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ValueKind.Nodes => items!.Count == 0 ? "" : items[0].ToText(),
            _ => text ?? "",
        };

    /// <summary>NaN when the text is neither a number nor an ISO date.</summary>
    public double ToNumber() =>
        Kind switch
        {
            ValueKind.Text => TextToNumber(text ?? ""),
            ValueKind.Nodes => items!.Count == 0 ? double.NaN : items[0].ToNumber(),
            _ => number,
        };

    /// <summary>False for zero, NaN, the empty text and no values.</summary>
    public bool ToBoolean() =>
        Kind switch
        {
            ValueKind.Number or ValueKind.Boolean => number != 0 && !double.IsNaN(number),
            ValueKind.Date => true,
            _ => !IsEmpty,
        };

    /// <summary>A date from a date, an ISO text (its time is dropped) or a number of days; otherwise no answer.</summary>
    public FormValue ToDate()
    {
        if (Kind is ValueKind.Date)
        {
            return this;
        }
        if (Kind == ValueKind.Nodes)
        {
            return items!.Count == 0 ? Empty : items[0].ToDate();
        }
        if (Kind == ValueKind.Number)
        {
            var day = Math.Floor(number) + Epoch;
            return day >= DateOnly.MinValue.DayNumber && day <= DateOnly.MaxValue.DayNumber
                ? Of(DateOnly.FromDayNumber((int)day))
                : Empty;
        }
        var written = Kind == ValueKind.Text ? Texts.TrimSpaces(text ?? "") : "";
        var day10 = written.Length > 10 && written[10] == 'T' ? written[..10] : written;
        return ParseIso(day10) is { } date ? Of(date) : Empty;
    }

    /// <summary>XPath's <c>=</c>: numbers where either is a number or a date, booleans where either is one, else texts; for several values, whether any is equal.</summary>
    public static bool AreEqual(FormValue left, FormValue right) =>
        Any(left, right, static (a, b) => CompareTexts(a, b) ?? a.ToNumber() == b.ToNumber());

    /// <summary>XPath's <c>!=</c>; not the opposite of <c>=</c> where there are several values or none.</summary>
    public static bool AreDifferent(FormValue left, FormValue right) =>
        Any(left, right, static (a, b) => !(CompareTexts(a, b) ?? a.ToNumber() == b.ToNumber()));

    /// <summary>Whether the comparison of numbers holds; for several values, whether it does for any.</summary>
    public static bool Compare(FormValue left, FormValue right, Func<double, double, bool> comparison) =>
        Any(left, right, (a, b) => comparison(a.ToNumber(), b.ToNumber()));

    /// <summary>null when the text is not an existing day written as yyyy-MM-dd.</summary>
    internal static DateOnly? ParseIso(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    private static double TextToNumber(string text)
    {
        var value = NumberText.Parse(text);
        return double.IsNaN(value) && ParseIso(Texts.TrimSpaces(text)) is { } date ? date.DayNumber - Epoch : value;
    }

    private static bool? CompareTexts(FormValue a, FormValue b)
    {
        if (a.Kind == ValueKind.Boolean || b.Kind == ValueKind.Boolean)
        {
            return a.ToBoolean() == b.ToBoolean();
        }
        return a.Kind == ValueKind.Text && b.Kind == ValueKind.Text ? a.ToText() == b.ToText() : null;
    }

    private static bool Any(FormValue left, FormValue right, Func<FormValue, FormValue, bool> holds)
    {
        if (left.Kind == ValueKind.Boolean || right.Kind == ValueKind.Boolean)
        {
            return holds(Single(left), Single(right));
        }
        foreach (var a in left.Items)
        {
            foreach (var b in right.Items)
            {
                if (holds(a, b))
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static FormValue Single(FormValue value) => value.Kind == ValueKind.Nodes ? Of(value.ToBoolean()) : value;

    public override string ToString() => ToText();
}

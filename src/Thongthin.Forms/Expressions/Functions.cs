using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Expressions;

/// <summary>A function of the language with how many arguments it takes.</summary>
internal sealed record Function(string Name, int Minimum, int Maximum)
{
    public LocalText WrongCount(int given)
    {
        var expected =
            Minimum == Maximum ? $"{Minimum}"
            : Maximum == int.MaxValue ? $"{Minimum}+"
            : $"{Minimum}–{Maximum}";
        return new LocalText(
            $"{Name}() ต้องมีค่าในวงเล็บ {expected} ค่า แต่มี {given}",
            $"{Name}() takes {expected} arguments, not {given}"
        );
    }
}

/// <summary>Every function that an expression may call. The same table stands in <c>docs/forms.md</c> and in <c>expressions.js</c>.</summary>
internal static class Functions
{
    private const int Any = int.MaxValue;

    public static readonly IReadOnlyList<Function> All =
    [
        new("not", 1, 1),
        new("true", 0, 0),
        new("false", 0, 0),
        new("boolean", 1, 1),
        new("selected", 2, 2),
        new("count-selected", 1, 1),
        new("string-length", 1, 1),
        new("regex", 2, 2),
        new("contains", 2, 2),
        new("starts-with", 2, 2),
        new("normalize-space", 1, 1),
        new("if", 3, 3),
        new("coalesce", 2, Any),
        new("concat", 1, Any),
        new("string", 1, 1),
        new("number", 1, 1),
        new("int", 1, 1),
        new("round", 1, 2),
        new("abs", 1, 1),
        new("min", 1, Any),
        new("max", 1, Any),
        new("count", 1, 1),
        new("count-non-empty", 1, 1),
        new("sum", 1, 1),
        new("today", 0, 0),
        new("date", 1, 1),
        new("ends-with", 2, 2),
        new("substr", 2, 3),
        new("substring", 2, 3),
        new("substring-before", 2, 2),
        new("substring-after", 2, 2),
        new("translate", 3, 3),
        new("join", 1, Any),
        new("boolean-from-string", 1, 1),
        new("selected-at", 2, 2),
        new("floor", 1, 1),
        new("ceiling", 1, 1),
        new("pow", 2, 2),
        new("sqrt", 1, 1),
        new("exp", 1, 1),
        new("exp10", 1, 1),
        new("log", 1, 1),
        new("log10", 1, 1),
        new("pi", 0, 0),
        new("sin", 1, 1),
        new("cos", 1, 1),
        new("tan", 1, 1),
        new("asin", 1, 1),
        new("acos", 1, 1),
        new("atan", 1, 1),
        new("atan2", 2, 2),
        new("once", 1, 1),
        new("checklist", 3, Any),
        new("weighted-checklist", 4, Any),
        new("distance", 1, Any),
        new("area", 1, Any),
        new("now", 0, 0),
        new("date-time", 1, 1),
        new("decimal-date-time", 1, 1),
        new("decimal-time", 1, 1),
        new("format-date", 2, 2),
        new("format-date-time", 2, 2),
        new("position", 0, 1),
        new("last", 0, 0),
        new("current", 0, 0),
        new("instance", 1, 1),
        new("indexed-repeat", 3, 7),
        new("pulldata", 4, 4),
        new("jr:choice-name", 2, 2),
        new("randomize", 1, 2),
        new("random", 0, 0),
        new("uuid", 0, 1),
        new("digest", 2, 3),
        new("base64-decode", 1, 1),
        new("geofence", 2, 2),
        new("version", 0, 0),
        new("fiscal-year", 0, 0),
        new("fiscal-year-start", 0, 0),
        new("fiscal-year-end", 0, 0),
    ];

    private static readonly Dictionary<string, Function> byName = All.ToDictionary(f => f.Name, StringComparer.Ordinal);

    public static Function? Find(string name) => byName.GetValueOrDefault(name);
}

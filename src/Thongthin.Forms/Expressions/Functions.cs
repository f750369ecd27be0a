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
        new("fiscal-year", 0, 0),
        new("fiscal-year-start", 0, 0),
        new("fiscal-year-end", 0, 0),
    ];

    private static readonly Dictionary<string, Function> byName = All.ToDictionary(f => f.Name, StringComparer.Ordinal);

    public static Function? Find(string name) => byName.GetValueOrDefault(name);
}

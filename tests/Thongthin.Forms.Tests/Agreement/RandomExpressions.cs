using Thongthin.Forms.Expressions;

namespace Thongthin.Forms.Tests.Agreement;

/// <summary>Makes random trees, answers and texts, the same for the same seed.</summary>
internal sealed class RandomExpressions(int seed)
{
    public static readonly string[] Names = ["a", "b", "c", "d", "many", "e"];

    /// <summary>What a form for paths has: questions, a group, a repeat and a list of choices.</summary>
    public static readonly string[] Steps = ["a", "b", "c", "d", "many", "e", "g"];

    private static readonly string[] Literals =
    [
        "",
        "a",
        "b c",
        " a ",
        "5",
        "-1.5",
        "1e3",
        "2020-02-29",
        "2021-02-29",
        "2020-06-11T10:00",
        "กำแพง",
        "๕",
        "true",
        "NaN",
        "😀",
        "it's",
    ];

    private readonly Random random = new(seed);

    public T OneOf<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    public int Next(int below) => random.Next(below);

    public double Number() =>
        random.Next(8) switch
        {
            0 => random.Next(10),
            1 => random.Next(100_000) / 100.0,
            2 => random.NextDouble(),
            3 => random.NextDouble() * 1e20,
            4 => random.NextDouble() / 1e10,
            5 => random.Next(100) + 0.5,
            6 => 18_000 + random.Next(5_000),
            _ => random.Next(),
        };

    public Expression Tree(int depth)
    {
        if (depth == 0 || random.Next(5) == 0)
        {
            return Leaf();
        }
        return random.Next(5) switch
        {
            4 => Path(depth),
            0 => new Negation(0, Tree(depth - 1)),
            1 => Call(depth),
            _ => Operation(depth),
        };
    }

    public FormValue Value() =>
        random.Next(7) switch
        {
            0 => FormValue.Empty,
            1 => FormValue.Of(Number()),
            2 => FormValue.Of(-Number()),
            3 => FormValue.Of(random.Next(2) == 0),
            4 => FormValue.Of(DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber))),
            _ => FormValue.Of(OneOf(Literals)),
        };

    public FormValue Values() => FormValue.Of([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value())]);

    /// <summary>A text of the given pieces, which may be anything.</summary>
    public string Text(IReadOnlyList<string> pieces, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(most + 1)).Select(_ => OneOf(pieces)));

    private Expression Leaf() =>
        random.Next(4) switch
        {
            0 => new NumberLiteral(0, Number()),
            1 => new StringLiteral(0, OneOf(Literals)),
            2 => new CurrentValue(0),
            _ => new Reference(0, OneOf(Names)),
        };

    private Operation Operation(int depth)
    {
        var op = OneOf(Enum.GetValues<Operator>());
        var count = op is Operator.And or Operator.Or ? 2 + random.Next(3) : 2;
        return new Operation(0, op, [.. Enumerable.Range(0, count).Select(_ => Tree(depth - 1))]);
    }

    private PathExpression Path(int depth)
    {
        var start = OneOf(Enum.GetValues<PathStart>());
        if (start == PathStart.Nodes && random.Next(2) == 0)
        {
            var list = new FunctionCall(0, "instance", [new StringLiteral(0, "k")]);
            var column = new Step(StepKind.Child, OneOf(["name", "label", "size"]), []);
            return new PathExpression(
                0,
                start,
                list,
                [],
                [new Step(StepKind.Child, "root", []), new Step(StepKind.Child, "item", Predicates(depth)), column]
            );
        }
        var steps = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Step(depth)).ToList();
        if (start == PathStart.Root)
        {
            steps.Insert(0, new Step(StepKind.Child, "data", []));
        }
        if (start == PathStart.Here)
        {
            steps.Insert(0, new Step(StepKind.Parent, "", []));
        }
        var from = start == PathStart.Nodes ? new Reference(0, OneOf(Names)) : null;
        return new PathExpression(0, start, from, from is null ? [] : Predicates(depth), steps);
    }

    private Step Step(int depth) =>
        random.Next(6) == 0
            ? new Step(OneOf([StepKind.Parent, StepKind.Self]), "", Predicates(depth))
            : new Step(StepKind.Child, OneOf(Steps), Predicates(depth));

    private List<Expression> Predicates(int depth) =>
        random.Next(3) > 0 ? []
        : random.Next(2) == 0 ? [new NumberLiteral(0, 1 + random.Next(2))]
        : [Tree(Math.Max(depth - 2, 0))];

    private Expression Nodes(int depth) => random.Next(2) == 0 ? Path(depth) : new Reference(0, OneOf(Names));

    private Expression Argument(string function, int i, int depth) =>
        (function, i) switch
        {
            ("instance", 0) or ("pulldata", 0) => new StringLiteral(0, "k"),
            ("pulldata", 1) => new StringLiteral(0, OneOf(["name", "label", "size"])),
            ("jr:choice-name", 1) => new StringLiteral(0, "${d}"),
            ("indexed-repeat", 0) => new Reference(0, OneOf(Names)),
            ("indexed-repeat", _) when i % 2 == 1 => new Reference(0, "many"),
            ("randomize", 0) or ("position", 0) => Nodes(depth - 1),
            _ => Tree(depth - 1),
        };

    private FunctionCall Call(int depth)
    {
        var function = OneOf(Functions.All);
        var most = Math.Min(function.Maximum, function.Minimum + 2);
        var count = function.Name == "indexed-repeat" ? 3 : random.Next(function.Minimum, most + 1);
        return new FunctionCall(
            0,
            function.Name,
            [.. Enumerable.Range(0, count).Select(i => Argument(function.Name, i, depth))]
        );
    }
}

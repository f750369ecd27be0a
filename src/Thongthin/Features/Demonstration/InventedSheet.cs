using System.Globalization;
using System.Text.Json.Nodes;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Features.Demonstration;

/// <summary>
/// Invents the answers of one sheet from its form alone, the same on every machine: the form is gone through from top to
/// bottom, each question gets an answer of its type that its rules allow, given the answers before it. What the form skips
/// is skipped.
/// </summary>
internal sealed class InventedSheet
{
    private readonly FormDefinition _form;
    private readonly DemonstrationLao _lao;
    private readonly EvaluationContext _context;
    private readonly string _thing;
    private readonly Level _root = new(null, null, [], "");

    private InventedSheet(FormDefinition form, DemonstrationLao lao, EvaluationContext context, string thing)
    {
        _form = form;
        _lao = lao;
        _context = context;
        _thing = thing;
    }

    /// <summary>The sheet itself or a row of a repeat: its answers so far.</summary>
    private sealed record Level(Level? Around, Repeat? Repeat, JsonObject Answers, string Key);

    /// <param name="thing">which record of the LAO; empty in an annual form</param>
    /// <param name="parts">how many of the form's parts are answered; a draft that was left has the first ones only</param>
    public static JsonObject Of(
        FormDefinition form,
        DemonstrationLao lao,
        EvaluationContext context,
        string thing = "",
        int parts = int.MaxValue
    )
    {
        var sheet = new InventedSheet(form, lao, context, thing);
        sheet.Fill(form.Nodes.Take(parts), sheet._root);
        return sheet._root.Answers;
    }

    private void Fill(IEnumerable<FormNode> nodes, Level level)
    {
        foreach (var node in nodes.Where(n => IsTrue(n.Relevant, level, FormValue.Empty)))
        {
            switch (node)
            {
                case Group group:
                    Fill(group.Nodes, level);
                    break;
                case Repeat repeat:
                    FillRows(repeat, level);
                    break;
                case Question { TakesAnswer: true } question when Answer(question, level) is { } answer:
                    level.Answers[question.Name] = answer;
                    break;
            }
        }
    }

    private void FillRows(Repeat repeat, Level level)
    {
        var count = Math.Max(repeat.MinimumRows, (int)(Draw(level, repeat.Name, "rows") * 4));
        var rows = new JsonArray();
        for (var i = 0; i < count; i++)
        {
            var id = DemonstrationIds.Row(_form.Id, _lao.Code, _thing, level.Key, repeat.Name, i);
            var row = new JsonObject { ["_id"] = id };
            rows.Add(row);
            Fill(repeat.Nodes, new Level(level, repeat, row, $"{level.Key}{repeat.Name}{i} "));
        }
        if (count > 0)
        {
            level.Answers[repeat.Name] = rows;
        }
    }

    private JsonNode? Answer(Question question, Level level)
    {
        var draw = Draw(level, question.Name, "");
        if (question.Required is null && Draw(level, question.Name, "given") > 0.7)
        {
            return null;
        }
        return question.Type switch
        {
            QuestionType.Text => InventedText.Of(question, Place(level), t => Allows(question, level, FormValue.Of(t))),
            QuestionType.Integer or QuestionType.Decimal => Number(question, level, draw),
            QuestionType.Date => Date(question, level, draw),
            QuestionType.SelectOne => Choice(question, level, draw),
            QuestionType.SelectMultiple => Choice(question, level, draw) is { } one ? new JsonArray(one) : null,
            _ => null,
        };
    }

    private JsonValue? Number(Question question, Level level, double draw)
    {
        // a stock grows slowly; what begins anew each year comes out differently each year
        var year = question.CarryForward
            ? Math.Pow(1.012, _context.FiscalYear!.Value - 2564)
            : 0.8 + 0.4 * Draw(level, question.Name, _context.FiscalYear!.Value.ToString(CultureInfo.InvariantCulture));
        var limits = RuleLimits.Of(
            question,
            expression => Evaluator.Evaluate(expression, _context, new Source(this, level, FormValue.Empty)).ToNumber()
        );
        var size = level.Repeat is null && _thing.Length == 0 ? Size(_lao.Kind) : 1;
        return
            InventedNumber.Of(question, limits, size, draw, year, n => Allows(question, level, FormValue.Of(n)))
                is { } number
            ? JsonValue.Create(number)
            : null;
    }

    private JsonNode? Date(Question question, Level level, double draw)
    {
        var latest = Earlier(_context.Today, _context.FiscalYearEnd!.Value);
        // a date of this year where the rules want one, else of the years before
        foreach (var days in (int[])[200 + (int)(draw * 4000), (int)(draw * 200), 0])
        {
            var day = latest.AddDays(-days);
            if (Allows(question, level, FormValue.Of(day)))
            {
                return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            }
        }
        return null;
    }

    /// <summary>The first choices are the usual ones; "other" asks for more and is left alone.</summary>
    private JsonNode? Choice(Question question, Level level, double draw)
    {
        var choices = _form.ListOf(question)!.Choices;
        var first = (int)(draw * draw * draw * choices.Count);
        return choices
            .Skip(first)
            .Concat(choices.Take(first))
            .Select(c => c.Name)
            .FirstOrDefault(name => name != "other" && Allows(question, level, FormValue.Of(name)));
    }

    private bool Allows(Question question, Level level, FormValue value) =>
        IsTrue(question.Constraint, level, value) && IsTrue(question.Plausible, level, value);

    private bool IsTrue(Formula? rule, Level level, FormValue current) =>
        rule is null || Evaluator.Evaluate(rule.Tree, _context, new Source(this, level, current)).ToBoolean();

    private double Draw(Level level, string name, string what) =>
        Chance.Of(_form.Id, _lao.Code, _thing, level.Key, name, what);

    private string Place(Level level)
    {
        var row = level.Key.Length == 0 ? "" : " " + (Chance.Between(1, 12, level.Key, _lao.Code, _thing));
        return _thing.Length == 0 ? _lao.Abbreviation + row : $"{_lao.Abbreviation} {_thing}{row}";
    }

    private static double Size(string kind) =>
        kind switch
        {
            "pao" => 12.0,
            "city_municipality" => 6.0,
            "town_municipality" => 3.0,
            "subdistrict_municipality" => 1.2,
            _ => 1.0,
        };

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;

    /// <summary>How the rules of a question find the answers that were invented before it.</summary>
    private sealed class Source(InventedSheet sheet, Level level, FormValue current) : IValueSource
    {
        public FormValue Current => current;

        public FormValue ValueOf(string name)
        {
            var node = sheet._form.Find(name)!;
            if (node is Repeat repeat)
            {
                return FormValue.Of([.. Rows(sheet._form.RepeatOf(repeat), repeat).Select(_ => FormValue.Empty)]);
            }
            var home = sheet._form.RepeatOf(node);
            for (var at = level; at is not null; at = at.Around)
            {
                if (at.Repeat == home)
                {
                    return Value((Question)node, at);
                }
            }
            return FormValue.Of([
                .. Rows(sheet._form.RepeatOf(home!), home!).Select(row => Value((Question)node, row)),
            ]);
        }

        private FormValue Value(Question question, Level at) =>
            question.Calculation is { } calculation
                ? Evaluator.Evaluate(calculation.Tree, sheet._context, new Source(sheet, at, FormValue.Empty))
                : ValueOf(question, at.Answers[question.Name]);

        private static FormValue ValueOf(Question question, JsonNode? answer) =>
            answer switch
            {
                null => FormValue.Empty,
                JsonArray names => FormValue.Of(string.Join(' ', names.Select(n => (string)n!))),
                _ when question.IsNumber => FormValue.Of((double)answer),
                _ when question.Type == QuestionType.Date => FormValue.Of(
                    DateOnly.ParseExact((string)answer!, "yyyy-MM-dd", CultureInfo.InvariantCulture)
                ),
                _ => FormValue.Of((string)answer!),
            };

        private IEnumerable<Level> Rows(Repeat? around, Repeat repeat)
        {
            var outside = around is null ? [sheet._root] : Rows(sheet._form.RepeatOf(around), around);
            return outside.SelectMany(o =>
                (o.Answers[repeat.Name] as JsonArray ?? []).Select(row => new Level(o, repeat, row!.AsObject(), ""))
            );
        }
    }
}

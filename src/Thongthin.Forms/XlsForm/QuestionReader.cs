using Thongthin.Forms.Schema;
using Thongthin.Forms.Verification;

namespace Thongthin.Forms.XlsForm;

/// <summary>Reads one row of the survey sheet as a question.</summary>
internal sealed class QuestionReader(
    ColumnMap columns,
    ExpressionCells expressions,
    ListCatalogue lists,
    FindingList findings
)
{
    // What a phone notes down by itself: the moments can be had on a page, the rest stands in the history of the answers.
    private static readonly Dictionary<string, string?> metadata = new(StringComparer.Ordinal)
    {
        ["start"] = "now()",
        ["today"] = "today()",
        ["end"] = null,
        ["deviceid"] = null,
        ["phonenumber"] = null,
        ["username"] = null,
        ["email"] = null,
        ["audit"] = null,
        ["subscriberid"] = null,
        ["simserial"] = null,
        ["start-geopoint"] = null,
        ["background-audio"] = null,
    };

    /// <summary>A row that only says that a list comes from a file: <c>csv-external</c>.</summary>
    public bool IsListOnly(string type, SheetRow row)
    {
        if (type is not ("csv-external" or "xml-external"))
        {
            return false;
        }
        var name = columns.Cell(row, "name");
        if (lists.Find(name) is null)
        {
            findings.Add("F036", "survey", row.Number, columns.HeaderOf("name"), name);
        }
        return true;
    }

    /// <summary>The question, with the one for "other" where the type asks for it; empty when the type is unknown.</summary>
    /// <param name="isFree">takes a name for a question that the row brings along; false when another row has it</param>
    public IEnumerable<Question> Read(SheetRow row, string type, string name, Func<string, SheetRow, bool> isFree)
    {
        if (metadata.TryGetValue(type.ToLowerInvariant(), out var source))
        {
            return [Metadata(row, type, name, source)];
        }
        var words = type.Split(' ');
        if (QuestionTypes.Find(words[0]) is not { } found)
        {
            Refuse(row, "F020", type);
            return [];
        }
        var hasOther = found.HasChoices() && words is [_, _, "or_other"];
        if (words.Length > 1 && !found.HasChoices())
        {
            Refuse(row, "F020", type);
        }
        if (found.HasChoices() && words.Length != 2 && !hasOther)
        {
            Refuse(row, "F035");
            words = words[..1];
        }
        var from = found.HasChoices() && words.Length > 1 ? words[1] : null;
        var repeated = from is ['$', '{', .., '}'] ? from[2..^1].Trim() : null;
        if (from is not null && repeated is null)
        {
            lists.Find(from);
        }
        var question = Build(row, found, name) with
        {
            ChoicesFrom = repeated,
            List =
                from is null || repeated is not null ? null
                : hasOther ? lists.WithOther(from)
                : ListCatalogue.NameOf(from),
        };
        if (columns.Cell(row, "trigger").Length > 0)
        {
            Refuse(row, "F058", name);
        }
        return hasOther && isFree(name + "_other", row) ? [question, Other(question)] : [question];
    }

    private Question Build(SheetRow row, QuestionType type, string name) =>
        new()
        {
            Name = name,
            Type = type,
            Label = columns.Text(row, "label"),
            Hint = columns.Text(row, "hint"),
            GuidanceHint = columns.Text(row, "guidance_hint"),
            Relevant = expressions.Read(row, "relevant"),
            Appearance = columns.Cell(row, "appearance") is { Length: > 0 } appearance ? appearance : null,
            ChoiceFilter = expressions.ReadFilter(row, "choice_filter"),
            Parameters = ParametersOf(row),
            Trigger = TriggersOf(row),
            Required = expressions.ReadCondition(row, "required"),
            RequiredMessage = columns.Text(row, "required_message"),
            Constraint = expressions.Read(row, "constraint"),
            ConstraintMessage = columns.Text(row, "constraint_message"),
            Severity = SeverityOf(row),
            Plausible = expressions.Read(row, "plausible"),
            PlausibleMessage = columns.Text(row, "plausible_message"),
            Calculation = expressions.Read(row, "calculation"),
            Default = expressions.ReadDefault(row, "default"),
            ReadOnly = ReadYesNo(row, "readonly", false),
            CarryForward = ReadYesNo(row, "carry_forward", true),
            Unit = columns.Text(row, "unit"),
            YearBound = BoundOf(row),
            SaveTo = columns.Cell(row, "save_to") is { Length: > 0 } property ? property : null,
            Personal = ReadYesNo(row, "personal", false),
            Public = ReadYesNo(row, "public", false),
            Analyse = ReadYesNo(row, "analyse", false),
            Row = row.Number,
        };

    private Question Metadata(SheetRow row, string type, string name, string? source)
    {
        Refuse(row, "F057", type);
        return new Question
        {
            Name = name,
            Type = QuestionType.Hidden,
            Label = new LocalText(name, name),
            Default = source is null ? null : Formula.Parse(source),
            CarryForward = false,
            Row = row.Number,
        };
    }

    private static Question Other(Question question) =>
        new()
        {
            Name = question.Name + "_other",
            Type = QuestionType.Text,
            Label = new LocalText("โปรดระบุ", "Please specify"),
            Relevant = Formula.Parse($"selected(${{{question.Name}}}, 'other')"),
            Required = Formula.Parse("true()"),
            Row = question.Row,
        };

    private IReadOnlyList<string> TriggersOf(SheetRow row) =>
        [
            .. columns
                .Cell(row, "trigger")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(text => text is ['$', '{', .., '}'] ? text[2..^1].Trim() : text),
        ];

    // "start=1 end=10": names and values, the spaces around = and commas between them being habits of authors.
    private Dictionary<string, string> ParametersOf(SheetRow row)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        var text = columns.Cell(row, "parameters").Replace(" =", "=", StringComparison.Ordinal);
        foreach (
            var part in text.Replace("= ", "=", StringComparison.Ordinal)
                .Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries)
        )
        {
            if (part.Split('=') is not [{ Length: > 0 } name, { Length: > 0 } value] || !parameters.TryAdd(name, value))
            {
                RefuseValue(row, "parameters", "start=1 end=10 step=1");
            }
        }
        return parameters;
    }

    private void Refuse(SheetRow row, string code, params object[] arguments) =>
        findings.Add(code, "survey", row.Number, columns.HeaderOf(code == "F058" ? "trigger" : "type"), arguments);

    private Severity SeverityOf(SheetRow row)
    {
        switch (columns.Cell(row, "severity").ToLowerInvariant())
        {
            case "" or "block":
                return Severity.Block;
            case "warn":
                return Severity.Warn;
            default:
                RefuseValue(row, "severity", "block, warn");
                return Severity.Block;
        }
    }

    /// <summary>A column that says yes or no; <paramref name="otherwise"/> when it is empty.</summary>
    public bool ReadYesNo(SheetRow row, string key, bool otherwise)
    {
        var text = columns.Cell(row, key);
        if (text.Length == 0)
        {
            return otherwise;
        }
        var answer = ExpressionCells.YesOrNo(text);
        if (answer is null)
        {
            RefuseValue(row, key, "yes, no");
        }
        return answer ?? otherwise;
    }

    private YearBound? BoundOf(SheetRow row)
    {
        var text = columns.Cell(row, "yoy_bound");
        if (text.Length == 0)
        {
            return null;
        }
        var bound = YearBound.Parse(text);
        if (bound is null)
        {
            RefuseValue(row, "yoy_bound", "10%, -5%, +5%, 2");
        }
        return bound;
    }

    private void RefuseValue(SheetRow row, string key, string expected) =>
        findings.Add("F053", "survey", row.Number, columns.HeaderOf(key), columns.Cell(row, key), expected);
}

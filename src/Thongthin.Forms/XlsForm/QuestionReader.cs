using Thongthin.Forms.Schema;
using Thongthin.Forms.Verification;

namespace Thongthin.Forms.XlsForm;

/// <summary>Reads one row of the survey sheet as a question.</summary>
internal sealed class QuestionReader(ColumnMap columns, ExpressionCells expressions, FindingList findings)
{
    /// <summary>null when the type is unknown.</summary>
    public Question? Read(SheetRow row, string type, string name)
    {
        var words = type.Split(' ');
        if (QuestionTypes.Find(words[0]) is not { } found)
        {
            findings.Add("F020", "survey", row.Number, columns.HeaderOf("type"), type);
            return null;
        }
        var isSelect = found is QuestionType.SelectOne or QuestionType.SelectMultiple;
        if (!isSelect && words.Length > 1)
        {
            findings.Add("F020", "survey", row.Number, columns.HeaderOf("type"), type);
        }
        if (isSelect && words.Length != 2)
        {
            findings.Add("F035", "survey", row.Number, columns.HeaderOf("type"));
        }
        return new Question
        {
            Name = name,
            Type = found,
            List = isSelect && words.Length == 2 ? words[1] : null,
            Label = columns.Text(row, "label"),
            Hint = columns.Text(row, "hint"),
            Relevant = expressions.Read(row, "relevant"),
            Appearance = columns.Cell(row, "appearance") is { Length: > 0 } appearance ? appearance : null,
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
            Row = row.Number,
        };
    }

    private Severity SeverityOf(SheetRow row)
    {
        switch (columns.Cell(row, "severity").ToLowerInvariant())
        {
            case "" or "block":
                return Severity.Block;
            case "warn":
                return Severity.Warn;
            default:
                Refuse(row, "severity", "block, warn");
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
            Refuse(row, key, "yes, no");
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
            Refuse(row, "yoy_bound", "10%, -5%, +5%, 2");
        }
        return bound;
    }

    private void Refuse(SheetRow row, string key, string expected) =>
        findings.Add("F053", "survey", row.Number, columns.HeaderOf(key), columns.Cell(row, key), expected);
}

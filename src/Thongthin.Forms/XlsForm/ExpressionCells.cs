using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Verification;

namespace Thongthin.Forms.XlsForm;

/// <summary>Reads cells that hold expressions; what is not one is a finding with its position.</summary>
internal sealed class ExpressionCells(ColumnMap columns, string sheet, FindingList findings)
{
    /// <summary>null when the cell is empty or wrong.</summary>
    public Formula? Read(SheetRow row, string key)
    {
        var text = columns.Cell(row, key);
        return text.Length == 0 ? null : Parse(text, row, key);
    }

    /// <summary>The same for a choice filter, whose bare names are columns of its list.</summary>
    public Formula? ReadFilter(SheetRow row, string key)
    {
        var text = columns.Cell(row, key);
        return text.Length == 0 ? null : Parse(text, row, key, ofChoice: true);
    }

    /// <summary>The same for a cell that may say yes or no: yes is <c>true()</c>, no is nothing.</summary>
    public Formula? ReadCondition(SheetRow row, string key) =>
        YesOrNo(columns.Cell(row, key)) switch
        {
            true => Formula.Parse("true()"),
            false => null,
            null => Read(row, key),
        };

    /// <summary>null when the text is neither; an empty text is no.</summary>
    public static bool? YesOrNo(string text) =>
        text.ToLowerInvariant() switch
        {
            "yes" or "true" or "true()" => true,
            "" or "no" or "false" or "false()" => false,
            _ => null,
        };

    /// <summary>A default: an expression when it looks like one (a call, a reference, a calculation in quotes), else the text itself.</summary>
    public Formula? ReadDefault(SheetRow row, string key)
    {
        var text = columns.Cell(row, key);
        if (text.Length == 0)
        {
            return null;
        }
        if (text.Contains('(', StringComparison.Ordinal) || text.Contains("${", StringComparison.Ordinal))
        {
            return Parse(text, row, key);
        }
        var literal = text.Contains('\'', StringComparison.Ordinal) ? $"\"{text}\"" : $"'{text}'";
        return Parse(literal, row, key);
    }

    private Formula? Parse(string text, SheetRow row, string key, bool ofChoice = false)
    {
        var result = ExpressionParser.Parse(text, ofChoice);
        if (result.Tree is { } tree)
        {
            return new Formula(text, tree);
        }
        var error = result.Error!;
        findings.Add(
            "F040",
            sheet,
            row.Number,
            columns.HeaderOf(key),
            error.Position + 1,
            error.Message.In("th"),
            error.Message.In("en")
        );
        return null;
    }
}

using Thongthin.Forms.Schema;
using Thongthin.Forms.Verification;

namespace Thongthin.Forms.XlsForm;

/// <summary>
/// Reads the survey sheet into a tree: <c>begin_group</c> and <c>begin_repeat</c> open a level, <c>end_…</c> closes it. A row that
/// is wrong is reported and read as far as it goes, so that one mistake does not hide the next.
/// </summary>
internal sealed class SurveyReader
{
    private const int MaximumDepth = 20;
    private const int MaximumRepeats = 3;

    private static readonly string[] plain =
    [
        "type",
        "name",
        "required",
        "constraint",
        "relevant",
        "calculation",
        "default",
        "readonly",
        "appearance",
        "choice_filter",
        "parameters",
        "trigger",
        "repeat_count",
        "severity",
        "plausible",
        "yoy_bound",
        "carry_forward",
        "save_to",
        "personal",
        "public",
        "analyse",
    ];

    private static readonly string[] translated =
    [
        "label",
        "hint",
        "guidance_hint",
        "required_message",
        "constraint_message",
        "plausible_message",
        "unit",
    ];

    private readonly SheetTable sheet;
    private readonly FindingList findings;
    private readonly ExpressionCells expressions;
    private readonly QuestionReader questions;
    private readonly Dictionary<string, int> rowOfName = new(StringComparer.Ordinal);
    private readonly Stack<Level> open = new();

    /// <param name="lists">gets the lists that rows bring along: from files, and with "other" added</param>
    public SurveyReader(SheetTable sheet, string defaultLanguage, ListCatalogue lists, FindingList findings)
    {
        this.sheet = sheet;
        this.findings = findings;
        Columns = new ColumnMap(sheet, plain, translated, defaultLanguage, findings);
        expressions = new ExpressionCells(Columns, "survey", findings);
        questions = new QuestionReader(Columns, expressions, lists, findings);
    }

    public ColumnMap Columns { get; }

    /// <summary>The nodes of the top level. Names are unique: a second node of a name is reported and left out.</summary>
    public IReadOnlyList<FormNode> Read()
    {
        foreach (var key in (string[])["type", "name"])
        {
            if (sheet.Rows.Count > 0 && !Columns.Has(key))
            {
                findings.Add("F009", "survey", sheet.Rows[0].Number, key, key);
            }
        }
        open.Push(new Level("", null, []));
        foreach (var row in sheet.Rows.Skip(1))
        {
            ReadRow(row);
        }
        while (open.Count > 1)
        {
            var level = open.Peek();
            findings.Add("F027", "survey", level.Row!.Number, null, level.Kind, Columns.Cell(level.Row, "name"));
            Close();
        }
        return open.Pop().Nodes;
    }

    private sealed record Level(string Kind, SheetRow? Row, List<FormNode> Nodes);

    private void ReadRow(SheetRow row)
    {
        var type = TypeAliases.Today(
            string.Join(' ', Columns.Cell(row, "type").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        );
        if (type.StartsWith('#'))
        {
            return;
        }
        switch (type.ToLowerInvariant().Replace(' ', '_'))
        {
            case "":
                findings.Add("F021", "survey", row.Number, Columns.HeaderOf("type"));
                break;
            case "begin_group":
                Open("group", row);
                break;
            case "begin_repeat":
                Open("repeat", row);
                break;
            case "end_group":
                End("group", row, type);
                break;
            case "end_repeat":
                End("repeat", row, type);
                break;
            default:
                if (!questions.IsListOnly(type, row) && NameOf(row) is { } name)
                {
                    open.Peek().Nodes.AddRange(questions.Read(row, type, name, IsFree));
                }
                break;
        }
    }

    private void Open(string kind, SheetRow row)
    {
        if (kind == "repeat" && open.Count(l => l.Kind == "repeat") >= MaximumRepeats)
        {
            findings.Add("F029", "survey", row.Number, Columns.HeaderOf("type"), MaximumRepeats);
        }
        if (open.Count > MaximumDepth)
        {
            findings.Add("F032", "survey", row.Number, Columns.HeaderOf("type"), MaximumDepth);
        }
        open.Push(new Level(kind, row, []));
    }

    private void End(string kind, SheetRow row, string type)
    {
        if (open.Peek().Kind == kind)
        {
            Close();
        }
        else
        {
            findings.Add("F028", "survey", row.Number, Columns.HeaderOf("type"), type);
        }
    }

    // A level without a usable name, or too deep, gives its nodes to the level around it: they are verified all the same.
    private void Close()
    {
        var level = open.Pop();
        var row = level.Row!;
        if (NameOf(row) is not { } name || open.Count > MaximumDepth)
        {
            open.Peek().Nodes.AddRange(level.Nodes);
            return;
        }
        FormNode node =
            level.Kind == "group"
                ? new Group { Name = name, Nodes = level.Nodes }
                : new Repeat
                {
                    Name = name,
                    Nodes = level.Nodes,
                    Count = expressions.Read(row, "repeat_count"),
                    MinimumRows = ExpressionCells.YesOrNo(Columns.Cell(row, "required")) == true ? 1 : 0,
                };
        open.Peek()
            .Nodes.Add(
                node with
                {
                    Label = Columns.Text(row, "label"),
                    Hint = Columns.Text(row, "hint"),
                    GuidanceHint = Columns.Text(row, "guidance_hint"),
                    Relevant = expressions.Read(row, "relevant"),
                    Appearance = Columns.Cell(row, "appearance") is { Length: > 0 } appearance ? appearance : null,
                    CarryForward = questions.ReadYesNo(row, "carry_forward", true),
                    Row = row.Number,
                }
            );
    }

    // A name that the reader gives itself: no row may have it, neither before nor later.
    private bool IsFree(string name, SheetRow row) => rowOfName.TryAdd(name, row.Number);

    private string? NameOf(SheetRow row)
    {
        var name = Columns.Cell(row, "name");
        var header = Columns.HeaderOf("name");
        if (name.Length == 0)
        {
            findings.Add("F022", "survey", row.Number, header);
            return null;
        }
        if (!Names.IsValid(name))
        {
            findings.Add("F023", "survey", row.Number, header, name);
            return null;
        }
        if (!rowOfName.TryAdd(name, row.Number))
        {
            findings.Add("F024", "survey", row.Number, header, name, rowOfName[name]);
            return null;
        }
        return name;
    }
}

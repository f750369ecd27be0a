using System.Text.Json.Nodes;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Validation;

namespace Thongthin.Forms.Schema;

/// <summary>
/// Writes a definition for <c>form.js</c>: every node by name with its parsed expressions, the order of evaluation, and the
/// messages that an issue shows. What a browser does not compute with (hints, units) is left to the page.
/// </summary>
internal static class BrowserJson
{
    public static JsonObject Write(FormDefinition definition)
    {
        var json = new JsonObject
        {
            ["id"] = definition.Id,
            ["version"] = definition.Version,
            ["nodes"] = new JsonArray([.. definition.AllNodes.Select(node => Node(definition, node))]),
            ["order"] = new JsonArray([.. definition.Order.Select(node => (JsonNode)JsonValue.Create(node.Name))]),
            ["lists"] = new JsonObject(
                UsedLists(definition).Select(list => KeyValuePair.Create(list.Name, (JsonNode?)Names(list)))
            ),
        };
        if (NeedsRareFunctions(definition))
        {
            json["rare"] = true;
        }
        var longLists = UsedLists(definition).Where(list => list.IsLong).ToList();
        if (longLists.Count > 0)
        {
            json["texts"] = new JsonObject(
                longLists.Select(list => KeyValuePair.Create(list.Name, (JsonNode?)Texts(list)))
            );
        }
        if (Items(definition) is { Count: > 0 } items)
        {
            json["items"] = items;
        }
        return json;
    }

    // What expressions look into: lists with their labels and columns.
    private static JsonObject Items(FormDefinition definition) =>
        new(
            definition.ListsLookedInto.Select(list =>
                KeyValuePair.Create(
                    list.Name,
                    (JsonNode?)
                        new JsonArray([
                            .. list.Choices.Select(choice => new JsonArray(
                                choice.Name,
                                choice.Label.In("th"),
                                new JsonObject(
                                    choice.Columns.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))
                                ),
                                choice.Label.In("en")
                            )),
                        ])
                )
            )
        );

    private static IEnumerable<ChoiceList> UsedLists(FormDefinition definition) =>
        definition
            .Questions.Select(definition.ListOf)
            .OfType<ChoiceList>()
            .DistinctBy(list => list.Name, StringComparer.Ordinal);

    /// <summary>Functions that the page loads only for forms that use them: <c>js/forms/rare.js</c>.</summary>
    private static readonly HashSet<string> rare = new(StringComparer.Ordinal)
    {
        "date-time",
        "decimal-date-time",
        "decimal-time",
        "format-date",
        "format-date-time",
        "distance",
        "area",
        "geofence",
        "digest",
        "base64-decode",
        "regex",
    };

    private static bool NeedsRareFunctions(FormDefinition definition) =>
        definition
            .AllNodes.SelectMany(node => node.Formulas)
            .SelectMany(formula => formula.Tree.Descendants())
            .Any(part => part is FunctionCall call && rare.Contains(call.Name));

    private static JsonObject Texts(ChoiceList list) =>
        new(list.Texts.Select(text => KeyValuePair.Create(text.Key, (JsonNode?)text.Value.Name)));

    private static JsonArray Names(ChoiceList list) =>
        new([.. list.Choices.Select(choice => (JsonNode)JsonValue.Create(choice.Name))]);

    private static JsonObject Node(FormDefinition definition, FormNode node)
    {
        var json = new JsonObject { ["name"] = node.Name, ["kind"] = KindOf(node) };
        Add(json, "parent", definition.ParentOf(node)?.Name);
        Add(json, "relevant", node.Relevant);
        if (node is Repeat { MinimumRows: > 0 } repeat)
        {
            json["minimumRows"] = repeat.MinimumRows;
            json["messages"] = new JsonObject { [IssueCodes.NoRows] = Text(IssueTexts.NoRows(repeat)) };
        }
        if (node is Repeat { Count: not null } counted)
        {
            Add(json, "count", counted.Count);
            json["messages"] ??= new JsonObject();
            json["messages"]![IssueCodes.RowCount] = Text(IssueTexts.RowCount(counted));
        }
        if (node is Question question)
        {
            AddQuestion(json, question);
        }
        return json;
    }

    private static string KindOf(FormNode node) =>
        node switch
        {
            Group => "group",
            Repeat => "repeat",
            _ => "question",
        };

    private static void AddQuestion(JsonObject json, Question question)
    {
        json["type"] = QuestionTypes.NameOf(question.Type);
        Add(json, "list", question.List);
        Add(json, "choicesFrom", question.ChoicesFrom);
        Add(json, "choiceFilter", question.ChoiceFilter);
        Add(json, "required", question.Required);
        Add(json, "constraint", question.Constraint);
        Add(json, "plausible", question.Plausible);
        Add(json, "calculation", question.Calculation);
        if (question.Bounds is { } bounds)
        {
            json["bounds"] = new JsonArray(bounds.Least, bounds.Most);
        }
        if (question.Severity == Severity.Warn)
        {
            json["severity"] = "warn";
        }
        if (question.ReadOnly)
        {
            json["readonly"] = true;
        }
        var messages = Messages(question);
        if (messages.Count > 0)
        {
            json["messages"] = messages;
        }
    }

    private static JsonObject Messages(Question question)
    {
        var messages = new JsonObject();
        if (question.Required is not null)
        {
            messages[IssueCodes.Required] = Text(IssueTexts.Required(question));
        }
        if (question.Constraint is not null || question.Type is QuestionType.Text or QuestionType.Barcode)
        {
            messages[IssueCodes.Constraint] = Text(IssueTexts.Constraint(question));
        }
        if (question.Plausible is not null)
        {
            messages[IssueCodes.Plausible] = Text(IssueTexts.Plausible(question));
        }
        if (question.ChoiceFilter is not null || question.ChoicesFrom is not null)
        {
            messages[IssueCodes.NotOffered] = Text(IssueTexts.NotOffered(question));
        }
        if (question.Bounds is not null)
        {
            messages[IssueCodes.OutOfRange] = Text(IssueTexts.OutOfRange(question));
        }
        foreach (var code in UnreadableCodes(question.Type))
        {
            messages[code] = Text(IssueTexts.Unreadable(question, code));
        }
        return messages;
    }

    private static string[] UnreadableCodes(QuestionType type) =>
        type switch
        {
            QuestionType.Integer => [IssueCodes.NotWhole, IssueCodes.NotNumber],
            _ when type.IsNumber() => [IssueCodes.NotNumber],
            _ when type.HasChoices() => [IssueCodes.NotChoice],
            _ when type.IsPlace() => [IssueCodes.NotPlace],
            _ when type.IsFile() => [IssueCodes.NotFile],
            QuestionType.Date => [IssueCodes.NotDate],
            QuestionType.Time => [IssueCodes.NotTime],
            QuestionType.DateTime => [IssueCodes.NotMoment],
            QuestionType.Acknowledge => [IssueCodes.NotChoice],
            _ => [],
        };

    private static JsonObject Text(LocalText text) => new() { ["th"] = text.In("th"), ["en"] = text.In("en") };

    private static void Add(JsonObject json, string member, string? value)
    {
        if (value is not null)
        {
            json[member] = value;
        }
    }

    private static void Add(JsonObject json, string member, Formula? formula)
    {
        if (formula is not null)
        {
            json[member] = formula.Tree.ToJson();
        }
    }
}

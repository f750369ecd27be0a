using System.Text.Json;
using System.Text.Json.Nodes;

namespace Thongthin.Forms.Schema;

/// <summary>Writes a definition as JSON and reads it back: members only where they say something, expressions as text.</summary>
internal static class DefinitionJson
{
    public static JsonObject Write(FormDefinition definition)
    {
        var settings = definition.Settings;
        var json = new JsonObject
        {
            ["id"] = settings.Id,
            ["title"] = Text(settings.Title),
            ["sector"] = settings.Sector,
            ["kind"] = NameOf(settings.Shape),
            ["first_fiscal_year"] = settings.FirstFiscalYear,
            ["version"] = settings.Version,
            ["default_language"] = settings.DefaultLanguage,
            ["nodes"] = new JsonArray([.. definition.Nodes.Select(Node)]),
            ["choices"] = new JsonObject(
                definition.ChoiceLists.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Choices(p.Value)))
            ),
        };
        Put(json, "catalogue", settings.Catalogue);
        if (definition.Entity is { } entity)
        {
            json["entity"] = new JsonObject { ["dataset"] = entity.Dataset };
            Put(json["entity"]!, "label", entity.Label.Text);
            Put(json["entity"]!, "create_if", entity.CreateIf?.Text);
            Put(json["entity"]!, "update_if", entity.UpdateIf?.Text);
            Put(
                json["entity"]!,
                "duplicate_keys",
                entity.DuplicateKeys is [] ? null : string.Join(' ', entity.DuplicateKeys)
            );
        }
        return json;
    }

    public static FormDefinition Read(JsonNode json)
    {
        try
        {
            var lists = Member(json, "choices")
                .AsObject()
                .ToDictionary(p => p.Key, p => ReadList(p.Key, Some(p.Value)), StringComparer.Ordinal);
            var entity = json["entity"] is { } e
                ? new EntityDeclaration(
                    Need(e, "dataset"),
                    Formula.Parse(Need(e, "label")),
                    FormulaOf(e, "create_if"),
                    FormulaOf(e, "update_if")
                )
                {
                    DuplicateKeys = e["duplicate_keys"]?.GetValue<string>().Split(' ') ?? [],
                }
                : null;
            return new FormDefinition(ReadSettings(json), ReadNodes(Member(json, "nodes")), lists, entity);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or JsonException)
        {
            throw new FormatException($"Not a form definition: {e.Message}", e);
        }
    }

    public static string NameOf(FormShape shape) =>
        shape switch
        {
            FormShape.Register => "register",
            FormShape.Catalogue => "catalogue",
            _ => "annual",
        };

    public static FormShape? ShapeOf(string name) =>
        name switch
        {
            "annual" => FormShape.Annual,
            "register" => FormShape.Register,
            "catalogue" => FormShape.Catalogue,
            _ => null,
        };

    private static FormSettings ReadSettings(JsonNode json) =>
        new(
            Need(json, "id"),
            TextOf(json, "title"),
            Member(json, "sector").GetValue<int>(),
            ShapeOf(Need(json, "kind")) ?? throw new FormatException("kind is annual, register or catalogue."),
            Member(json, "first_fiscal_year").GetValue<int>(),
            Need(json, "version"),
            Need(json, "default_language")
        )
        {
            Catalogue = json["catalogue"]?.GetValue<string>(),
        };

    private static JsonObject Node(FormNode node)
    {
        var json = new JsonObject { ["type"] = TypeOf(node), ["name"] = node.Name };
        Put(json, "label", node.Label);
        Put(json, "hint", node.Hint);
        Put(json, "guidance_hint", node.GuidanceHint);
        Put(json, "relevant", node.Relevant?.Text);
        Put(json, "appearance", node.Appearance);
        if (!node.CarryForward)
        {
            json["carry_forward"] = false;
        }
        if (node.Row > 0)
        {
            json["row"] = node.Row;
        }
        if (node is Question question)
        {
            PutQuestion(json, question);
        }
        else
        {
            json["nodes"] = new JsonArray([.. FormDefinition.ChildrenOf(node).Select(Node)]);
        }
        if (node is Repeat { MinimumRows: > 0 } repeat)
        {
            json["minimum_rows"] = repeat.MinimumRows;
        }
        Put(json, "repeat_count", (node as Repeat)?.Count?.Text);
        return json;
    }

    private static string TypeOf(FormNode node) =>
        node switch
        {
            Group => "group",
            Repeat => "repeat",
            _ => QuestionTypes.NameOf(((Question)node).Type),
        };

    private static void PutQuestion(JsonObject json, Question question)
    {
        Put(json, "list", question.List);
        Put(json, "choices_from", question.ChoicesFrom);
        Put(json, "choice_filter", question.ChoiceFilter?.Text);
        Put(json, "parameters", question.Parameters);
        Put(json, "required", question.Required?.Text);
        Put(json, "required_message", question.RequiredMessage);
        Put(json, "constraint", question.Constraint?.Text);
        Put(json, "constraint_message", question.ConstraintMessage);
        Put(json, "severity", question.Severity == Severity.Warn ? "warn" : null);
        Put(json, "plausible", question.Plausible?.Text);
        Put(json, "plausible_message", question.PlausibleMessage);
        Put(json, "calculation", question.Calculation?.Text);
        Put(json, "default", question.Default?.Text);
        Put(json, "unit", question.Unit);
        Put(json, "yoy_bound", question.YearBound?.ToString());
        Put(json, "save_to", question.SaveTo);
        if (question.Trigger.Count > 0)
        {
            json["trigger"] = new JsonArray([.. question.Trigger.Select(name => (JsonNode)JsonValue.Create(name))]);
        }
        Put(json, "readonly", question.ReadOnly);
        Put(json, "personal", question.Personal);
        Put(json, "public", question.Public);
        Put(json, "analyse", question.Analyse);
    }

    private static IReadOnlyList<FormNode> ReadNodes(JsonNode json) =>
        [.. json.AsArray().Select(n => ReadNode(Some(n)))];

    private static FormNode ReadNode(JsonNode json)
    {
        FormNode node = Need(json, "type") switch
        {
            "group" => new Group { Name = Need(json, "name"), Nodes = ReadNodes(Member(json, "nodes")) },
            "repeat" => new Repeat
            {
                Name = Need(json, "name"),
                Nodes = ReadNodes(Member(json, "nodes")),
                MinimumRows = json["minimum_rows"]?.GetValue<int>() ?? 0,
                Count = FormulaOf(json, "repeat_count"),
            },
            var type => ReadQuestion(json, type),
        };
        return node with
        {
            Label = TextOf(json, "label"),
            Hint = TextOf(json, "hint"),
            GuidanceHint = TextOf(json, "guidance_hint"),
            Relevant = FormulaOf(json, "relevant"),
            Appearance = json["appearance"]?.GetValue<string>(),
            CarryForward = json["carry_forward"]?.GetValue<bool>() ?? true,
            Row = json["row"]?.GetValue<int>() ?? 0,
        };
    }

    private static Question ReadQuestion(JsonNode json, string type) =>
        new()
        {
            Name = Need(json, "name"),
            Type = QuestionTypes.Find(type) ?? throw new FormatException($"There is no question type {type}."),
            List = json["list"]?.GetValue<string>(),
            ChoicesFrom = json["choices_from"]?.GetValue<string>(),
            ChoiceFilter = json["choice_filter"] is { } filter
                ? Formula.Parse(filter.GetValue<string>(), ofChoice: true)
                : null,
            Parameters = TextsOf(json, "parameters"),
            Trigger = [.. (json["trigger"]?.AsArray() ?? []).Select(name => Some(name).GetValue<string>())],
            Required = FormulaOf(json, "required"),
            RequiredMessage = TextOf(json, "required_message"),
            Constraint = FormulaOf(json, "constraint"),
            ConstraintMessage = TextOf(json, "constraint_message"),
            Severity = json["severity"]?.GetValue<string>() == "warn" ? Severity.Warn : Severity.Block,
            Plausible = FormulaOf(json, "plausible"),
            PlausibleMessage = TextOf(json, "plausible_message"),
            Calculation = FormulaOf(json, "calculation"),
            Default = FormulaOf(json, "default"),
            ReadOnly = Is(json, "readonly"),
            Personal = Is(json, "personal"),
            Public = Is(json, "public"),
            Analyse = Is(json, "analyse"),
            Unit = TextOf(json, "unit"),
            YearBound = json["yoy_bound"] is { } bound ? YearBound.Parse(bound.GetValue<string>()) : null,
            SaveTo = json["save_to"]?.GetValue<string>(),
        };

    private static JsonArray Choices(ChoiceList list) => new([.. list.Choices.Select(c => (JsonNode)WriteChoice(c))]);

    private static JsonObject WriteChoice(Choice choice)
    {
        var json = new JsonObject { ["name"] = choice.Name, ["label"] = Text(choice.Label) };
        Put(json, "columns", choice.Columns);
        return json;
    }

    private static ChoiceList ReadList(string name, JsonNode json) =>
        new(name, [.. json.AsArray().Select(c => ReadChoice(Some(c)))]);

    private static Choice ReadChoice(JsonNode json) =>
        new(Need(json, "name"), TextOf(json, "label")) { Columns = TextsOf(json, "columns") };

    private static JsonObject Text(LocalText text)
    {
        var json = new JsonObject();
        Put(json, "th", text.Th);
        Put(json, "en", text.En);
        return json;
    }

    private static void Put(JsonNode json, string member, string? value)
    {
        if (value is not null)
        {
            json[member] = value;
        }
    }

    private static void Put(JsonNode json, string member, LocalText text)
    {
        if (!text.IsEmpty)
        {
            json[member] = Text(text);
        }
    }

    private static void Put(JsonNode json, string member, bool value)
    {
        if (value)
        {
            json[member] = true;
        }
    }

    private static void Put(JsonNode json, string member, IReadOnlyDictionary<string, string> texts)
    {
        if (texts.Count > 0)
        {
            json[member] = new JsonObject(texts.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
        }
    }

    private static bool Is(JsonNode json, string member) => json[member]?.GetValue<bool>() ?? false;

    private static Dictionary<string, string> TextsOf(JsonNode json, string member) =>
        (json[member]?.AsObject() ?? []).ToDictionary(
            p => p.Key,
            p => Some(p.Value).GetValue<string>(),
            StringComparer.Ordinal
        );

    private static string Need(JsonNode json, string member) => Member(json, member).GetValue<string>();

    private static JsonNode Some(JsonNode? json) => json ?? throw new FormatException("Not a form definition: null.");

    private static JsonNode Member(JsonNode json, string member) =>
        json[member] ?? throw new FormatException($"Not a form definition: {member} is missing.");

    private static LocalText TextOf(JsonNode json, string member) =>
        json[member] is { } text
            ? new LocalText(text["th"]?.GetValue<string>(), text["en"]?.GetValue<string>())
            : LocalText.None;

    private static Formula? FormulaOf(JsonNode json, string member) =>
        json[member] is { } text ? Formula.Parse(text.GetValue<string>()) : null;
}

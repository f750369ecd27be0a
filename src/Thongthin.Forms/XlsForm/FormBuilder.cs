using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Verification;

namespace Thongthin.Forms.XlsForm;

/// <summary>Puts the four sheets together: each is read by its own reader, then the whole is verified.</summary>
/// <param name="find">choice lists outside the form by the name of their file</param>
internal sealed class FormBuilder(
    IReadOnlyList<SheetTable> sheets,
    Func<string, ChoiceList?> find,
    FindingList findings
)
{
    private static readonly string[] known = ["survey", "choices", "external_choices", "settings", "entities"];

    private ListCatalogue? brought;

    /// <summary>
    /// The lists from outside as a sheet of their own; null when there are none. With it the form is whole without them.
    /// </summary>
    public SheetTable? BroughtLists =>
        brought is { FromOutside: { Count: > 0 } outside } && Find("external_choices") is null
            ? new SheetTable("external_choices", ChoicesReader.Write(outside))
            : null;

    /// <summary>null when there are errors.</summary>
    public FormDefinition? Build()
    {
        foreach (var sheet in sheets.Where(s => !known.Contains(Key(s.Name))))
        {
            findings.Add("F006", sheet.Name, null, null, sheet.Name);
        }
        var settings = SettingsReader.Read(Find("settings"), findings);
        var choices = ChoicesReader.Read(Find("choices"), settings.DefaultLanguage, findings);
        var external = ChoicesReader.Read(Find("external_choices"), settings.DefaultLanguage, findings);
        var lists = new ListCatalogue(
            choices
                .Lists.Concat(external.Lists)
                .DistinctBy(list => list.Key, StringComparer.Ordinal)
                .ToDictionary(list => list.Key, list => list.Value, StringComparer.Ordinal),
            find
        );
        brought = lists;
        var survey = new SurveyReader(Need("survey"), settings.DefaultLanguage, lists, findings);
        var nodes = survey.Read();
        var entity = EntitiesReader.Read(Find("entities"), findings);
        foreach (var name in ListNames(nodes))
        {
            lists.Find(name);
        }
        new FormVerifier(settings.Shape, nodes, lists.All, choices, entity, survey.Columns, findings).Verify();
        return findings.HasErrors
            ? null
            : new FormDefinition(settings.Complete(), nodes, lists.All, entity?.Declaration);
    }

    // Lists that only expressions look into come from outside as well.
    private static IEnumerable<string> ListNames(IEnumerable<FormNode> nodes) =>
        nodes.SelectMany(node =>
            node.Formulas.SelectMany(f => f.Tree.Descendants())
                .OfType<FunctionCall>()
                .Where(call => call.Name == "instance" || (call.Name == "pulldata" && !NodeFunctions.IsOfFacts(call)))
                .Select(call => ((StringLiteral)call.Arguments[0]).Value)
                .Concat(ListNames(FormDefinition.ChildrenOf(node)))
        );

    private static string Key(string name) => name.Trim().ToLowerInvariant();

    private SheetTable? Find(string name)
    {
        var found = sheets.Where(s => Key(s.Name) == name).ToList();
        if (found.Count > 1)
        {
            findings.Add("F010", name, found[1].Rows.Count > 0 ? found[1].Rows[0].Number : null, null, name);
        }
        return found.FirstOrDefault();
    }

    private SheetTable Need(string name)
    {
        if (Find(name) is { } sheet)
        {
            return sheet;
        }
        findings.Add("F005", name, null, null, name);
        return new SheetTable(name, []);
    }
}

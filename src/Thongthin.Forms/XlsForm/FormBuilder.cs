using Thongthin.Forms.Schema;
using Thongthin.Forms.Verification;

namespace Thongthin.Forms.XlsForm;

/// <summary>Puts the four sheets together: each is read by its own reader, then the whole is verified.</summary>
internal sealed class FormBuilder(IReadOnlyList<SheetTable> sheets, FindingList findings)
{
    private static readonly string[] known = ["survey", "choices", "settings", "entities"];

    /// <summary>null when there are errors.</summary>
    public FormDefinition? Build()
    {
        foreach (var sheet in sheets.Where(s => !known.Contains(Key(s.Name))))
        {
            findings.Add("F006", sheet.Name, null, null, sheet.Name);
        }
        var settings = SettingsReader.Read(Find("settings"), findings);
        var choices = ChoicesReader.Read(Find("choices"), settings.DefaultLanguage, findings);
        var survey = new SurveyReader(Need("survey"), settings.DefaultLanguage, findings);
        var nodes = survey.Read();
        var entity = EntitiesReader.Read(Find("entities"), findings);
        new FormVerifier(settings.Shape, nodes, choices, entity, survey.Columns, findings).Verify();
        return findings.HasErrors
            ? null
            : new FormDefinition(settings.Complete(), nodes, choices.Lists, entity?.Declaration);
    }

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

using Thongthin.Forms.Schema;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Forms.Tests.XlsForm;

/// <summary>Writes small forms for tests: complete unless a test says otherwise.</summary>
internal sealed class FormText
{
    private readonly List<string> survey = [];
    private readonly List<string> choices = [];
    private string columns = "type | name | label::th | label::en";
    private string settings = "ทดสอบ | Test | test-form | 1 | 4 | annual | 2563";
    private string? entities;
    private string extra = "";

    public FormText Columns(string more)
    {
        columns += " | " + more;
        return this;
    }

    /// <summary>Cells of one row, separated by pipes.</summary>
    public FormText Row(string cells)
    {
        survey.Add(cells);
        return this;
    }

    public FormText Choice(string cells)
    {
        choices.Add(cells);
        return this;
    }

    public FormText Settings(string cells)
    {
        settings = cells;
        return this;
    }

    public FormText Entities(string cells)
    {
        entities = cells;
        return this;
    }

    public FormText Extra(string markdown)
    {
        extra = markdown;
        return this;
    }

    public override string ToString()
    {
        var text = $"""
            | settings |
            | | form_title::th | form_title::en | form_id | version | sector | kind | first_fiscal_year |
            | | {settings} |
            | survey |
            | | {columns} |
            {string.Join('\n', survey.Select(r => $"| | {r} |"))}
            """;
        if (choices.Count > 0)
        {
            text += "\n| choices |\n| | list_name | name | label::th | label::en |\n";
            text += string.Join('\n', choices.Select(c => $"| | {c} |"));
        }
        if (entities is not null)
        {
            text += $"\n| entities |\n| | dataset | label | create_if | duplicate_keys |\n| | {entities} |";
        }
        return $"{text}\n{extra}";
    }

    public FormReading Read() => XlsFormReader.Read(ToString(), "form.md");

    /// <summary>Throws with the findings when the form has errors.</summary>
    public FormDefinition Definition() =>
        Read() is { Definition: { } definition }
            ? definition
            : throw new InvalidOperationException(string.Join('\n', Read().Findings));
}

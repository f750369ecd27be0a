using Thongthin.Forms.Expressions;
using Thongthin.Forms.Validation;
using Thongthin.Forms.Verification;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Forms.Tests.XlsForm;

/// <summary>Every kind of finding, planted once, with its place. The line numbers count from the top of the text.</summary>
public sealed class FindingTests
{
    private const int FirstRow = 6;
    private const string Rules = "relevant | required | constraint | constraint_message::th | constraint_message::en";

    private static FormText Form => new();

    private static FormText TwoQuestions => Form.Row("text | a | ก | A").Row("text | b | ข | B");

    /// <summary>Code, the form, sheet, row and column of the finding.</summary>
    private static readonly (string Code, FormText Form, string? Sheet, int? Row, string? Column)[] Planted =
    [
        ("F006", TwoQuestions.Extra("| extra |\n| | a |"), "extra", null, null),
        ("F007", Form.Columns("colour").Row("text | a | ก | A | red"), "survey", 5, "colour"),
        ("F008", Form.Columns("Label::Thai (th)").Row("text | a | ก | A | ก"), "survey", 5, "Label::Thai (th)"),
        ("F010", TwoQuestions.Extra("| survey |\n| | type | name |"), "survey", 9, null),
        ("F011", Form.Columns("label::ລາວ (lo)").Row("text | a | ก | A | ກ"), "survey", 5, "label::ລາວ (lo)"),
        ("F015", TwoQuestions.Settings("ทดสอบ | Test |  | 1 | 4 | annual | 2563"), "settings", 3, "form_id"),
        ("F016", TwoQuestions.Settings("ทดสอบ | Test | Bad Id | 1 | 4 | annual | 2563"), "settings", 3, "form_id"),
        ("F016", TwoQuestions.Settings("ทดสอบ | Test | a | 1 | 9 | annual | 2563"), "settings", 3, "sector"),
        ("F016", TwoQuestions.Settings("ทดสอบ | Test | a | 1 | 4 | yearly | 2563"), "settings", 3, "kind"),
        ("F016", TwoQuestions.Settings("ทดสอบ | Test | a | 1 | 4 | annual | 2020"), "settings", 3, "first_fiscal_year"),
        ("F020", Form.Row("txt | a | ก | A"), "survey", FirstRow, "type"),
        ("F020", Form.Row("text kind | a | ก | A"), "survey", FirstRow, "type"),
        ("F021", TwoQuestions.Row(" | c | ค | C"), "survey", 8, "type"),
        ("F022", TwoQuestions.Row("text |  | ค | C"), "survey", 8, "name"),
        ("F023", TwoQuestions.Row("text | 1c | ค | C"), "survey", 8, "name"),
        ("F023", TwoQuestions.Row("text | _id | ค | C"), "survey", 8, "name"),
        ("F023", TwoQuestions.Row("text | a.b | ค | C"), "survey", 8, "name"),
        ("F024", TwoQuestions.Row("text | a | ค | C"), "survey", 8, "name"),
        ("F025", TwoQuestions.Row("text | c | | "), "survey", 8, "label::th"),
        ("F025", Form.Row("select_one k | a | ก | A").Choice("k | x | | "), "choices", 9, "label::th"),
        ("F026", TwoQuestions.Row("text | c | ค | "), "survey", 8, "label::th"),
        ("F026", TwoQuestions.Settings("ทดสอบ | | a | 1 | 4 | annual | 2563"), "settings", 3, "form_title"),
        ("F027", TwoQuestions.Row("begin_group | g | ก | G").Row("text | c | ค | C"), "survey", 8, null),
        ("F028", TwoQuestions.Row("end_group"), "survey", 8, "type"),
        (
            "F028",
            TwoQuestions.Row("begin group | g | ก | G").Row("text | c | ค | C").Row("end repeat").Row("end group"),
            "survey",
            10,
            "type"
        ),
        ("F012", Form.Columns("media::image").Row("text | a | ก | A | x.png"), "survey", 5, "media::image"),
        ("F013", Form.Columns("instance::odk:length").Row("text | a | ก | A | 5"), "survey", 5, "instance::odk:length"),
        (
            "F029",
            Form.Row("begin_repeat | r | ก | R")
                .Row("begin_repeat | s | ก | S")
                .Row("begin_repeat | t | ก | T")
                .Row("begin_repeat | u | ก | U")
                .Row("text | a | ก | A")
                .Row("end_repeat")
                .Row("end_repeat")
                .Row("end_repeat")
                .Row("end_repeat"),
            "survey",
            9,
            "type"
        ),
        ("F030", TwoQuestions.Row("begin_group | g | ก | G").Row("end_group"), "survey", 8, null),
        ("F031", Form.Row("note | n | ก | N"), "survey", null, null),
        ("F032", Nested(21), "survey", 26, "type"),
        ("F034", TwoQuestions.Row("select_one ${a} | c | ค | C"), "survey", 8, "type"),
        ("F035", Form.Row("select_one | a | ก | A"), "survey", FirstRow, "type"),
        ("F036", Form.Row("select_one k | a | ก | A"), "survey", FirstRow, "type"),
        ("F037", Form.Row("select_one k | a | ก | A").Choice("k | x y | ก | X"), "choices", 9, "name"),
        (
            "F038",
            Form.Row("select_one k | a | ก | A").Choice("k | x | ก | X").Choice("k | x | ก | X"),
            "choices",
            10,
            "name"
        ),
        ("F039", Form.Row("text | a | ก | A").Choice("k | x | ก | X"), "choices", 9, null),
        ("F040", Rule("${a} ="), "survey", 7, "relevant"),
        ("F041", Rule("${z} = 1"), "survey", 7, "relevant"),
        (
            "F042",
            Form.Columns(Rules).Row("note | n | ก | N").Row("text | b | ข | B | ${n} = ''"),
            "survey",
            7,
            "relevant"
        ),
        (
            "F043",
            Form.Columns(Rules).Row("text | a | ก | A | ${b} = ''").Row("text | b | ข | B | ${a} = ''"),
            "survey",
            FirstRow,
            null
        ),
        ("F043", Form.Columns(Rules).Row("text | a | ก | A | ${a} = ''"), "survey", FirstRow, null),
        ("F044", Rule(". = 1"), "survey", 7, "relevant"),
        ("F045", Rule("regex(${a}, '(a')"), "survey", 7, "relevant"),
        ("F046", Rule("regex(${a}, ${a})"), "survey", 7, "relevant"),
        (
            "F047",
            Form.Columns(Rules)
                .Row("begin_repeat | r | ก | R")
                .Row("text | a | ก | A")
                .Row("end_repeat")
                .Row("text | b | ข | B | ${a} = 'x'"),
            "survey",
            9,
            "relevant"
        ),
        (
            "F048",
            Form.Columns(Rules)
                .Row("select_one k | a | ก | A")
                .Row("text | b | ข | B | ${a} = 'y'")
                .Choice("k | x | ก | X"),
            "survey",
            7,
            "relevant"
        ),
        (
            "F048",
            Form.Columns(Rules)
                .Row("select_multiple k | a | ก | A | | | selected(., 'y') | ก | A")
                .Choice("k | x | ก | X"),
            "survey",
            FirstRow,
            "constraint"
        ),
        (
            "F049",
            Form.Columns("default").Row("text | a | ก | A").Row("text | b | ข | B | concat(${a}, 'x')"),
            "survey",
            7,
            "default"
        ),
        ("F050", TwoQuestions.Row("calculate | c | | "), "survey", 8, "calculation"),
        (
            "F051",
            Form.Columns(Rules).Row("text | a | ก | A | | | | ก | A"),
            "survey",
            FirstRow,
            "constraint_message::th"
        ),
        ("F052", Form.Columns(Rules).Row("text | a | ก | A | | | . != ''"), "survey", FirstRow, "constraint"),
        ("F053", Form.Columns("severity").Row("text | a | ก | A | stop"), "survey", FirstRow, "severity"),
        ("F053", Form.Columns("readonly").Row("text | a | ก | A | perhaps"), "survey", FirstRow, "readonly"),
        (
            "F053",
            Form.Columns("unit::th | unit::en | yoy_bound").Row("integer | a | ก | A | คน | people | ten"),
            "survey",
            FirstRow,
            "yoy_bound"
        ),
        ("F054", Form.Columns(Rules).Row("text | a | ก | A").Row("note | n | ก | N | | yes"), "survey", 7, "required"),
        ("F054", Form.Columns("yoy_bound").Row("text | a | ก | A | 10%"), "survey", FirstRow, "yoy_bound"),
        ("F055", Form.Columns("appearance").Row("text | a | ก | A | sparkling"), "survey", FirstRow, "appearance"),
        ("F056", Form.Row("integer | a | ก | A"), "survey", FirstRow, "unit"),
        ("F057", TwoQuestions.Row("deviceid | c | | "), "survey", 8, "type"),
        (
            "F058",
            Form.Columns("trigger | calculation").Row("text | a | ก | A").Row("calculate | b | | | ${a} | ${a}"),
            "survey",
            7,
            "trigger"
        ),
        ("F059", Form.Columns("appearance").Row("text | a | ก | A | signature"), "survey", FirstRow, "appearance"),
        ("F060", TwoQuestions.Settings("ทดสอบ | Test | a | 1 | 4 | register | 2563"), "entities", null, null),
        ("F061", TwoQuestions.Entities("things | ${a}"), "entities", 10, null),
        ("F062", Register("things | "), "entities", 10, "label"),
        ("F062", Register(" | ${a}"), "entities", 10, "dataset"),
        ("F041", Register("things | ${z}"), "entities", 10, "label"),
        ("F063", Form.Columns("save_to").Row("text | a | ก | A | title"), "survey", FirstRow, "save_to"),
        (
            "F064",
            Form.Columns("save_to")
                .Row("text | a | ก | A | t")
                .Row("text | b | ข | B | t")
                .Settings("ทดสอบ | Test | a | 1 | 4 | register | 2563")
                .Entities("things | ${a}"),
            "survey",
            7,
            "save_to"
        ),
        ("F041", Rule("../z = 1"), "survey", 7, "relevant"),
        ("F066", Rule("../a/b = 1"), "survey", 7, "relevant"),
        ("F066", Rule("/data/b/a = 1"), "survey", 7, "relevant"),
        ("F067", Rule("count(instance('k')/root/item) > 1"), "survey", 7, "relevant"),
        ("F067", Rule("pulldata('k', 'a', 'name', ${a}) = 'x'"), "survey", 7, "relevant"),
        (
            "F068",
            Rule("instance('k')/root/item[colour = ${a}]/name = 'x'").Choice("k | x | ก | X"),
            "survey",
            7,
            "relevant"
        ),
        ("F068", Rule("pulldata('k', 'colour', 'name', ${a}) = 'x'").Choice("k | x | ก | X"), "survey", 7, "relevant"),
        (
            "F068",
            Form.Columns("choice_filter").Row("select_one k | a | ก | A | colour = 'red'").Choice("k | x | ก | X"),
            "survey",
            FirstRow,
            "choice_filter"
        ),
        ("F069", Number(". = 'abc'"), "survey", FirstRow, "constraint"),
        ("F069", Number("selected(., 'abc')"), "survey", FirstRow, "constraint"),
        (
            "F069",
            Form.Columns(Rules).Row("geopoint | a | ก | A").Row("text | b | ข | B | ${a} + 1 > 2"),
            "survey",
            7,
            "relevant"
        ),
        ("F070", Rule("1 > 2"), "survey", 7, "relevant"),
        ("F070", Number(". > 5 and . < 3"), "survey", FirstRow, "constraint"),
        ("F070", Rule("${a} = 'x' and ${a} = 'y'"), "survey", 7, "relevant"),
        ("F071", Rule("true()"), "survey", 7, "relevant"),
        ("F072", Rule("pulldata('facts', 'road_length', 'lao', '') > 1"), "survey", 7, "relevant"),
        ("F073", Rule("count(../*) > 1"), "survey", 7, "relevant"),
        ("F065", Register("things | ${a} | | nothing"), "entities", 10, "duplicate_keys"),
    ];

    private static FormText Rule(string relevant) =>
        Form.Columns(Rules).Row("text | a | ก | A").Row($"text | b | ข | B | {relevant}");

    private static FormText Number(string constraint) =>
        Form.Columns($"unit::th | unit::en | {Rules}")
            .Row($"integer | a | ก | A | คน | people | | | {constraint} | ก | A");

    private static FormText Register(string entities) =>
        TwoQuestions.Settings("ทดสอบ | Test | a | 1 | 4 | register | 2563").Entities(entities);

    private static FormText Nested(int depth)
    {
        var form = Form;
        for (var i = 0; i < depth; i++)
        {
            form.Row($"begin_group | g{i} | ก | G");
        }
        form.Row("text | a | ก | A");
        for (var i = 0; i < depth; i++)
        {
            form.Row("end_group");
        }
        return form;
    }

    public static TheoryData<int> Numbers() => [.. Enumerable.Range(0, Planted.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Read_WithOnePlantedMistake_FindsItWithItsPlace(int number)
    {
        var (code, form, sheet, row, column) = Planted[number];
        var findings = form.Read().Findings;
        findings
            .Select(f => (f.Code, f.Sheet, f.Row, f.Column))
            .ShouldContain((code, sheet, row, column), $"{string.Join('\n', findings)}\n{form}");
        findings.Count.ShouldBeLessThanOrEqualTo(2, string.Join('\n', findings));
    }

    [Fact]
    public void Planted_HasEveryCode_ButThoseOfFiles()
    {
        var planted = Planted.Select(p => p.Code).Concat(["F001", "F002", "F003", "F004", "F005", "F009", "F014"]);
        FindingCodes.All.Select(k => k.Code).Except(planted).ShouldBeEmpty();
    }

    [Fact]
    public void Read_WithAnError_GivesNoDefinition()
    {
        foreach (var (code, form, _, _, _) in Planted)
        {
            var reading = form.Read();
            (reading.Definition is null).ShouldBe(
                reading.Findings.Any(f => f.Severity == FindingSeverity.Error),
                $"{code}: {string.Join('\n', reading.Findings)}"
            );
        }
    }

    [Fact]
    public void Read_OfAnExpressionError_NamesCharacterInBothLanguages()
    {
        var finding = Rule("${a} = 1 and").Read().Findings.ShouldHaveSingleItem();
        finding.Message.In("en").ShouldContain("character 13");
        finding.Message.In("th").ShouldContain("13");
    }

    [Fact]
    public void Read_WithoutSheets_SaysWhichAreMissing()
    {
        var findings = XlsFormReader.Read("# nothing here", "form.md").Findings;
        findings.Where(f => f.Code == "F005").Select(f => f.Sheet).ShouldBe(["settings", "survey"]);
    }

    [Fact]
    public void Read_WithoutTheColumnName_SaysSo()
    {
        var findings = XlsFormReader.Read("| survey |\n| | type | label |\n| | text | a |", "form.md").Findings;
        findings.ShouldContain(f => f.Code == "F009" && f.Row == 2 && f.Column == "name");
    }

    [Fact]
    public void Read_WithThousandsOfMistakes_StopsListingThem()
    {
        var form = Form;
        for (var i = 0; i < 3_000; i++)
        {
            form.Row("nonsense | a | ก | A");
        }
        form.Read().Findings.Count.ShouldBe(500);
    }

    [Fact]
    public void Docs_ExplainEveryCodeWithItsSeverity()
    {
        var docs = File.ReadAllText(Repository.Path("docs", "forms.md"));
        FindingCodes
            .All.Select(k => $"| {k.Code} | {(k.Severity == FindingSeverity.Error ? "error" : "warning")} |")
            .Where(line => !docs.Contains(line, StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Docs_ExplainEveryFunctionAndIssue()
    {
        var docs = File.ReadAllText(Repository.Path("docs", "forms.md"));
        Functions
            .All.Select(f => $"`{f.Name}(")
            .Where(f => !docs.Contains(f, StringComparison.Ordinal))
            .ShouldBeEmpty();
        IssueCodes.All.Select(c => $"`{c}`").Where(c => !docs.Contains(c, StringComparison.Ordinal)).ShouldBeEmpty();
    }
}

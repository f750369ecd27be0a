using System.Text.Json.Nodes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Validation;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Forms.Tests.XlsForm;

/// <summary>The forms that the project ships: publishable without a finding, and usable as they are meant.</summary>
public sealed class ShippedFormsTests
{
    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Repository.Path("forms"), "*.md").Select(f => Path.GetFileName(f))];

    private static FormReading Read(string file)
    {
        using var stream = File.OpenRead(Repository.Path("forms", file));
        return XlsFormReader.Read(stream, file);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_OfEveryShippedForm_FindsNothing(string file) =>
        string.Join("\n", Read(file).Findings).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Files))]
    public void ToJson_ReadBack_IsTheSameForm(string file)
    {
        var definition = Read(file).Definition.ShouldNotBeNull();
        var json = definition.ToJson().ToJsonString();
        FormDefinition.FromJson(JsonNode.Parse(json)!).ToJson().ToJsonString().ShouldBe(json);
    }
}

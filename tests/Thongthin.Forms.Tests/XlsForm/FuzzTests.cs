using System.Text;
using System.Text.Json.Nodes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Tests.Agreement;
using Thongthin.Forms.Validation;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Forms.Tests.XlsForm;

/// <summary>Whatever comes in, nothing throws but what is documented. Seeded, so that a failure repeats.</summary>
public sealed class FuzzTests
{
    private static readonly string[] ExpressionPieces =
    [
        "1",
        ".5",
        "5.",
        "'a'",
        "\"",
        "'",
        "(",
        ")",
        ",",
        "+",
        "-",
        "*",
        "div",
        "mod",
        "and",
        "or",
        "=",
        "!=",
        "!",
        "<=",
        "${a}",
        "${",
        "}",
        "$",
        "if(",
        "not(",
        "round(",
        "nothing(",
        "..",
        "/",
        "[",
        "|",
        " ",
        "\t",
        "\u0000",
        "ก",
        "😀",
        "\ud800",
        "“",
        "’",
        "99999999999999999999",
        "1e5",
    ];

    [Fact]
    public void Parse_OfRandomTexts_GivesATreeOrAnErrorInside()
    {
        var random = new RandomExpressions(1);
        var trees = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = random.Text(ExpressionPieces, 12);
            var result = ExpressionParser.Parse(text);
            trees += result.Tree is null ? 0 : 1;
            (result.Tree is null).ShouldBe(result.Error is not null, text);
            if (result.Error is { } error)
            {
                error.Position.ShouldBeInRange(0, text.Length, text);
            }
        }
        trees.ShouldBeGreaterThan(200);
    }

    [Theory]
    [InlineData("(", 100_000)]
    [InlineData("-", 19_000)]
    [InlineData("not(", 4_000)]
    [InlineData("1+", 9_000)]
    [InlineData("1 or ", 3_000)]
    [InlineData("if(1,", 3_000)]
    [InlineData("(1 or (", 2_000)]
    [InlineData("'", 19_999)]
    public void Parse_OfEndlessNesting_IsAnErrorAndNoCrash(string piece, int times) =>
        ExpressionParser.Parse(string.Concat(Enumerable.Repeat(piece, times))).Error.ShouldNotBeNull();

    [Fact]
    public void Parse_OfAChainOfThousandOrs_IsFine() =>
        ExpressionParser.Parse(string.Join(" or ", Enumerable.Repeat("1", 3_000))).Error.ShouldBeNull();

    [Theory]
    [InlineData("infrastructure.md")]
    [InlineData("international-agreements.md")]
    public void Read_OfAShippedFormWithRandomDamage_NeverThrows(string file)
    {
        var text = File.ReadAllText(Repository.Path("forms", file));
        var random = new RandomExpressions(3);
        for (var round = 0; round < 150; round++)
        {
            var damaged = text;
            for (var i = 0; i < 5; i++)
            {
                var at = random.Next(damaged.Length);
                var cut = Math.Min(random.Next(20), damaged.Length - at);
                damaged = damaged
                    .Remove(at, cut)
                    .Insert(at, random.Text(["|", "\n", " ", "${", "(", "begin_repeat", "\\", "x"], 3));
            }
            var reading = XlsFormReader.Read(damaged, file);
            (reading.Definition is not null).ShouldBe(reading.IsPublishable);
        }
    }

    /// <summary>Single bytes of an old workbook: its chains of sectors, lengths of records, texts.</summary>
    [Fact]
    public void Read_OfAnOldWorkbookWithDamagedBytes_NeverThrows()
    {
        var sheets = MarkdownSheets.Read(File.ReadAllText(Repository.Path("forms", "tourism-sites.md")));
        var whole = OldWorkbook.Write(sheets);
        var random = new RandomExpressions(8);
        for (var round = 0; round < 600; round++)
        {
            var damaged = whole.ToArray();
            for (var i = 0; i < 4; i++)
            {
                // the header and the chains at the end are the parts that steer the reader
                var at = random.Next(3) switch
                {
                    0 => random.Next(512),
                    1 => damaged.Length - 1 - random.Next(1536),
                    _ => random.Next(damaged.Length),
                };
                damaged[at] = (byte)random.Next(256);
            }
            var length = random.Next(4) == 0 ? random.Next(damaged.Length) : damaged.Length;
            using var stream = new MemoryStream(damaged, 0, length);
            var reading = XlsFormReader.Read(stream, "form.xls");
            (reading.Definition is not null).ShouldBe(reading.IsPublishable);
        }
    }

    [Fact]
    public void Read_OfRandomCsv_NeverThrows()
    {
        string[] pieces =
        [
            "survey",
            "settings",
            ",",
            ",",
            ";",
            "\t",
            "\"",
            "\n",
            "\r\n",
            "type",
            "name",
            "text",
            "a",
            "ก",
            "\u0000",
        ];
        var random = new RandomExpressions(9);
        for (var i = 0; i < 2_000; i++)
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(random.Text(pieces, 40)));
            XlsFormReader.Read(stream, "form.csv").Findings.ShouldNotBeNull();
        }
    }

    [Fact]
    public void Read_OfRandomTables_NeverThrows()
    {
        string[] pieces =
        [
            "|",
            "|",
            "|",
            "\n| | ",
            "| survey |\n",
            "| settings |\n",
            "| choices |\n",
            "type",
            "name",
            "label::th",
            "label",
            "::",
            "text",
            "begin_group",
            "end_group",
            "a",
            "b",
            "ก",
            "\r\n",
            "\u0000",
        ];
        var random = new RandomExpressions(4);
        for (var i = 0; i < 3_000; i++)
        {
            XlsFormReader.Read(random.Text(pieces, 60), "form.md").Findings.ShouldNotBeNull();
        }
    }

    [Fact]
    public void FromJson_OfDamagedDefinitions_ThrowsFormatExceptionOnly()
    {
        var text = XlsFormReader
            .Read(File.ReadAllText(Repository.Path("forms", "infrastructure.md")), "form.md")
            .Definition!.ToJson()
            .ToJsonString();
        var random = new RandomExpressions(5);
        for (var round = 0; round < 300; round++)
        {
            var node = JsonNode.Parse(text)!;
            Damage(node, random);
            try
            {
                FormDefinition.FromJson(node);
            }
            catch (FormatException)
            {
                // The one documented way in which it fails.
            }
        }
    }

    [Fact]
    public void Evaluate_OfRandomJson_NeverThrows()
    {
        var definition = XlsFormReader
            .Read(File.ReadAllText(Repository.Path("forms", "international-agreements.md")), "form.md")
            .Definition!;
        var random = new RandomExpressions(6);
        for (var round = 0; round < 500; round++)
        {
            var answers = new JsonObject();
            foreach (var node in definition.AllNodes.Where(_ => random.Next(3) == 0))
            {
                answers[node.Name] = RandomJson(random, 3);
            }
            var evaluation = FormEvaluation.Evaluate(
                definition,
                AnswerSheet.Of(answers),
                new EvaluationContext(new DateOnly(2026, 1, 1))
            );
            evaluation.Content.ToJsonString().ShouldNotBeNull();
        }
    }

    private static JsonNode? RandomJson(RandomExpressions random, int depth) =>
        random.Next(depth == 0 ? 5 : 8) switch
        {
            0 => null,
            1 => JsonValue.Create(random.Number()),
            2 => JsonValue.Create("text"),
            3 => JsonValue.Create("2020-02-30"),
            4 => JsonValue.Create(true),
            5 => new JsonObject
            {
                ["_id"] = "01920000-0000-7000-8000-000000000001",
                ["partner_name_en"] = RandomJson(random, depth - 1),
            },
            6 => new JsonObject { ["_raw"] = RandomJson(random, depth - 1) },
            _ => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => RandomJson(random, depth - 1))]),
        };

    private static void Damage(JsonNode node, RandomExpressions random)
    {
        while (true)
        {
            if (node is JsonObject { Count: > 0 } members)
            {
                var name = random.OneOf([.. members.Select(m => m.Key)]);
                if (members[name] is { } child and (JsonObject or JsonArray) && random.Next(3) > 0)
                {
                    node = child;
                    continue;
                }
                members[name] = RandomJson(random, 1);
            }
            else if (node is JsonArray { Count: > 0 } items)
            {
                var i = random.Next(items.Count);
                if (items[i] is { } child and (JsonObject or JsonArray) && random.Next(3) > 0)
                {
                    node = child;
                    continue;
                }
                items[i] = RandomJson(random, 1);
            }
            return;
        }
    }
}

using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Thongthin.Browser.Tests.Support;
using Thongthin.Features.Demonstration;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.XlsForm;
using Thongthin.Platform.Thai;

namespace Thongthin.Browser.Tests;

/// <summary>One local authority, one year: all eight sectors and the missions, typed into the pages, submitted and certified.</summary>
public sealed class WholeYearTests(DemonstrationSite site)
{
    private const string Code = "06530405";

    private static readonly DemonstrationLao Lao = new(
        1,
        Code,
        "sao",
        "อบต.",
        "บ้านฝาย",
        "Ban Fai",
        1,
        1,
        "อุตรดิตถ์",
        1,
        "น้ำปาด",
        1
    );

    [Fact]
    public async Task EightSectorsAndMissions_FromEmptyToCertified()
    {
        await using var recorder = await site.SignInAsync("recorder." + Code);
        var page = recorder.Page;
        page.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        var overviews = new List<string>();
        foreach (var formId in DemonstrationRound.Sectors)
        {
            await recorder.GoAsync("/");
            var topic = page.Locator($".topic-list a.btn[href*='/{formId}/']");
            await recorder.ClickAsync(topic);
            if (!page.Url.Contains("/answers", StringComparison.Ordinal))
            {
                await recorder.ClickAsync(page.Locator("main a[href$='/answers']").First);
            }
            overviews.Add(new Uri(page.Url).AbsolutePath.Replace("/answers", "", StringComparison.Ordinal));
            await FillAsync(page, Form(formId));
            await page.Locator("#save-state[data-state=saved]").WaitForAsync();
            await recorder.ClickAsync(page.Locator("button[name=_do][value=submit]"));
            (await page.Locator(".error-summary li").AllInnerTextsAsync()).ShouldBeEmpty(formId);
            await recorder.ClickAsync(page.Locator("main form button").First);
        }
        overviews.Add(await AnswerMissionsAsync(recorder));
        await CertifyAsync(overviews);
        foreach (var overview in overviews)
        {
            await recorder.GoAsync(overview);
            (await recorder.MainTextAsync()).ShouldContain("รับรองข้อมูลแล้ว", Case.Sensitive, overview);
        }
    }

    private static FormDefinition Form(string formId) =>
        XlsFormReader.Read(DemonstrationData.Text($"forms/{formId}.md"), formId + ".md").Definition!;

    /// <summary>Types a whole invented sheet, in the order of the form: what depends on an answer appears after it.</summary>
    private static async Task FillAsync(IPage page, FormDefinition form)
    {
        var today = BangkokTime.Today(TimeProvider.System);
        var answers = InventedSheet.Of(form, Lao, new EvaluationContext(today, FiscalYear.Of(today)), "year");
        foreach (var repeat in form.AllNodes.OfType<Repeat>())
        {
            while (await page.Locator($"[id='{repeat.Name}'] > [data-row] > .row-remove button").CountAsync() > 0)
            {
                await page.Locator($"[id='{repeat.Name}'] > [data-row] > .row-remove button").First.ClickAsync();
            }
        }
        await FillAsync(page, form, form.Nodes, answers, "");
    }

    private static async Task FillAsync(
        IPage page,
        FormDefinition form,
        IReadOnlyList<FormNode> nodes,
        JsonObject answers,
        string row
    )
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case Group group:
                    await FillAsync(page, form, group.Nodes, answers, row);
                    break;
                case Repeat repeat:
                    foreach (var inner in (answers[repeat.Name] as JsonArray ?? []).OfType<JsonObject>())
                    {
                        await page.Locator($"button[name=_add][value='{repeat.Name}']").ClickAsync();
                        var path = await page.Locator($"[id='{repeat.Name}'] > [data-row]")
                            .Last.GetAttributeAsync("id");
                        await FillAsync(page, form, repeat.Nodes, inner, path + ".");
                    }
                    break;
                case Question { TakesAnswer: true } question when !question.Type.IsFile():
                    await TypeAsync(page, form, question, answers[question.Name], row + question.Name);
                    break;
            }
        }
    }

    private static async Task TypeAsync(
        IPage page,
        FormDefinition form,
        Question question,
        JsonNode? answer,
        string path
    )
    {
        var field = page.Locator($"[name='f.{path}']");
        var text = AnswerWords.ForField(form, question, answer, "th");
        if (answer is null || !await field.First.IsVisibleAsync())
        {
            return;
        }
        var kind = await field.First.EvaluateAsync<string>("field => field.type");
        if (kind is "radio" or "checkbox")
        {
            foreach (var name in TypedAnswer.ToRaw(answer).Split(' '))
            {
                await page.Locator($"[name='f.{path}'][value='{name}']").CheckAsync();
            }
        }
        else if (kind == "select-one")
        {
            await field.SelectOptionAsync(TypedAnswer.ToRaw(answer));
        }
        else
        {
            await field.FillAsync(text);
        }
    }

    /// <summary>All missions at once: none was received.</summary>
    private static async Task<string> AnswerMissionsAsync(Visitor recorder)
    {
        var page = recorder.Page;
        await recorder.GoAsync("/");
        await recorder.ClickAsync(page.Locator(".topic-list a.btn[href*='/transferred-missions/']"));
        var overview = new Uri(page.Url).AbsolutePath.Replace("/items", "", StringComparison.Ordinal);
        await recorder.GoAsync(overview + "/items");
        foreach (var box in await page.Locator("input[name=Codes]").AllAsync())
        {
            await box.CheckAsync();
        }
        await recorder.ClickAsync(page.Locator("button[name=choice][value=not_received]"));
        await recorder.CheckAsync();
        await recorder.GoAsync(overview + "/submit");
        await recorder.ClickAsync(page.Locator("main form button").First);
        return overview;
    }

    private async Task CertifyAsync(List<string> overviews)
    {
        await using var certifier = await site.SignInAsync("certifier." + Code);
        var page = certifier.Page;
        await certifier.GoAsync("/certification");
        (await page.Locator("input[name=submission]").CountAsync()).ShouldBeGreaterThanOrEqualTo(overviews.Count);
        await certifier.ClickAsync(page.Locator("main form button"));
        await page.Locator("input[name=Password]").FillAsync(DemonstrationSite.EveryonesPassword);
        await certifier.ClickAsync(page.Locator("main form button").Last);
    }
}

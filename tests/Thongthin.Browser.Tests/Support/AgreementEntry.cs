using Microsoft.Playwright;

namespace Thongthin.Browser.Tests.Support;

/// <summary>What a recorder does on the entry page of an agreement, with the names of the shipped form.</summary>
internal sealed class AgreementEntry(Visitor visitor)
{
    private IPage Page => visitor.Page;

    public ILocator Field(string name) => Page.Locator($"[name='f.{name}']");

    public ILocator InRow(string repeat, string name) => Page.Locator($"[name^='f.{repeat}['][name$='].{name}']").First;

    public Task TypeAsync(string name, string text) => Field(name).FillAsync(text);

    public Task ChooseAsync(string name, string choice) =>
        Page.Locator($"[name='f.{name}'][value='{choice}']").CheckAsync();

    /// <summary>Everything that is required, apart from what the caller leaves out.</summary>
    public async Task FillRequiredAsync(string title, string partner)
    {
        await ChooseAsync("nature", "new");
        await TypeAsync("title_th", title);
        await AddRowAsync("partner", "partner_name_en");
        await InRow("partner", "partner_name_en").FillAsync(partner);
        await InRow("partner", "partner_type")
            .And(Page.Locator("[value=city], select"))
            .First.CheckOrSelectAsync("city");
        await InRow("partner", "partner_country").FillAsync("ญี่ปุ่น");
        await ChooseAsync("party_form", "bilateral");
        await ChooseAsync("instrument_type", "sister_city");
        await ChooseAsync("binding", "not_binding");
        await ChooseAsync("fields", "culture");
        await TypeAsync("summary", "แลกเปลี่ยนเยาวชนและวัฒนธรรมปีละหนึ่งครั้ง สลับกันเป็นเจ้าภาพ");
        await ChooseAsync("status", "preparing");
        await TypeAsync("contact_position", "ปลัดองค์การบริหารส่วนตำบล");
    }

    public async Task AddRowAsync(string repeat, string field)
    {
        await Page.Locator($"button[name=_add][value={repeat}]").ClickAsync();
        await InRow(repeat, field).WaitForAsync();
    }

    /// <summary>The page itself says that everything typed is stored.</summary>
    public Task WaitUntilSavedAsync() => Page.Locator("#save-state[data-state=saved]").WaitForAsync();
}

internal static class ChoiceLocator
{
    /// <summary>A choice is drawn as radio buttons or, when there are many, as a list.</summary>
    public static async Task CheckOrSelectAsync(this ILocator field, string choice)
    {
        if (await field.EvaluateAsync<string>("field => field.tagName") == "SELECT")
        {
            await field.SelectOptionAsync(choice);
        }
        else
        {
            await field.CheckAsync();
        }
    }
}

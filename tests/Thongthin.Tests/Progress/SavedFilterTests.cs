using System.Net;
using Thongthin.Features.SavedFilters;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Progress;

/// <summary>Filters under a name: their person's alone.</summary>
public sealed class SavedFilterTests
{
    [Fact]
    public async Task Filter_IsSavedOpenedRenamedAndDeleted_ByItsPersonAlone()
    {
        var web = await TestWeb.OpenAsync();
        var scene = await ProgressScene.CreateAsync(web.Data);
        var address = $"{scene.Path}/units?state=not_done&within=mine";
        using var browser = await web.SignInAsync(await scene.PersonAsync(scene.District));
        using var colleague = await web.SignInAsync(await scene.PersonAsync(scene.District));

        var list = await browser.GetAsync(address);
        var form = await browser.GetAsync(
            list.Document.QuerySelector("main a[href^='/filters/new']")!.GetAttribute("href")!
        );
        var nameless = await browser.SubmitAsync(form, "main form", ("Name", " "));
        nameless.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        nameless.Errors.ShouldHaveSingleItem().Field.ShouldBe("Name");
        var saved = await browser.SubmitAsync(form, "main form", ("Name", "ต้องติดตาม"));
        saved.PathAndQuery.ShouldBe(address);
        saved.TextOf(".notice-success").ShouldContain("บันทึกตัวกรองแล้ว");
        var again = await browser.SubmitAsync(form, "main form", ("Name", "ต้องติดตาม"));
        again.Errors.ShouldHaveSingleItem().Message.ShouldContain("มีตัวกรองชื่อนี้แล้ว");

        var home = await browser.GetAsync("/");
        var link = home.Document.QuerySelector($"main a[href='{address}']");
        link.ShouldNotBeNull().TextContent.ShouldBe("ต้องติดตาม");
        (await colleague.GetAsync("/")).Document.QuerySelector($"main a[href='{address}']").ShouldBeNull();
        (await colleague.GetAsync("/filters")).Text.ShouldContain("ยังไม่มีตัวกรอง");
        (await colleague.GetAsync("/filters/1")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await colleague.GetAsync("/filters/1/delete")).Status.ShouldBe(HttpStatusCode.NotFound);

        var rename = await browser.GetAsync("/filters/1");
        var renamed = await browser.SubmitAsync(rename, "main form", ("Name", "ยังไม่ส่ง"));
        renamed.TextOf("tbody").ShouldContain("ยังไม่ส่ง");
        var gone = await browser.SubmitAsync(await browser.GetAsync("/filters/1/delete"), "main form");
        gone.Text.ShouldContain("ลบตัวกรองแล้ว");
        gone.Document.QuerySelector("tbody").ShouldBeNull();
    }

    [Theory]
    [InlineData("/accounts")]
    [InlineData("//evil.example/board")]
    [InlineData("https://evil.example/board")]
    [InlineData("/progress/x/units/../../accounts")]
    public async Task New_ForAnAddressThatIsNoFilter_IsNotFound(string address)
    {
        var web = await TestWeb.OpenAsync();
        using var browser = await web.SignInAsync(
            await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer)
        );

        var page = await browser.GetAsync("/filters/new?address=" + Uri.EscapeDataString(address));

        page.Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Save_BeyondTheLimit_IsRefused_AndAFreedPlaceIsTakenAgain()
    {
        var data = await TestData.OpenAsync();
        var person = await data.CreatePersonAsync(await data.DepartmentAsync(), Role.Viewer);
        for (var number = 1; number <= SavedFilter.Most; number++)
        {
            (await data.SaveFilterAsync(person, $"ตัวกรอง {number}", "/board?year=2563")).ShouldBe(number);
        }

        var refusal = await Should.ThrowAsync<Refusal>(() => data.SaveFilterAsync(person, "อีกหนึ่ง", "/board"));
        refusal.Code.ShouldBe("filter_limit");
        await using (var session = data.As(person))
        {
            await session.Get<DeleteFilter>().ExecuteAsync(session.Actor, 7, CancellationToken.None);
        }
        (await data.SaveFilterAsync(person, "อีกหนึ่ง", "/board")).ShouldBe(7);
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Thongthin.Features.Submissions;
using Thongthin.Forms.Answers;
using Thongthin.Platform.Security;
using Thongthin.Tests.Pages;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Files;

/// <summary>Files as answers: chosen without scripts, saved, taken off, read, certified.</summary>
public sealed class FileAnswerTests
{
    private const string Entry = "form#entry";

    [Fact]
    public async Task Post_WithAFile_AttachesItAndStoresEverythingElse()
    {
        await using var desk = await Desk.OpenAsync();
        var file = TestFiles.PdfOf(300_000);
        desk.Page.Form(Entry).GetAttribute("enctype").ShouldBe("multipart/form-data");

        var saved = await PostAsync(desk, desk.Page, [("f.roads", "7")], ("u.plan", "แผน.pdf", file));

        saved.Status.ShouldBe(HttpStatusCode.OK);
        Value(saved, "roads").ShouldBe("7");
        var link = (IHtmlAnchorElement)saved.Document.QuerySelector("[data-path='plan'] a.attachment")!;
        link.TextContent.ShouldContain("แผน.pdf");
        link.TextContent.ShouldContain("PDF");
        (await desk.Browser.Client.GetByteArrayAsync(link.PathName)).ShouldBe(file);
    }

    [Fact]
    public async Task Post_WithFilesOfWhichOneIsRefused_StoresTheRestAndSaysWhichAndWhy()
    {
        await using var desk = await Desk.OpenAsync();

        var page = await PostAsync(
            desk,
            desk.Page,
            [("f.roads", "7")],
            ("u.plan", "letter.pdf", TestFiles.Program()),
            ("u.photo", "ภาพ.png", TestFiles.PngPicture())
        );

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var error = page.Errors.ShouldHaveSingleItem();
        error.Field.ShouldBe("plan");
        error.Message.ShouldContain("letter.pdf");
        error.Message.ShouldContain("โปรแกรม");
        page.Document.GetElementById("plan")!.GetAttribute("aria-invalid").ShouldBe("true");
        var stored = await desk.Browser.GetAsync(desk.Page.Path);
        Value(stored, "roads").ShouldBe("7");
        stored.TextOf("[data-path='photo']").ShouldContain("ภาพ.png");
        stored.Document.QuerySelector("[data-path='plan'] a.attachment").ShouldBeNull();
        // the page that came back goes on: it is sent again as it stands
        (await desk.Browser.SubmitAsync(page, Entry, ("f.roads", "8"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Post_WithAFileOf21Megabytes_IsRefusedAndEverythingElseIsStored()
    {
        await using var desk = await Desk.OpenAsync();

        var page = await PostAsync(
            desk,
            desk.Page,
            [("f.roads", "7")],
            ("u.plan", "a.pdf", TestFiles.PdfOf(21 * 1024 * 1024))
        );

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Errors.ShouldHaveSingleItem().Message.ShouldContain("20 MB");
        Value(page, "roads").ShouldBe("7");
        Value(await desk.Browser.GetAsync(desk.Page.Path), "roads").ShouldBe("7");
    }

    [Fact]
    public async Task Post_WithoutTheTick_TakesTheFileOffAndHistoryKeepsIt()
    {
        await using var desk = await Desk.OpenAsync();
        var file = TestFiles.PdfOf();
        var text = await desk.Uploads.SendAsync("plan", "แผนเดิม.pdf", file);
        await desk.Topic.SaveAsync(desk.Topic.Recorder, TestTopic.Fields(("roads", "7"), ("plan", text)));
        var page = await desk.Browser.GetAsync(desk.Page.Path);
        page.TextOf("[data-path='plan']").ShouldContain("แผนเดิม.pdf");

        var without = await desk.Browser.SubmitAsync(page, Entry, ("f.plan", null));

        without.Status.ShouldBe(HttpStatusCode.OK);
        without.Document.QuerySelector("[data-path='plan'] a.attachment").ShouldBeNull();
        (await desk.Browser.Client.GetByteArrayAsync(desk.AddressOf(text))).ShouldBe(file);
    }

    [Fact]
    public async Task Post_WithAFileOfARow_AnswersTheRow()
    {
        await using var desk = await Desk.OpenAsync();
        var added = await desk.Browser.SubmitAsync(desk.Page, Entry, ("f.roads", "1"), ("_add", "road"));
        var row = added.Document.QuerySelector("[data-row]")!.GetAttribute("data-row")!;

        var saved = await PostAsync(desk, added, [], ($"u.{row}.road_photo", "ถนน.jpg", TestFiles.JpegPicture()));

        saved.Status.ShouldBe(HttpStatusCode.OK);
        saved.TextOf($"[data-path='{row}.road_photo']").ShouldContain("ถนน.jpg");
        saved.Document.QuerySelector($"[data-path='{row}.road_photo'] img")!.GetAttribute("loading").ShouldBe("lazy");
    }

    /// <summary>Name, size and type come from what is stored, whatever a page sends; a foreign file is not there.</summary>
    [Fact]
    public async Task Save_OfAnAnswerThatLies_StoresWhatIsTrueOrNothing()
    {
        await using var desk = await Desk.OpenAsync();
        await using var foreign = await Desk.OpenAsync();
        var file = StoredFile.Parse(await desk.Uploads.SendAsync("plan", "จริง.pdf", TestFiles.PdfOf(900)))!;
        var lie = new StoredFile(file.Id, "ปลอม.png", 1, "image/png").ToText();
        var other = await foreign.Uploads.SendAsync("plan", "a.pdf", TestFiles.PdfOf());

        await desk.Topic.SaveAsync(desk.Topic.Recorder, TestTopic.Fields(("roads", "1"), ("plan", lie)));
        var refused = await Should.ThrowAsync<Refusal>(() =>
            desk.Topic.SaveAsync(desk.Topic.Recorder, TestTopic.Fields(("photo", other)), baseRevision: 1)
        );

        refused.Code.ShouldBe("file_not_found");
        var stored = (await desk.Browser.GetAsync(desk.Page.Path)).TextOf("[data-path='plan']");
        stored.ShouldContain("จริง.pdf");
        stored.ShouldNotContain("ปลอม");
    }

    [Fact]
    public async Task Post_WhenTheSubmissionWasFrozenMeanwhile_AttachesNothingAndKeepsEverything()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.Topic.SaveAsync(desk.Topic.Recorder, TestTopic.Fields(("roads", "4")));
        var page = await desk.Browser.GetAsync(desk.Page.Path);
        (await desk.Topic.SubmitAsync()).ShouldBeEmpty();

        var refused = await PostAsync(desk, page, [("f.roads", "9")], ("u.plan", "a.pdf", TestFiles.PdfOf()));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Value(refused, "roads").ShouldBe("9");
        (await desk.CountAsync("select count(*) from attachment where lao_id = $1", desk.Topic.Lao.UnitId)).ShouldBe(0);
    }

    [Fact]
    public async Task Review_ShowsTheFileToTheOfficerAsALink()
    {
        await using var desk = await Desk.OpenAsync();
        var file = TestFiles.JpegPicture();
        var text = await desk.Uploads.SendAsync("photo", "ภาพ.jpg", file, TestFiles.JpegPicture());
        await desk.Topic.SaveAsync(desk.Topic.Recorder, TestTopic.Fields(("roads", "4"), ("photo", text)));
        (await desk.Topic.SubmitAsync()).ShouldBeEmpty();
        using var officer = await (await TestWeb.OpenAsync()).SignInAsync(desk.Topic.Officer);

        var review = await officer.GetAsync(PageAddress.Of(desk.Topic).Review);

        var link = (IHtmlAnchorElement)review.Document.QuerySelector("a.attachment")!;
        link.TextContent.ShouldContain("ภาพ.jpg");
        (await officer.Client.GetByteArrayAsync(link.PathName)).ShouldBe(file);
        var picture = (IHtmlImageElement)link.QuerySelector("img")!;
        (await officer.Client.GetAsync(new Uri(picture.Source!).AbsolutePath)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>The certificate covers what is in the files, also in those of rows.</summary>
    [Fact]
    public async Task Certify_KeepsTheHashesOfTheFiles()
    {
        await using var desk = await Desk.OpenAsync();
        var (plan, photo) = (TestFiles.PdfOf(), TestFiles.JpegPicture());
        var row = AnswerPath.OfRow("road", Guid.CreateVersion7());
        var texts = await Task.WhenAll(
            desk.Uploads.SendAsync("plan", "แผน.pdf", plan),
            desk.Uploads.SendAsync(row.Question("road_photo").ToString(), "ถนน.jpg", photo)
        );
        await desk.Topic.SaveAsync(
            desk.Topic.Recorder,
            TestTopic.Fields(("roads", "1"), ("plan", texts[0]), ($"{row}.road_photo", texts[1])),
            rows: [new RowChange(RowChangeKind.Add, "road", row.Rows[0].RowId)]
        );
        (await desk.Topic.SubmitAsync()).ShouldBeEmpty();
        var id = await desk.Topic.CertifyAsync();

        await using var session = desk.Topic.Data.As(desk.Topic.Certifier);
        var certificate = await session
            .Get<SubmissionQueries>()
            .FindCertificateAsync(desk.Topic.Lao.UnitId, id, CancellationToken.None);
        var answers = JsonNode.Parse(certificate!.Content)!["sheets"]![0]!["answers"]!;
        answers["plan"]!["sha256"]!.GetValue<string>().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(plan)));
        answers["plan"]!["name"]!.GetValue<string>().ShouldBe("แผน.pdf");
        answers["road"]![0]!["road_photo"]!["sha256"]!
            .GetValue<string>()
            .ShouldBe(Convert.ToHexStringLower(SHA256.HashData(photo)));
    }

    /// <summary>The next year starts with the same file, which is not stored again.</summary>
    [Fact]
    public async Task NextYear_CarriesTheFile()
    {
        await using var desk = await Desk.OpenAsync();
        var text = await desk.Uploads.SendAsync("plan", "แผน.pdf", TestFiles.PdfOf());
        await desk.Topic.SaveAsync(desk.Topic.Recorder, TestTopic.Fields(("roads", "1"), ("plan", text)));
        var next = await desk.Topic.Data.OpenNextYearAsync(desk.Topic, 2564);
        await next.SaveAsync(next.Recorder, TestTopic.Fields(("roads", "2"), ("plan", text)));

        var page = await desk.Browser.GetAsync(PageAddress.Of(next).Answers);

        page.TextOf("[data-path='plan']").ShouldContain("แผน.pdf");
        (await desk.CountAsync("select count(*) from attachment where lao_id = $1", desk.Topic.Lao.UnitId)).ShouldBe(1);
    }

    private static string? Value(TestPage page, string path) =>
        (page.Document.GetElementById(path) as IHtmlInputElement)?.Value;

    /// <summary>Sends the form as a browser without scripts does: all fields and the chosen files, the others' fields empty.</summary>
    private static async Task<TestPage> PostAsync(
        Desk desk,
        TestPage page,
        (string Name, string Value)[] fill,
        params (string Field, string Name, byte[] Bytes)[] files
    )
    {
        // browsers write names of files as UTF-8
        using var body = new MultipartFormDataContent { HeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        foreach (var (name, value) in TestBrowser.FieldsOf(page.Form(Entry)))
        {
            var typed = fill.FirstOrDefault(change => change.Name == name).Value ?? value;
            body.Add(new StringContent(typed), name);
        }
        foreach (var input in page.Document.QuerySelectorAll("input[type='file']").OfType<IHtmlInputElement>())
        {
            var (field, name, bytes) = files.FirstOrDefault(file => file.Field == input.Name);
            var content = new ByteArrayContent(bytes ?? []);
            content.Headers.Add(
                "Content-Disposition",
                $"form-data; name=\"{input.Name}\"; filename=\"{(field is null ? "" : name)}\""
            );
            body.Add(content);
        }
        return await TestBrowser.ReadAsync(await desk.Browser.Client.PostAsync(desk.Page.Path, body));
    }
}

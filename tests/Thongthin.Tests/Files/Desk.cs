using System.Globalization;
using Thongthin.Features.Submissions.Attachments;
using Thongthin.Forms.Answers;
using Thongthin.Tests.Pages;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Files;

/// <summary>Somebody at the entry page of a form that asks for files.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private Desk(TestTopic topic, TestBrowser browser, TestPage page)
    {
        (Topic, Browser, Page) = (topic, browser, page);
        Uploads = TestUploads.From(browser, page, PageAddress.Of(topic).Uploads);
    }

    public TestTopic Topic { get; }

    public TestBrowser Browser { get; }

    public TestPage Page { get; }

    public TestUploads Uploads { get; }

    /// <summary>The recorder of a new LAO.</summary>
    public static async Task<Desk> OpenAsync()
    {
        var topic = await TestUploads.CreateTopicAsync((await TestWeb.OpenAsync()).Data);
        return await OpenAsync(topic, topic.Recorder);
    }

    public static async Task<Desk> OpenAsync(TestTopic topic, TestPerson person)
    {
        var browser = await (await TestWeb.OpenAsync()).SignInAsync(person);
        return new Desk(topic, browser, await browser.GetAsync(PageAddress.Of(topic).Answers));
    }

    /// <summary>Where the file of this answer is.</summary>
    public string AddressOf(string answer) => AttachmentPath.Of(Topic.Lao.UnitId, StoredFile.Parse(answer)!.Id);

    /// <summary>Counts as the job sees it.</summary>
    public async Task<long> CountAsync(string sql, params object[] parameters) =>
        Convert.ToInt64(
            await Topic.Data.ScalarAsync(TestData.JobActor(), sql, parameters),
            CultureInfo.InvariantCulture
        );

    public ValueTask DisposeAsync()
    {
        Browser.Dispose();
        return ValueTask.CompletedTask;
    }
}

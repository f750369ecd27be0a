using System.Collections.Concurrent;
using Thongthin.Features.Forms;

namespace Thongthin.Tests.Support;

internal sealed partial class TestData
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _shipped = new();

    /// <summary>One of the forms in <c>forms/</c>, published once in this database. Returns its id.</summary>
    public Task<string> ShippedFormAsync(string formId) =>
        _shipped.GetOrAdd(formId, id => new(() => PublishShippedAsync(id))).Value;

    private async Task<string> PublishShippedAsync(string formId)
    {
        await using var file = File.OpenRead(FormFile(formId));
        await using var job = AsJob();
        var published = await job.Get<PublishForm>()
            .ExecuteAsync(job.Actor, file, formId + ".md", CancellationToken.None);
        published.Version.ShouldBe(1, string.Join('\n', published.Findings));
        return formId;
    }

    private static string FormFile(string formId)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Thongthin.slnx")))
        {
            folder = folder.Parent!;
        }
        return Path.Combine(folder.FullName, "forms", formId + ".md");
    }
}

using System.Diagnostics;
using Thongthin.Features.Submissions;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Pages;

/// <summary>
/// How often a page asks the database: lists at most 6 times, entry at most 4; naming the actor apart. Npgsql reports every
/// command as an activity, which carries the trace of the request that the test itself began.
/// </summary>
public sealed class QueryBudgetTests
{
    private const int List = 6;
    private const int Entry = 4;

    [Fact]
    public async Task Pages_StayWithinTheirBudgets()
    {
        var web = await TestWeb.OpenAsync();
        var register = await web.Data.CreateRegisterTopicAsync();
        var annual = await web.Data.CreateAnnualTopicAsync();
        await annual.SaveAsync(annual.Recorder, TestTopic.Fields(("roads", "4")));
        var (record, _) = await register.AddConfirmedRecordAsync();
        using var recorder = await web.SignInAsync(register.Recorder);
        using var annualRecorder = await web.SignInAsync(annual.Recorder);
        using var officer = await web.SignInAsync(register.Officer);
        using var certifier = await web.SignInAsync(register.Certifier);
        var path = PageAddress.Of(register);

        (TestBrowser Browser, string Path, int Budget)[] pages =
        [
            (recorder, "/", List),
            (officer, "/", List),
            (officer, "/submissions", List),
            (recorder, path.Overview, List),
            (recorder, path.Review, List),
            (recorder, path.History, List),
            (certifier, "/certification", List),
            (recorder, path.Record(record), Entry),
            (annualRecorder, PageAddress.Of(annual).Answers, Entry),
        ];
        foreach (var (browser, address, budget) in pages)
        {
            await browser.GetAsync(address);
            var queries = await CountAsync(() => browser.GetAsync(address));
            queries.Count.ShouldBeInRange(1, budget, $"{address}:\n{string.Join('\n', queries)}");
        }
    }

    /// <summary>Statements sent while the request was answered, the actor's naming left out.</summary>
    private static async Task<IReadOnlyList<string>> CountAsync(Func<Task> request)
    {
        var queries = new List<string>();
        using var trace = new Activity("budget");
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                var sql = (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) as string;
                if (
                    activity.TraceId == trace.TraceId
                    && sql?.Contains("enter_actor", StringComparison.Ordinal) == false
                )
                {
                    lock (queries)
                    {
                        queries.Add(sql);
                    }
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        trace.Start();
        await request();
        return queries;
    }
}

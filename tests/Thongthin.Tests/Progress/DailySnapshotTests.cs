using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Thongthin.Features.Progress;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Startup;
using Thongthin.Startup.Commands;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Progress;

/// <summary>The tables that the program keeps at the end of each day. The round opens on 1 January 2020.</summary>
public sealed class DailySnapshotTests
{
    private static readonly DateTimeOffset Noon = TestData.Noon;

    [Fact]
    public async Task Daily_KeepsEachDayOnce_MakesGoodWhatWasMissed_AndNeverChangesIt()
    {
        var data = await TestData.CreateAsync();
        var scene = await ProgressScene.CreateAsync(data);
        await scene.RecordAsync(scene.Laos[0], 5);
        await scene.RecordAsync(scene.Laos[1], 1);

        // programs side by side share the work
        var taken = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => TakeAsync(data, Noon)));

        taken.Sum().ShouldBe(14);
        (await TakeAsync(data, Noon.AddHours(11))).ShouldBe(0, "the day is not over");
        var kept = await KeptAsync(data);
        kept.Count.ShouldBe(14);
        kept[0].ShouldBe("1/2563 2020-01-01 0");
        kept[8].ShouldBe("9/2563 2020-01-09 0");
        kept[9].ShouldBe("10/2563 2020-01-10 1");
        kept[13].ShouldBe("14/2563 2020-01-14 2");

        (await TakeAsync(data, Noon.AddHours(12))).ShouldBe(1);
        (await TakeAsync(data, Noon.AddDays(4))).ShouldBe(3);
        (await TakeAsync(data, BangkokTime.StartOfDay(scene.Round.Request.ClosesOn.AddDays(10)))).ShouldBe(27);
        (await TakeAsync(data, Noon.AddDays(200))).ShouldBe(0, "the round is over");
        (await KeptAsync(data)).Count.ShouldBe(45);

        await using var owner = new NpgsqlConnection(data.Database.OwnerConnectionString);
        await owner.OpenAsync();
        foreach (
            var change in new[] { "update progress_snapshot set as_of = as_of + 1", "delete from progress_snapshot" }
        )
        {
            await using var command = new NpgsqlCommand(change, owner);
            (await Should.ThrowAsync<PostgresException>(command.ExecuteNonQueryAsync())).SqlState.ShouldBe("42501");
        }
    }

    [Fact]
    public async Task Service_TakesWhatIsMissingAtItsStart_AndEachDayAfterMidnight()
    {
        var data = await TestData.CreateAsync();
        await ProgressScene.CreateAsync(data);
        var clock = new WaitingClock(Noon);
        using var service = new DailySnapshots(data.Databases, clock, NullLogger<DailySnapshots>.Instance);

        await service.StartAsync(CancellationToken.None);
        (await clock.WaitAsync()).ShouldBe(TimeSpan.FromHours(1));
        (await KeptAsync(data)).Count.ShouldBe(14);
        clock.PassUntil(Noon.AddHours(11.5));
        (await clock.WaitAsync()).ShouldBe(TimeSpan.FromMinutes(31));
        (await KeptAsync(data)).Count.ShouldBe(14);
        clock.PassUntil(Noon.AddHours(12).AddMinutes(1));
        await clock.WaitAsync();
        (await KeptAsync(data)).Count.ShouldBe(15);
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task DailyTables_AreEverybodysToRead_AndNobodysToForge()
    {
        var data = await TestData.CreateAsync();
        var scene = await ProgressScene.CreateAsync(data);
        await TakeAsync(data, Noon);
        var viewer = await scene.PersonAsync(scene.LaoOfOtherProvince, Role.Viewer);
        await using var app = await TestWeb.StartAppAsync(data);
        using var browser = new TestBrowser(new Uri(app.Urls.Single()));
        await browser.SignInAsync(viewer.UserName, TestData.Password);

        var list = await browser.GetAsync("/progress/snapshots?kept=daily&sort=as_of");
        list.Document.QuerySelectorAll("tbody tr").Length.ShouldBe(14);
        list.TextOf("tbody tr").ShouldContain("ระบบ (รายวัน)");
        (await browser.GetAsync("/progress/snapshots?kept=hand")).Document.QuerySelector("tbody").ShouldBeNull();
        (await browser.GetAsync("/progress/snapshots/2563/14")).Text.ShouldContain("ระบบเก็บเป็นหลักฐานรายวัน");
        var officer = await scene.DepartmentAsync();
        var forged = await Should.ThrowAsync<PostgresException>(() =>
            data.ExecuteAsync(
                officer.Actor(),
                """
                insert into progress_snapshot (progress_snapshot_id, round_id, level, as_of, content, taken_at, taken_by_name,
                    taken_by_unit_id, is_daily)
                values (gen_random_uuid(), $1, 'national', '2020-01-15', '{}', now(), 'n', $2, true)
                """,
                scene.Round.RoundId,
                officer.Unit.UnitId
            )
        );
        forged.SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task Verb_KeepsWhatIsMissing_OrTheTableOfARound()
    {
        var data = await TestData.CreateAsync();
        var scene = await ProgressScene.CreateAsync(data);

        (await RunAsync()).ShouldContain("14 missing daily tables kept.");
        (await RunAsync("--round", scene.Round.Slug)).ShouldContain("Kept as table 15/2563.");
        (await RunAsync()).ShouldContain("0 missing daily tables kept.");
        (await RunAsync("--round", "no-such-round")).ShouldContain("There is no opened round 'no-such-round'.");

        async Task<string> RunAsync(params string[] arguments)
        {
            using var said = new StringWriter();
            await CommandLine.RunAsync(
                ["progress", "snapshot", .. arguments],
                new CommandServices
                {
                    Out = said,
                    Error = said,
                    TimeProvider = new TestClock(Noon),
                    DatabaseSettings = () =>
                        DatabaseSettings.FromEnvironment() with
                        {
                            ConnectionString = data.Database.ConnectionString,
                            OwnerConnectionString = data.Database.OwnerConnectionString,
                        },
                },
                CancellationToken.None
            );
            return said.ToString();
        }
    }

    private static Task<int> TakeAsync(TestData data, DateTimeOffset at) =>
        DailySnapshots.TakeMissingAsync(data.Databases, new TestClock(at), CancellationToken.None);

    /// <summary>Number, day and how many were done, by number.</summary>
    private static async Task<List<string>> KeptAsync(TestData data)
    {
        var text = (string?)
            await data.ScalarAsync(
                TestData.JobActor(),
                """
                select string_agg(number || '/' || year || ' ' || as_of || ' ' || cardinality(coalesce(done_laos, '{}')), ';' order by number)
                from progress_snapshot where is_daily
                """
            );
        return [.. (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>A clock that is told the time; what waits by it goes on when it is moved.</summary>
    private sealed class WaitingClock(DateTimeOffset now) : TimeProvider
    {
        private readonly Channel<Waiting> _asked = Channel.CreateUnbounded<Waiting>();
        private DateTimeOffset _now = now;
        private Waiting? _waiting;

        public override DateTimeOffset GetUtcNow() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Waiting(() => callback(state), dueTime);
            _asked.Writer.TryWrite(timer);
            return timer;
        }

        /// <summary>Until somebody waits.</summary>
        /// <returns>how long they want to</returns>
        public async Task<TimeSpan> WaitAsync()
        {
            _waiting = await _asked.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            return _waiting.For;
        }

        public void PassUntil(DateTimeOffset time)
        {
            _now = time;
            _waiting!.Fire();
        }

        private sealed class Waiting(Action fire, TimeSpan duration) : ITimer
        {
            public TimeSpan For => duration;

            public void Fire() => fire();

            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() { }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}

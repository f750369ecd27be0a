using Thongthin.Startup;
using Thongthin.Startup.Commands;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Rounds;

/// <summary>The verbs <c>rounds list</c> and <c>rounds open</c>, on the database that tests share.</summary>
public sealed class RoundCommandsTests : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task Open_OpensTheDraftOnce_AndListShowsIt()
    {
        var data = await TestData.OpenAsync();
        var lao = await data.CreateLaoAsync(await data.CreateDistrictAsync(await data.CreateProvinceAsync()));
        var draft = await data.CreateRoundAsync([await data.PublishQuicklyAsync()], [lao]);

        (await RunAsync(data, "rounds", "open", draft.Slug)).ShouldBe(CommandLine.Done);
        _out.ToString().ShouldContain("1 อปท.");
        (await RunAsync(data, "rounds", "open", draft.Slug)).ShouldBe(CommandLine.Findings);
        _error.ToString().ShouldContain(draft.Slug);

        (await RunAsync(data, "rounds", "list")).ShouldBe(CommandLine.Done);
        _out.ToString().ShouldContain($"{draft.Slug}\t2563\topen\t2020-01-29\t1\t{draft.Request.TitleTh}");
    }

    [Fact]
    public async Task Open_WithADeadlineOnAHoliday_OpensAndWarns()
    {
        var data = await TestData.OpenAsync();
        var lao = await data.CreateLaoAsync(await data.CreateDistrictAsync(await data.CreateProvinceAsync()));
        var draft = await data.CreateRoundAsync(
            [await data.PublishQuicklyAsync()],
            [lao],
            new RoundOptions { Deadline = new DateOnly(2020, 2, 10), ClosesOn = new DateOnly(2020, 2, 28) }
        );

        (await RunAsync(data, "rounds", "open", draft.Slug)).ShouldBe(CommandLine.Done);

        _out.ToString().ShouldContain("1 อปท.");
        _error.ToString().ShouldContain("วันหยุดราชการ: วันจันทร์ที่ 10 กุมภาพันธ์ 2563 (ชดเชยวันมาฆบูชา)");
        _error.ToString().ShouldContain("The next working day is Tuesday 11 February 2020.");
    }

    [Fact]
    public async Task Open_OfAnUnknownRound_SaysSo()
    {
        (await RunAsync(await TestData.OpenAsync(), "rounds", "open", "no-such-round")).ShouldBe(CommandLine.Findings);
        _error.ToString().ShouldContain("no-such-round: ");
    }

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }

    private Task<int> RunAsync(TestData data, params string[] arguments) =>
        CommandLine.RunAsync(
            arguments,
            new CommandServices
            {
                Out = _out,
                Error = _error,
                TimeProvider = new TestClock(TestData.Noon),
                DatabaseSettings = () =>
                    DatabaseSettings.FromEnvironment() with
                    {
                        ConnectionString = data.Database.ConnectionString,
                        OwnerConnectionString = data.Database.OwnerConnectionString,
                    },
            },
            CancellationToken.None
        );
}

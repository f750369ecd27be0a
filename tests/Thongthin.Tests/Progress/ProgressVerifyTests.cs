namespace Thongthin.Tests.Progress;

/// <summary>Whatever is forged behind the triggers' back is found.</summary>
public sealed class ProgressVerifyTests
{
    [Theory]
    [InlineData(
        "progress_count",
        "update progress_count set recorded = recorded + 1, not_started = not_started - 1 where not_started > 0"
    )]
    [InlineData("progress_count", "delete from progress_count where recorded > 0")]
    [InlineData("round_unit", "update round_unit set done = 1 - done")]
    [InlineData("round_unit", "update round_unit set state = 'certified' where state = 'recorded'")]
    [InlineData("round_unit", "delete from round_unit")]
    [InlineData("progress_day", "update progress_day set day = day + 1 where form_id is not null")]
    [InlineData("progress_day", "update progress_day set day = day - 1 where form_id is null")]
    [InlineData("progress_day", "delete from progress_day where form_id is null")]
    [InlineData("state", "update submission set state = 'certified' where state = 'recorded'")]
    public async Task Verify_WhenSomethingKeptWasForged_NamesIt(string what, string forgery)
    {
        var country = await ProgressCountry.CreateSmallAsync();
        var round = await country.AddRoundAsync("agreements-2563", "recorded", 2563, "agreements");
        var asked = await country.SubmissionsAsync(round);
        await country.AddEventsAsync([
            new(asked[3], 1, new DateTimeOffset(2020, 6, 1, 0, 0, 0, TimeSpan.Zero), "nil", "not_started", "recorded"),
        ]);
        (await country.VerifyAsync()).ShouldBeEmpty();

        await country.ExecuteAsync(forgery);

        (await country.VerifyAsync()).ShouldContain(line =>
            line.StartsWith(what + " agreements-2563", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(2, "save", "not_started", "in_progress", "TH006")]
    [InlineData(1, "submit", "in_progress", "recorded", "TH006")]
    [InlineData(1, "lift", "not_started", "recorded", "TH007")]
    public async Task Event_ThatDoesNotContinueTheHistory_IsRefused(
        int number,
        string action,
        string from,
        string to,
        string refusal
    )
    {
        var country = await ProgressCountry.CreateSmallAsync();
        var round = await country.AddRoundAsync("agreements-2563", "recorded", 2563, "agreements");
        var asked = await country.SubmissionsAsync(round);

        var error = await Should.ThrowAsync<Npgsql.PostgresException>(() =>
            country.AddEventsAsync([new(asked[0], number, DateTimeOffset.UnixEpoch, action, from, to)])
        );

        error.SqlState.ShouldBe(refusal);
        (await country.VerifyAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lift_ToAnotherStateThanBeforeTheExemption_IsRefused()
    {
        var country = await ProgressCountry.CreateSmallAsync();
        var round = await country.AddRoundAsync("agreements-2563", "recorded", 2563, "agreements");
        var asked = await country.SubmissionsAsync(round);
        var at = DateTimeOffset.UnixEpoch;
        await country.AddEventsAsync([new(asked[0], 1, at, "exempt", "not_started", "exempt", "ยุบรวม")]);

        var error = await Should.ThrowAsync<Npgsql.PostgresException>(() =>
            country.AddEventsAsync([new(asked[0], 2, at, "lift", "exempt", "recorded")])
        );
        error.SqlState.ShouldBe("TH007");

        await country.AddEventsAsync([new(asked[0], 2, at, "lift", "exempt", "not_started")]);
        (await country.VerifyAsync()).ShouldBeEmpty();
    }
}

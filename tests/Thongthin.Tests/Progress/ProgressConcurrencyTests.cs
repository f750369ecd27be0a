using Npgsql;

namespace Thongthin.Tests.Progress;

public sealed class ProgressConcurrencyTests
{
    [Fact]
    public async Task EightConnections_MovingTheSameCounts_NeverDeadlockAndKeepThemRight()
    {
        var country = await ProgressCountry.CreateSmallAsync();
        var round = await country.AddRoundAsync("agreements-2563", "recorded", 2563, "agreements", "roads", "water");
        var asked = await country.SubmissionsAsync(round);

        var moved = await Task.WhenAll(Enumerable.Range(1, 8).Select(worker => MoveAsync(country, asked, worker)));

        moved.ShouldAllBe(count => count > 0);
        (await country.VerifyAsync()).ShouldBeEmpty();
    }

    /// <summary>Two calls that ask the same LAO for different forms: whoever comes second counts what the first wrote.</summary>
    [Fact]
    public async Task TwoConnections_AskingTheSameLaos_CountBothForms()
    {
        var country = await ProgressCountry.CreateSmallAsync();
        var round = await country.AddRoundAsync("agreements-2563", "recorded", 2563, "agreements", "roads");
        await country.ExecuteAsync("delete from submission");
        await country.ExecuteAsync("delete from progress_count");
        await country.ExecuteAsync("delete from round_unit");
        await using var first = await country.Owner.OpenConnectionAsync();
        await using var second = await country.Owner.OpenConnectionAsync();

        await using var transaction = await first.BeginTransactionAsync();
        await AskAsync(first, round, "agreements");
        var waiting = AskAsync(second, round, "roads");
        await transaction.CommitAsync();
        await waiting;

        (await country.QueryAsync("select distinct asked from round_unit", r => r.GetInt32(0))).ShouldBe([2]);
        (await country.VerifyAsync()).ShouldBeEmpty();
    }

    private static async Task AskAsync(NpgsqlConnection connection, Guid round, string form)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into submission (lao_id, submission_id, round_id, form_id, form_version, fiscal_year)
            select lao_id, gen_random_uuid(), round_id, $2, 1, 2563 from round_roster where round_id = $1
            """,
            connection
        );
        command.Parameters.Add(new() { Value = round });
        command.Parameters.Add(new() { Value = form });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Statements of one to six submissions in any order; a state that changed meanwhile is read again.</summary>
    private static async Task<int> MoveAsync(ProgressCountry country, List<Asked> asked, int seed)
    {
        var random = new Random(seed);
        var at = new DateTimeOffset(2020, 6, 1, 0, 0, 0, TimeSpan.Zero);
        var moved = 0;
        await using var connection = await country.Owner.OpenConnectionAsync();
        for (var i = 0; i < 60; i++)
        {
            var chosen = random.GetItems(asked.ToArray(), 1 + (random.Next(4) == 0 ? random.Next(6) : 0)).Distinct();
            var events = new List<Event>();
            foreach (var submission in chosen)
            {
                events.Add(await NextAsync(connection, submission, at.AddDays(random.Next(30))));
            }
            try
            {
                await ProgressCountry.InsertAsync(connection, events);
                moved++;
            }
            catch (PostgresException e) when (e.SqlState is "TH006" or PostgresErrorCodes.UniqueViolation)
            {
                // somebody else moved one of them between reading and writing
            }
        }
        return moved;
    }

    private static async Task<Event> NextAsync(NpgsqlConnection connection, Asked submission, DateTimeOffset at)
    {
        await using var command = new NpgsqlCommand(
            "select state, event_count from submission where lao_id = $1 and submission_id = $2",
            connection
        );
        command.Parameters.Add(new() { Value = submission.LaoId });
        command.Parameters.Add(new() { Value = submission.SubmissionId });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var (state, number) = (reader.GetString(0), reader.GetInt32(1) + 1);
        return state switch
        {
            "not_started" => new(submission, number, at, "save", state, "in_progress"),
            "recorded" => new(submission, number, at, "return", state, "returned", "แก้ไข"),
            _ => new(submission, number, at, "submit", state, "recorded"),
        };
    }
}

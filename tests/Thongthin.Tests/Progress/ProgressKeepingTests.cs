using Npgsql;

namespace Thongthin.Tests.Progress;

/// <summary>What the database keeps, against a recount of the same histories in C#.</summary>
public sealed class ProgressKeepingTests
{
    [Theory]
    [InlineData(1, "recorded", 1)]
    [InlineData(2, "recorded", 3)]
    [InlineData(3, "certified", 1)]
    [InlineData(4, "certified", 3)]
    [InlineData(5, "recorded", 2)]
    [InlineData(6, "certified", 2)]
    public async Task Events_SingleOrInBulk_KeepWhatARecountFinds(int seed, string doneMeans, int formCount)
    {
        var country = await ProgressCountry.CreateSmallAsync();
        string[] forms = [.. new[] { "agreements", "roads", "water" }.Take(formCount)];
        var round = await country.AddRoundAsync("agreements-2563", doneMeans, 2563, forms);
        await country.AddRoundAsync("other", doneMeans, 2564, forms);
        var asked = await country.SubmissionsAsync(round);
        var recount = new ProgressRecount(country, doneMeans == "certified", asked);
        var history = new RandomHistory(seed, recount, asked);

        for (var step = 0; step < 40; step++)
        {
            var events = history.Take(step % 3 == 0 ? 1 + history.Next(60) : 1);
            await (step % 2 == 0 ? country.AddEventsAsync(events) : country.CopyEventsAsync(events));
            recount.Add(events);
            if (step % 10 == 9)
            {
                await ShouldAgreeAsync(country, round, recount);
            }
        }

        (await country.VerifyAsync()).ShouldBeEmpty();
        foreach (var day in recount.Days)
        {
            await AsOfShouldAgreeAsync(country, round, recount, day);
        }
    }

    [Fact]
    public async Task OpeningARound_CountsEverySubmissionAsNotStarted()
    {
        var country = await ProgressCountry.CreateSmallAsync();
        var round = await country.AddRoundAsync("agreements-2563", "recorded", 2563, "agreements", "roads");

        var kept = await country.QueryAsync(
            "select sum(not_started), sum(in_progress + recorded + certified + returned + exempt) from progress_count where round_id = $1",
            r => (r.GetInt64(0), r.GetInt64(1)),
            round
        );
        kept.ShouldBe([(2L * country.Laos.Count, 0L)]);
        (
            await country.QueryAsync(
                "select distinct asked, done, state from round_unit",
                r => (r.GetInt32(0), r.GetInt32(1), r.GetString(2))
            )
        ).ShouldBe([(2, 0, "not_started")]);
        (await country.VerifyAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task AllFormsExempt_TakesTheLaoOutOfTheCount_AndSomeDoneWithTheRestExempt_IsDone()
    {
        var country = await ProgressCountry.CreateSmallAsync();
        var round = await country.AddRoundAsync("agreements-2563", "recorded", 2563, "agreements", "roads");
        var asked = await country.SubmissionsAsync(round);
        var at = new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero);
        var (first, second) = (country.Laos[0].LaoId, country.Laos[1].LaoId);
        Asked Of(int lao, string form) => asked.Single(a => a.LaoId == lao && a.FormId == form);

        await country.AddEventsAsync([
            new(Of(first, "agreements"), 1, at, "exempt", "not_started", "exempt", "ยุบรวม"),
            new(Of(first, "roads"), 1, at, "exempt", "not_started", "exempt", "ยุบรวม"),
            new(Of(second, "agreements"), 1, at, "exempt", "not_started", "exempt", "ไม่เกี่ยวข้อง"),
            new(Of(second, "roads"), 1, at, "nil", "not_started", "recorded"),
        ]);

        (
            await country.QueryAsync(
                "select lao_id, is_done, is_exempt from unit_progress($1, null, null) where is_done or is_exempt order by 1",
                r => (r.GetInt32(0), r.GetBoolean(1), r.GetBoolean(2)),
                round
            )
        ).ShouldBe([(first, false, true), (second, true, false)]);
    }

    [Fact]
    public async Task OneEvent_TouchesFewRowsAndReadsNoTableWhole()
    {
        var country = await ProgressCountry.CreateAsync(
            from n in Enumerable.Range(0, 400)
            select new LaoSpec("สมมติ", $"อำเภอ{n}", "sao", $"ตำบล{n}")
        );
        var round = await country.AddRoundAsync("agreements-2563", "recorded", 2563, "agreements");
        var asked = await country.SubmissionsAsync(round);
        await country.ExecuteAsync("analyze");
        // the counters of a session that has done nothing yet
        await using var connection = new NpgsqlConnection(country.Database.OwnerConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();

        await ProgressCountry.InsertAsync(
            connection,
            [
                new(
                    asked[77],
                    1,
                    new DateTimeOffset(2020, 6, 1, 0, 0, 0, TimeSpan.Zero),
                    "nil",
                    "not_started",
                    "recorded"
                ),
            ]
        );

        await using var command = new NpgsqlCommand(
            """
            select relname, n_tup_ins, n_tup_upd, n_tup_del, seq_tup_read
            from pg_stat_xact_user_tables
            where n_tup_ins + n_tup_upd + n_tup_del > 0 or seq_tup_read > 0 order by relname
            """,
            connection
        );
        await using var reader = await command.ExecuteReaderAsync();
        var touched = new List<(string, long, long, long, long)>();
        while (await reader.ReadAsync())
        {
            touched.Add(
                (reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4))
            );
        }
        touched
            .Select(t => (t.Item1, t.Item2, t.Item3, t.Item4))
            .ShouldBe([
                ("progress_count", 0, 1, 0),
                // of the form and of the whole round
                ("progress_day", 2, 0, 0),
                ("round_unit", 0, 1, 0),
                ("submission", 0, 1, 0),
                ("submission_event", 1, 0, 0),
            ]);
        touched.ShouldAllBe(t => t.Item5 < 5);
    }

    private static async Task ShouldAgreeAsync(ProgressCountry country, Guid round, ProgressRecount recount)
    {
        var counts = await country.QueryAsync(
            """
            select form_id, district_id, kind, array[not_started, in_progress, recorded, certified, returned, exempt]
            from progress_count where round_id = $1
            """,
            r => ((r.GetString(0), r.GetInt32(1), r.GetString(2)), r.GetFieldValue<int[]>(3)),
            round
        );
        var expected = recount.Counts();
        counts.Count.ShouldBe(expected.Count);
        foreach (var (key, kept) in counts)
        {
            kept.ShouldBe(expected[key], key.ToString());
        }

        var units = await country.QueryAsync(
            "select lao_id, asked, done, exempt, state from round_unit where round_id = $1",
            r => (r.GetInt32(0), (r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetString(4))),
            round
        );
        units.ToDictionary().ShouldBe(recount.Units(), ignoreOrder: true);
    }

    private static async Task AsOfShouldAgreeAsync(
        ProgressCountry country,
        Guid round,
        ProgressRecount recount,
        DateOnly day
    )
    {
        string[] all = [.. recount.Forms];
        var whole = await AsOfAsync(country, round, null, day);
        whole.ShouldBe(recount.AsOf(day, all), ignoreOrder: true, $"{day:O}");
        foreach (var form in all)
        {
            var one = await AsOfAsync(country, round, [form], day);
            one.ShouldBe(recount.AsOf(day, [form]), ignoreOrder: true, $"{form} {day:O}");
        }
        if (all.Length > 2)
        {
            var two = await AsOfAsync(country, round, all[..2], day);
            two.ShouldBe(recount.AsOf(day, all[..2]), ignoreOrder: true, $"two {day:O}");
        }
    }

    private static async Task<Dictionary<int, (bool, bool)>> AsOfAsync(
        ProgressCountry country,
        Guid round,
        string[]? forms,
        DateOnly day
    )
    {
        var rows = await country.QueryAsync(
            "select lao_id, is_done, is_exempt from unit_progress($1, nullif($2, '{}'::text[]), $3)",
            r => (r.GetInt32(0), (r.GetBoolean(1), r.GetBoolean(2))),
            round,
            forms ?? [],
            day
        );
        return rows.ToDictionary();
    }
}

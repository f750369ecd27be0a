using System.Globalization;
using Npgsql;
using Thongthin.Features.Demonstration;
using Thongthin.Platform.Thai;
using Thongthin.Startup;
using Thongthin.Startup.Commands;
using Thongthin.Tests.Print;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Demonstration;

/// <summary>One country for all tests of this class: loading it is what takes the time.</summary>
public sealed class DemonstrationCountryFixture : IAsyncLifetime
{
    public NpgsqlDataSource Owner { get; private set; } = null!;

    internal TestDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var database = await TestServer.CreateDatabaseAsync();
        await DemonstrationCountry.LoadAsync(
            database.OwnerConnectionString,
            "invented-password-1",
            TimeProvider.System,
            _ => { },
            CancellationToken.None
        );
        Database = database;
        Owner = NpgsqlDataSource.Create(database.OwnerConnectionString);
    }

    public ValueTask DisposeAsync() => Owner.DisposeAsync();
}

public sealed class DemonstrationCountryTests(DemonstrationCountryFixture country)
    : IClassFixture<DemonstrationCountryFixture>
{
    [Fact]
    public async Task Agreements2563_OnTheReportedDay_AreDonePerProvinceAsPrinted()
    {
        var kept = await RowsAsync(
            """
            select r.province_th, count(distinct r.lao_id), coalesce(sum(d.done_delta), 0)
            from round_roster r
            join round o using (round_id)
            left join progress_day d on d.round_id = r.round_id and d.lao_id = r.lao_id and d.form_id is null
                and d.day <= '2020-06-11'
            where o.slug = 'agreements-2563'
            group by r.province_th, r.province_order
            order by r.province_order
            """
        );
        var printed = DemonstrationData.Rows(
            "data/progress-2563-06-11-national.csv",
            r => $"{r("province_th")}|{r("lao_count")}|{r("recorded")}"
        );
        kept.ShouldBe(printed);
    }

    [Fact]
    public async Task Agreements2563_OnTheReportedDay_AreDoneInUttaraditAsPrinted()
    {
        var kept = await RowsAsync(
            """
            select r.district_th, r.abbreviation_th, coalesce(sum(d.done_delta), 0) = 1
            from round_roster r
            join round o using (round_id)
            left join progress_day d on d.round_id = r.round_id and d.lao_id = r.lao_id and d.form_id is null
                and d.day <= '2020-06-11'
            where o.slug = 'agreements-2563' and r.province_th = 'อุตรดิตถ์'
            group by r.district_th, r.district_order, r.abbreviation_th, r.report_order
            order by r.district_order, r.report_order
            """
        );
        var printed = DemonstrationData.Rows(
            "data/progress-2563-06-11-uttaradit.csv",
            r =>
                $"{r("district_th")}|{r("lao_abbrev")}{r("lao_name_th")}|{(bool.Parse(r("recorded")) ? "True" : "False")}"
        );
        kept.ShouldBe(printed);
    }

    [Fact]
    public async Task VerbNational_OnTheReportedDay_PrintsTheNationalTableOfTheLetter()
    {
        var printed = DemonstrationData.Rows(
            "data/progress-2563-06-11-national.csv",
            r =>
            {
                var (laos, recorded) = (Number(r("lao_count")), Number(r("recorded")));
                var percent = Math.Round(100m * recorded / laos, 2, MidpointRounding.AwayFromZero);
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{r("no")},{r("province_th")},{laos},{recorded},{laos - recorded},{percent:0.00}"
                );
            }
        );
        printed.Count.ShouldBe(76);
        (await ProgressAsync("national")).ShouldBe([
            "no,province_th,lao_count,recorded,not_recorded,percent",
            .. printed,
        ]);
    }

    [Fact]
    public async Task VerbProvince_OnTheReportedDay_PrintsTheProvincialTableOfTheLetter()
    {
        var printed = DemonstrationData.Rows(
            "data/progress-2563-06-11-uttaradit.csv",
            r => $"{r("no")},{r("district_th")},{r("lao_abbrev")}{r("lao_name_th")},{r("recorded")}"
        );
        printed.Count.ShouldBe(80);
        (await ProgressAsync("province", "--unit", "53")).ShouldBe(["no,district_th,lao,recorded", .. printed]);
    }

    [Fact]
    public async Task VerbNational_AsPdf_HasTheTableOfTheLetterOnNumberedPages()
    {
        await ChromiumFamily.PathAsync();
        var figures = DemonstrationData.Rows(
            "data/progress-2563-06-11-national.csv",
            r =>
            {
                var (laos, recorded) = (Number(r("lao_count")), Number(r("recorded")));
                return ThaiDigits.ToThai(
                    string.Create(CultureInfo.InvariantCulture, $"{laos}{recorded}{laos - recorded}")
                );
            }
        );

        var pages = PdfPages.Read(await File.ReadAllBytesAsync(await ProgressFileAsync("pdf", "national")));

        pages.Count.ShouldBeGreaterThan(1);
        var text = string.Concat(pages);
        figures.Count.ShouldBe(76);
        figures.Where(row => !text.Contains(row, StringComparison.Ordinal)).ShouldBeEmpty();
        // the header stands on every page, the number on every page but the first
        pages.ShouldAllBe(page => page.Contains("อปท.(แห่ง)", StringComparison.Ordinal));
        pages[0].ShouldStartWith("ตาราง");
        pages[1].ShouldStartWith("๒");
        pages[^1].ShouldStartWith(ThaiDigits.ToThai(pages.Count.ToString(CultureInfo.InvariantCulture)));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>What the verb writes, line by line.</summary>
    private async Task<string[]> ProgressAsync(params string[] arguments) =>
        await File.ReadAllLinesAsync(await ProgressFileAsync("csv", arguments));

    /// <summary>The file that the verb writes.</summary>
    private async Task<string> ProgressFileAsync(string format, params string[] arguments)
    {
        var file = Path.Combine(TemporaryFolder.Create(), "table." + format);
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(
            [
                "progress",
                .. arguments,
                "--round",
                "agreements-2563",
                "--as-of",
                "2563-06-11",
                "--format",
                format,
                "--out",
                file,
            ],
            new CommandServices
            {
                Out = TextWriter.Null,
                Error = error,
                TimeProvider = TimeProvider.System,
                DatabaseSettings = () =>
                    DatabaseSettings.FromEnvironment() with
                    {
                        ConnectionString = country.Database.ConnectionString,
                        OwnerConnectionString = country.Database.OwnerConnectionString,
                    },
            },
            CancellationToken.None
        );
        code.ShouldBe(CommandLine.Done, error.ToString());
        return file;
    }

    [Fact]
    public async Task Answers_ThatWereSubmitted_BreakNoBlockingRule()
    {
        var broken = await RowsAsync(
            """
            select s.form_id, s.fiscal_year, s.state, a.blocking_issues, count(*)
            from answer_sheet a join submission s using (lao_id, submission_id)
            where a.blocking_issues > 0 and s.state <> 'in_progress'
            group by s.form_id, s.fiscal_year, s.state, a.blocking_issues
            """
        );
        broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answers_OfUttaradit_AreThereForEverySubmissionThatWasStartedAndIsNotNil() =>
        (
            await RowsAsync(
                """
                select s.lao_id, s.form_id, s.fiscal_year, s.state
                from submission s join round_roster r using (round_id, lao_id)
                where r.province_th = 'อุตรดิตถ์' and s.state <> 'not_started' and not s.is_nil
                  and not exists (select from answer_sheet a where a.lao_id = s.lao_id and a.submission_id = s.submission_id)
                  and exists (select from submission_event e where e.lao_id = s.lao_id and e.submission_id = s.submission_id
                      and e.action = 'submit')
                """
            )
        ).ShouldBeEmpty();

    [Fact]
    public async Task Answers_OfEveryFormOfARound_AreThere() =>
        (
            await RowsAsync(
                """
                select o.slug, f.form_id
                from round_form f join round o using (round_id)
                where not exists (select from submission s join answer_sheet a using (lao_id, submission_id)
                    where s.round_id = f.round_id and s.form_id = f.form_id)
                """
            )
        ).ShouldBeEmpty();

    [Fact]
    public async Task Mistakes_ArePlanted_ErrorsInDraftsAndOutliersInWhatWasSubmitted() =>
        (
            await RowsAsync(
                """
                select count(*) filter (where s.state = 'in_progress' and a.blocking_issues > 0) > 10,
                    count(*) filter (where s.state in ('recorded', 'certified') and a.warnings > 0) > 50,
                    (count(*) filter (where s.state in ('recorded', 'certified') and a.warnings > 0))::float8 / count(*) < 0.1
                from answer_sheet a join submission s using (lao_id, submission_id)
                """
            )
        ).ShouldBe(["True|True|True"]);

    [Fact]
    public async Task Info2564_IsDoneInAllSectorsByNearlyEverybody() =>
        (
            await RowsAsync(
                """
                select min(u.asked), max(u.asked), avg(u.is_done::int) between 0.97 and 0.99
                from round_unit u join round o using (round_id) where o.slug = 'info-2564'
                """
            )
        ).ShouldBe(["9|9|True"]);

    [Fact]
    public async Task Certificates_OfUttaradit_AreThereForEveryCertifiedSubmission() =>
        (
            await RowsAsync(
                """
                select count(*) > 100, count(*) filter (where c.sha256 = sha256(c.content)) = count(*)
                from submission s join round_roster r using (round_id, lao_id)
                left join certificate c on c.lao_id = s.lao_id and c.submission_id = s.submission_id
                where r.province_th = 'อุตรดิตถ์' and s.state = 'certified'
                """
            )
        ).ShouldBe(["True|True"]);

    [Fact]
    public async Task KeptProgress_AfterTheLoad_EqualsARecount() =>
        (await RowsAsync("select what, round_slug, key, kept, recounted from verify_progress()")).ShouldBeEmpty();

    [Fact]
    public async Task Routing_OfTheRoster_HasTheCountsOfTheLetters() =>
        (
            await RowsAsync(
                """
                select count(*) filter (where kind in ('pao', 'city_municipality', 'town_municipality'))
                    + (select count(*) from unit_version where kind = 'district'),
                    count(*) filter (where kind in ('subdistrict_municipality', 'sao')), count(*)
                from unit_version where kind not in ('department', 'province', 'district')
                """
            )
        ).ShouldBe(["1179|7549|7850"]);

    private async Task<List<string>> RowsAsync(string sql)
    {
        await using var command = country.Owner.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }
        return rows;
    }
}

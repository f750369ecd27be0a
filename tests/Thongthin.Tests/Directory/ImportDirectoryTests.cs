using System.Globalization;
using Thongthin.Features.Directory;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Units;

/// <summary>The registry is taken over into a database of its own for each test: it changes the whole directory.</summary>
public sealed class ImportDirectoryTests
{
    private static readonly DateOnly Day = new(2019, 9, 30);

    [Fact]
    public async Task Import_IntoAnEmptyDirectory_MakesOfficesAndLaos()
    {
        var data = await TestData.CreateAsync();
        var result = await ImportAsync(data, Excerpt());
        result.Errors.ShouldBeEmpty();
        (result.Rows, result.Created, result.Offices, result.Saved).ShouldBe(
            (Lines().Length - 1, result.Rows, 955, true)
        );
        result.Warnings.Count(w => w.Code == "code_kind").ShouldBe(2);
        result.Warnings.Count(w => w.Code == "code_district").ShouldBe(3);
        (await CountAsync(data, "unit_version where kind = 'sao' and name_th = 'สมมติตอ'")).ShouldBe(2);
        (
            await CountAsync(data, "unit_version where kind = 'special' and abbreviation_th = 'เมืองสมมติพัทยา'")
        ).ShouldBe(1);
        (await CountAsync(data, "unit_version where code = '05530356' and name_th = 'สมมติปลา'")).ShouldBe(1);
        (await CountAsync(data, "audit_event where action = 'directory_imported'")).ShouldBe(1);
    }

    [Fact]
    public async Task Import_SupervisesSmallLaosByTheDistrictAndOthersByTheProvince()
    {
        var data = await TestData.CreateAsync();
        await ImportAsync(data, Excerpt());
        (
            await CountAsync(
                data,
                """
                unit_version v join supervision s on s.lao_id = v.unit_id
                where s.supervising_unit_id <> case when v.kind in ('subdistrict_municipality', 'sao')
                    then v.district_id else v.province_id end
                """
            )
        ).ShouldBe(0);
        (await CountAsync(data, "supervision")).ShouldBe(Lines().Length - 1);
    }

    [Fact]
    public async Task Import_StoresAreaAndCoordinates_AndAnOlderRegistryDoesNotReplaceThem()
    {
        var data = await TestData.CreateAsync();
        var result = await ImportAsync(data, Excerpt());
        (result.Places, result.PlacesLeftOut).ShouldBe((new PlaceCount(21, 20), new PlaceCount(4, 0)));
        (await PlaceAsync(data, "06530451")).ShouldBe("287.4 17.72 100.75 2019-09-30");
        // the area of millions is left out, its coordinates are not
        (await PlaceAsync(data, "06530156")).ShouldBe("- 17.7 100.2 2019-09-30");
        (await PlaceAsync(data, "06530453")).ShouldBe("- - - -");

        var later = Table(
            Lines()
                .Select(l =>
                    l.Replace("287.4,17.72,100.75", "290.1,,", StringComparison.Ordinal)
                        .Replace(
                            "06530453,SAO,เด่นสมมติ,53,อุตรดิตถ์,5304,น้ำปาด,,,",
                            "06530453,SAO,เด่นสมมติ,53,อุตรดิตถ์,5304,น้ำปาด,12.5,,",
                            StringComparison.Ordinal
                        )
                )
        );
        (await ImportAsync(data, later, new DateOnly(2019, 12, 1))).Changed.ShouldBe(0);
        (await PlaceAsync(data, "06530451")).ShouldBe("290.1 17.72 100.75 2019-12-01");
        (await PlaceAsync(data, "06530453")).ShouldBe("12.5 - - 2019-12-01");

        await ImportAsync(data, Excerpt());
        (await PlaceAsync(data, "06530451")).ShouldBe("290.1 17.72 100.75 2019-12-01");
    }

    private static async Task<string> PlaceAsync(TestData data, string code) =>
        (string)
            (
                await data.ScalarAsync(
                    TestData.JobActor(),
                    $"""
                    select concat_ws(' ', coalesce(area_km2::text, '-'), coalesce(latitude::text, '-'),
                        coalesce(longitude::text, '-'), coalesce(place_as_of::text, '-'))
                    from unit join unit_version using (unit_id) where code = '{code}'
                    """
                )
            )!;

    [Fact]
    public async Task Import_OfTheSameAgain_ChangesNothing()
    {
        var data = await TestData.CreateAsync();
        await ImportAsync(data, Excerpt());
        var again = await ImportAsync(data, Excerpt());
        (again.Created, again.Changed, again.Unchanged, again.NotMentioned).ShouldBe((0, 0, again.Rows, 0));
    }

    [Fact]
    public async Task Import_OfALaterRegistry_DatesWhatChanged()
    {
        var data = await TestData.CreateAsync();
        await ImportAsync(data, Excerpt());
        var later = Table(
            Lines()
                .Select(l =>
                    l.Contains("SAO,เด่นสมมติ", StringComparison.Ordinal)
                        ? l.Replace("SAO,เด่นสมมติ", "SUBDISTRICT_MUNICIPALITY,เด่นใหม่", StringComparison.Ordinal)
                    : l.Contains("TOWN_MUNICIPALITY,สมมติแสน", StringComparison.Ordinal)
                        ? l.Replace("TOWN_", "CITY_", StringComparison.Ordinal)
                    : l
                )
                .Where(l => !l.Contains("SAO,ไผ่สมมติ", StringComparison.Ordinal))
                .Append("6530499,06530499,SAO,สมมติเกิดใหม่,53,อุตรดิตถ์,5304,น้ำปาด,,,")
        );
        var result = await ImportAsync(data, later, new DateOnly(2019, 12, 1));
        result.Errors.ShouldBeEmpty();
        (result.Created, result.Changed, result.NotMentioned).ShouldBe((1, 2, 1));
        (
            await data.ScalarAsync(
                TestData.JobActor(),
                """
                select string_agg(abbreviation_th || ' ' || valid_from || ' ' || coalesce(valid_to::text, '-'), ', ' order by valid_from)
                from unit_version where unit_id = (select unit_id from unit_version where name_th = 'เด่นสมมติ')
                """
            )
        ).ShouldBe("อบต.เด่นสมมติ 2019-09-30 2019-12-01, ทต.เด่นใหม่ 2019-12-01 -");
    }

    [Fact]
    public async Task Import_OfAnOlderRegistry_NamesTheLinesThatChangedSince()
    {
        var data = await TestData.CreateAsync();
        await ImportAsync(data, Excerpt());
        var older = await ImportAsync(data, Excerpt(), new DateOnly(2018, 9, 30));
        older.Saved.ShouldBeFalse();
        older.Errors.Count.ShouldBe(older.Rows);
        older.Errors.ShouldAllBe(e => e.Code == "later_version");
    }

    [Fact]
    public async Task Import_WithOneBadLine_SavesNothingAndNamesIt()
    {
        var data = await TestData.CreateAsync();
        var lines = Lines();
        lines[7] = lines[7].Replace("SAO", "VILLAGE", StringComparison.Ordinal);
        var result = await ImportAsync(data, Table(lines));
        result.Saved.ShouldBeFalse();
        result.Errors.ShouldHaveSingleItem().Line.ShouldBe(8);
        (await CountAsync(data, "unit")).ShouldBe(0);
        (await CountAsync(data, "unit_event")).ShouldBe(0);
    }

    [Fact]
    public async Task Import_AsADryRun_CountsAndSavesNothing()
    {
        var data = await TestData.CreateAsync();
        var result = await ImportAsync(data, Excerpt(), dryRun: true);
        (result.Created, result.Saved).ShouldBe((result.Rows, false));
        (await CountAsync(data, "unit")).ShouldBe(0);
    }

    [Theory]
    [InlineData("2021-01-01", "unit_event_in_future")] // tests happen in January 2020
    [InlineData("2002-10-08", "registry_too_early")]
    public async Task Import_AsOfADayThatCannotBe_IsRefused(string day, string code)
    {
        var data = await TestData.OpenAsync();
        var refusal = await Should.ThrowAsync<Refusal>(() =>
            ImportAsync(data, Excerpt(), DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture))
        );
        refusal.Code.ShouldBe(code);
    }

    [Fact]
    public async Task Import_ByAProvince_IsRefused()
    {
        var data = await TestData.OpenAsync();
        var province = await data.CreateProvinceAsync();
        var person = await data.CreatePersonAsync(province, Role.Administrator);
        await using var session = data.As(person);
        var refusal = await Should.ThrowAsync<Refusal>(() =>
            session
                .Get<ImportDirectory>()
                .ExecuteAsync(session.Actor, Excerpt(), Day, "t", false, CancellationToken.None)
        );
        refusal.Code.ShouldBe("not_allowed");
    }

    private static async Task<ImportResult> ImportAsync(
        TestData data,
        IReadOnlyList<TableRow> table,
        DateOnly? asOf = null,
        bool dryRun = false
    )
    {
        await using var session = data.AsJob();
        return await session
            .Get<ImportDirectory>()
            .ExecuteAsync(session.Actor, table, asOf ?? Day, "registry-excerpt.csv", dryRun, CancellationToken.None);
    }

    private static async Task<long> CountAsync(TestData data, string from) =>
        (long)(await data.ScalarAsync(TestData.JobActor(), "select count(*) from " + from))!;

    private static IReadOnlyList<TableRow> Excerpt() => Table(Lines());

    private static IReadOnlyList<TableRow> Table(IEnumerable<string> lines) =>
        TableReader.Read(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines)), TableLimits.Default).Rows;

    private static string[] Lines() =>
        File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Directory", "registry-excerpt.csv"));
}

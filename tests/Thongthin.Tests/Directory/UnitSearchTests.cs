using Microsoft.EntityFrameworkCore;
using Thongthin.Features.Directory;
using Thongthin.Platform.Thai;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Units;

public sealed class UnitSearchTests
{
    [Theory]
    [InlineData("อบต.แสนตอ", "อบต.แสนตอ")]
    [InlineData("อบต. แสนตอ", "อบต.แสนตอ")]
    [InlineData("อบต แสนตอ", "อบต.แสนตอ")]
    [InlineData("องค์การบริหารส่วนตำบลแสนตอ", "อบต.แสนตอ")]
    [InlineData("องค์การบริหารส่วนตำบล แสนตอ อำเภอน้ำปาด", "อบต.แสนตอ|น้ำปาด")]
    [InlineData("เทศบาลตำบลน้ำปาด อ.น้ำปาด จ.อุตรดิตถ์", "ทต.น้ำปาด|น้ำปาด|อุตรดิตถ์")]
    [InlineData("เทศบาลนครเชียงใหม่", "ทน.เชียงใหม่")]
    [InlineData("สถจ.อุตรดิตถ์", "อุตรดิตถ์")]
    [InlineData("Saen To", "saen|to")]
    [InlineData("Saen To SAO", "saen|to")]
    [InlineData("Nam Pat Subdistrict Municipality", "nam|pat")]
    [InlineData("Nam Pat district office", "nam|pat")]
    [InlineData("SAO", "sao")]
    [InlineData("๖๕๓๐๔๐๖", "06530406")] // Thai digits, and the 0 that a spreadsheet dropped
    [InlineData("06530406", "06530406")]
    [InlineData("  ", "")]
    [InlineData(null, "")]
    public void Terms_AreWhatPeopleMean(string? typed, string expected) =>
        string.Join('|', UnitSearch.Terms(typed)).ShouldBe(expected);

    [Fact]
    public async Task Find_ByNameAbbreviationCodeOrEnglish_FindsTheUnit()
    {
        var (data, district, lao, twin) = await CountryAsync();
        var english = "invented " + lao.NameEn.Split(' ')[1];
        foreach (
            var typed in (string[])
                [
                    lao.NameTh,
                    "อบต." + lao.NameTh,
                    "องค์การบริหารส่วนตำบล" + lao.NameTh,
                    lao.Code!,
                    lao.Code!.TrimStart('0'),
                    ThaiDigits.ToThai(lao.Code!),
                    english,
                    $"{lao.NameTh} {district.NameTh}",
                    $"{district.NameTh} {lao.NameTh}",
                ]
        )
        {
            (await FindAsync(data, typed)).ShouldContain(lao.UnitId, typed);
        }
        (await FindAsync(data, $"{lao.NameTh} {district.NameTh}")).ShouldNotContain(twin.UnitId);
        (await FindAsync(data, lao.NameTh)).Take(2).ShouldBe([lao.UnitId, twin.UnitId], ignoreOrder: true);
    }

    [Fact]
    public async Task Find_WithAMistypedName_ShowsWhatIsLikeIt()
    {
        var data = await TestData.OpenAsync();
        var district = await data.CreateDistrictAsync(await data.CreateProvinceAsync());
        var lao = await data.CreateLaoAsync(district, name: "หนองกระทุ่มงาม" + TestData.Next());
        (await FindAsync(data, "หนองกระทุมงาม")).ShouldContain(lao.UnitId);
        (await FindAsync(data, "ฮฮฮฮฮฮ")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Find_WithSignsOfPatterns_TakesThemAsText()
    {
        var (data, _, lao, _) = await CountryAsync();
        (await FindAsync(data, "%")).ShouldBeEmpty();
        await using var session = data.AsJob();
        var like = session
            .Get<DirectoryQueries>()
            .Find(new UnitFilter(lao.NameTh[..^1] + "_"), BangkokTime.Day(TestData.Noon));
        (await like.ToListAsync()).ShouldAllBe(r => r.Rank < 1);
        (await FindAsync(data, @"\")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Find_ByAFormerName_FindsNothingToday()
    {
        var (data, _, lao, _) = await CountryAsync();
        var former = "เดิม" + TestData.Next();
        await data.ExecuteAsync(
            TestData.JobActor(),
            "update unit_version set valid_from = '2010-01-01' where unit_id = $1",
            lao.UnitId
        );
        await data.ExecuteAsync(
            TestData.JobActor(),
            """
            insert into unit_version (unit_version_id, unit_id, valid_from, valid_to, kind, name_th, abbreviation_th, province_id, district_id)
            values ($1, $2, '1990-10-01', '2010-01-01', 'sao', $3, 'อบต.' || $3, $4, $5)
            """,
            Guid.CreateVersion7(),
            lao.UnitId,
            former,
            lao.ProvinceId,
            lao.DistrictId
        );
        (await FindAsync(data, former)).ShouldNotContain(lao.UnitId);
        await using var session = data.AsJob();
        var then = session.Get<DirectoryQueries>().Find(new UnitFilter(former), new DateOnly(2005, 1, 1));
        (await then.ToListAsync()).ShouldHaveSingleItem().AbbreviationTh.ShouldBe("อบต." + former);
    }

    private static async Task<(TestData Data, TestUnit District, TestUnit Lao, TestUnit Twin)> CountryAsync()
    {
        var data = await TestData.OpenAsync();
        var province = await data.CreateProvinceAsync("ค้นหา" + TestData.Next());
        var district = await data.CreateDistrictAsync(province, "อำเภอค้น" + TestData.Next() + "ก");
        var other = await data.CreateDistrictAsync(province, "อำเภอหา" + TestData.Next() + "ข");
        var lao = await data.CreateLaoAsync(district, name: "แสนค้น" + TestData.Next() + "ง");
        return (data, district, lao, await data.CreateLaoAsync(other, name: lao.NameTh));
    }

    private static async Task<IReadOnlyList<int>> FindAsync(TestData data, string typed)
    {
        await using var session = data.AsJob();
        var rows = session.Get<DirectoryQueries>().Find(new UnitFilter(typed), BangkokTime.Day(TestData.Noon));
        return await rows.Select(r => r.UnitId).ToListAsync();
    }
}

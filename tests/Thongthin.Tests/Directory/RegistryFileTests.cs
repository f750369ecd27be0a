using System.Globalization;
using System.Text;
using Thongthin.Features.Directory;
using Thongthin.Platform.Spreadsheets;

namespace Thongthin.Tests.Units;

public sealed class RegistryFileTests
{
    private const string Header =
        "dla_code7,dla_code8,kind,name_th,province_code,province_th,district_tis_code,district_th,area_km2_raw,lat,lon";

    private static readonly OfficeRow[] Offices =
    [
        new(1, UnitKind.Province, "53", "อุตรดิตถ์", "Uttaradit", null, 73),
        new(2, UnitKind.Province, "52", "ลำปาง", "Lampang", null, 52),
        new(3, UnitKind.District, "5304", "น้ำปาด", "Nam Pat", 1, 5),
        new(4, UnitKind.District, "5203", "เกาะคา", "Ko Kha", 2, 3),
    ];

    [Theory]
    [InlineData("6530451,06530451")]
    [InlineData("6530451,")] // the leading 0 was dropped, and nothing else is there
    [InlineData(",06530451")]
    [InlineData("06530451,06530451")]
    public void Code_OfSevenOrEightDigits_IsRead(string codes) =>
        Read($"{codes},SAO,สมมติ,53,อุตรดิตถ์,5304,น้ำปาด,,,").Rows.ShouldHaveSingleItem().Code.ShouldBe("06530451");

    [Theory]
    [InlineData("6530451,06530451,SAO,สมมติ,53,อุตรดิตถ์,5304,น้ำปาด,70370150,,", "")]
    [InlineData("6530451,06530451,VILLAGE,สมมติ,53,อุตรดิตถ์,5304,น้ำปาด,,,", "kind_unknown VILLAGE")]
    [InlineData("6530451,06530451,SAO,,53,อุตรดิตถ์,5304,น้ำปาด,,,", "name_missing")]
    [InlineData("6530451,06530451,SAO,สมมติ,99,อุตรดิตถ์,5304,น้ำปาด,,,", "province_unknown 99")]
    [InlineData("6530451,06530451,SAO,สมมติ,53,อุตรดิตถ์,5399,น้ำปาด,,,", "district_unknown 5399")]
    [InlineData("6530451,06530451,SAO,สมมติ,53,อุตรดิตถ์,5203,เกาะคา,,,", "district_not_in_province เกาะคา อุตรดิตถ์")]
    [InlineData("6530451,06530451,SAO,สมมติ,53,ลำปาง,5304,น้ำปาด,,,", "place_name ลำปาง 53 อุตรดิตถ์")]
    [InlineData(",,SAO,สมมติ,53,อุตรดิตถ์,5304,น้ำปาด,,,", "code_missing")]
    [InlineData("653045,,SAO,สมมติ,53,อุตรดิตถ์,5304,น้ำปาด,,,", "code_format 653045")]
    [InlineData("6530452,06530451,SAO,สมมติ,53,อุตรดิตถ์,5304,น้ำปาด,,,", "codes_differ 06530451 06530452")]
    public void Line_WithAMistake_IsNamedWithItsLine(string line, string finding)
    {
        var reading = Read(line);
        reading
            .Errors.Select(e => $"{e.Line} {e.Code} {string.Join(' ', e.Arguments)}".TrimEnd())
            .ShouldBe(finding.Length == 0 ? [] : [$"2 {finding}"]);
        reading.Rows.Count.ShouldBe(finding.Length == 0 ? 1 : 0);
    }

    [Fact]
    public void Line_WithSeveralMistakes_NamesAll() =>
        Read("x,,VILLAGE,,99,,5399,,,,")
            .Errors.Select(e => e.Code)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["code_format", "district_unknown", "kind_unknown", "name_missing", "province_unknown"]);

    [Fact]
    public void Duplicates_NameTheLineOfTheFirst() =>
        Read(
            "6530451,06530451,SAO,สมมติ,53,อุตรดิตถ์,5304,น้ำปาด,,,",
            "6530452,06530452,SAO,สมมติ,53,อุตรดิตถ์,5304,น้ำปาด,,,",
            "6530451,06530451,SAO,สมมติสอง,53,อุตรดิตถ์,5304,น้ำปาด,,,",
            "5530453,05530453,SUBDISTRICT_MUNICIPALITY,สมมติ,53,อุตรดิตถ์,5304,น้ำปาด,,,"
        )
            .Errors.Select(e => $"{e.Line} {e.Code} {string.Join(' ', e.Arguments)}")
            .ShouldBe(["3 duplicate_name อบต.สมมติ 2", "4 duplicate_code 06530451 2"]);

    [Fact]
    public void Codes_ThatDisagree_AreWarnedOfAndRead()
    {
        var reading = Read(
            "5530451,05530451,SAO,สมมติ,53,อุตรดิตถ์,5304,น้ำปาด,,,",
            "6530152,06530152,SAO,สมมติสอง,53,อุตรดิตถ์,5304,น้ำปาด,,,",
            "3530453,03530453,SPECIAL,เมืองสมมติ,53,อุตรดิตถ์,5304,น้ำปาด,,,"
        );
        reading.Errors.ShouldBeEmpty();
        reading.Rows.Count.ShouldBe(3);
        reading.Warnings.Select(w => $"{w.Line} {w.Code}").ShouldBe(["2 code_kind", "3 code_district", "4 code_kind"]);
    }

    [Theory]
    [InlineData("SAO", "287.4,17.72,100.75", "287.4 17.72 100.75")]
    [InlineData("SAO", "\"1,086\",,", "1086")]
    [InlineData("SAO", ",17.72,100.75", "17.72 100.75")]
    [InlineData("SAO", ",,", "")]
    // 38,437 rai or 70 million square metres: no unit is written, none is guessed
    [InlineData("SAO", "38437,,", "", 1)]
    [InlineData("SAO", "70370150,17.7,100.2", "17.7 100.2", 1)]
    [InlineData("SAO", "0,,", "", 1)]
    [InlineData("SAO", "-5,,", "", 1)]
    [InlineData("SAO", "ไม่ทราบ,,", "", 1)]
    // an อบจ. has the area of a province, and nobody else has
    [InlineData("PAO", "7838.592,,", "7838.592")]
    [InlineData("SAO", "7838.592,,", "", 1)]
    [InlineData("PAO", "0.01,,", "", 1)]
    // outside the country, or one without the other
    [InlineData("SAO", ",5,97", "", 0, 1)]
    [InlineData("SAO", ",100.75,17.72", "", 0, 1)]
    [InlineData("SAO", ",17.72,", "", 0, 1)]
    public void AreaAndCoordinates_AreTakenWhereTheyCanBeBelieved(
        string kind,
        string written,
        string taken,
        int areasLeftOut = 0,
        int coordinatesLeftOut = 0
    )
    {
        var reading = Read($"6530451,06530451,{kind},สมมติ,53,อุตรดิตถ์,5304,น้ำปาด,{written}");

        var place = reading.Rows.ShouldHaveSingleItem().Place;
        string.Create(CultureInfo.InvariantCulture, $"{place.AreaKm2} {place.Latitude} {place.Longitude}")
            .Trim()
            .ShouldBe(taken);
        reading.PlacesLeftOut.ShouldBe(new PlaceCount(areasLeftOut, coordinatesLeftOut));
        reading.Errors.ShouldBeEmpty();
        reading.Warnings.ShouldAllBe(w => w.Code == "code_kind");
    }

    [Fact]
    public void Header_WithoutAColumn_NamesEachAndReadsNothing()
    {
        var table = Table("dla_code8,kind,name_th", "06530451,SAO,สมมติ");
        var reading = RegistryFile.Read(table, Offices);
        reading.Rows.ShouldBeEmpty();
        reading
            .Errors.Select(e => $"{e.Line} {e.Code} {e.Arguments[0]}")
            .ShouldBe(["1 column_missing province_code", "1 column_missing district_tis_code"]);
    }

    private static RegistryReading Read(params string[] lines) => RegistryFile.Read(Table([Header, .. lines]), Offices);

    private static IReadOnlyList<TableRow> Table(params string[] lines) =>
        TableReader.Read(Encoding.UTF8.GetBytes(string.Join('\n', lines)), TableLimits.Default).Rows;
}

namespace Thongthin.Tests.Support;

/// <summary>A unit made for a test.</summary>
/// <param name="Kind">as in the database: department, province, district, pao … special</param>
internal sealed record TestUnit(
    int UnitId,
    string Kind,
    string NameTh,
    string NameEn,
    string? Code,
    int? ProvinceId,
    int? DistrictId
);

internal sealed partial class TestData
{
    private static readonly DateOnly Long = new(1990, 10, 1);

    /// <summary>The one Department of this database.</summary>
    public Task<TestUnit> DepartmentAsync() => _department.Value;

    public Task<TestUnit> CreateProvinceAsync(string? name = null)
    {
        var n = Next();
        return InsertUnitAsync(
            new(
                0,
                "province",
                name ?? "จังหวัดสมมติ" + Text(n),
                "Invented Province " + Text(n),
                Text(10 + n % 90),
                null,
                null
            ),
            "สม",
            n
        );
    }

    public Task<TestUnit> CreateDistrictAsync(TestUnit province, string? name = null)
    {
        var n = Next();
        return InsertUnitAsync(
            new(
                0,
                "district",
                name ?? "อำเภอสมมติ" + Text(n),
                "Invented District " + Text(n),
                Text(1000 + n % 9000),
                province.UnitId,
                null
            ),
            "",
            n
        );
    }

    /// <summary>
    /// An LAO with its supervising office by the default: the province for อบจ., ทน., ทม. and special, the district for the others.
    /// </summary>
    /// <param name="supervisor">another office than the default</param>
    public async Task<TestUnit> CreateLaoAsync(
        TestUnit district,
        string kind = "sao",
        string? name = null,
        TestUnit? supervisor = null
    )
    {
        var n = Next();
        var (prefix, type) = kind switch
        {
            "pao" => ("อบจ.", 2),
            "city_municipality" => ("ทน.", 3),
            "town_municipality" => ("ทม.", 4),
            "subdistrict_municipality" => ("ทต.", 5),
            "sao" => ("อบต.", 6),
            "special" => ("เมือง", 8),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of LAO"),
        };
        var nameTh = name ?? "สมมติ" + Text(n);
        var code = Text(type * 10_000_000 + n);
        code = code.PadLeft(8, '0');
        var lao = await InsertUnitAsync(
            new(0, kind, nameTh, "Invented " + Text(n), code, district.ProvinceId, district.UnitId),
            prefix + nameTh,
            n
        );
        var byDistrict = kind is "subdistrict_municipality" or "sao";
        await ExecuteAsync(
            JobActor(),
            "insert into supervision (supervision_id, lao_id, supervising_unit_id, valid_from) values ($1, $2, $3, $4)",
            Guid.CreateVersion7(),
            lao.UnitId,
            supervisor?.UnitId ?? (byDistrict ? district.UnitId : district.ProvinceId!.Value),
            Long
        );
        return lao;
    }

    private Task<TestUnit> CreateDepartmentAsync() =>
        InsertUnitAsync(
            new(
                0,
                "department",
                "กรมส่งเสริมการปกครองท้องถิ่น",
                "Department of Local Administration",
                null,
                null,
                null
            ),
            "",
            0
        );

    private async Task<TestUnit> InsertUnitAsync(TestUnit unit, string abbreviation, int order)
    {
        var id = (int)
            (
                await ScalarAsync(
                    JobActor(),
                    """
                    with u as (insert into unit (created_on) values ($1) returning unit_id)
                    insert into unit_version (unit_version_id, unit_id, valid_from, kind, name_th, name_en, abbreviation_th,
                        code, province_id, district_id, report_order)
                    select $2, unit_id, $1, $3, $4, $5, $6, $7::text, $8::int, $9::int, $10 from u
                    returning unit_id
                    """,
                    Long,
                    Guid.CreateVersion7(),
                    unit.Kind,
                    unit.NameTh,
                    unit.NameEn,
                    abbreviation,
                    unit.Code,
                    unit.ProvinceId,
                    unit.DistrictId,
                    order
                )
            )!;
        return unit with { UnitId = id };
    }
}

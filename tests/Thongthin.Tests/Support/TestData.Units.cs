using Npgsql;

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

    /// <summary>Another name from a day on, as a rename of the directory leaves it.</summary>
    public async Task RenameAsync(TestUnit unit, string name, DateOnly from)
    {
        await ExecuteAsync(
            JobActor(),
            "update unit_version set valid_to = $2 where unit_id = $1 and valid_to is null",
            unit.UnitId,
            from
        );
        await ExecuteAsync(
            JobActor(),
            """
            insert into unit_version (unit_version_id, unit_id, valid_from, kind, name_th, name_en, abbreviation_th, code,
                province_id, district_id, report_order)
            select $2, unit_id, valid_to, kind, $3, name_en, abbreviation_th, code, province_id, district_id, report_order
            from unit_version where unit_id = $1 and valid_to = $4
            """,
            unit.UnitId,
            Guid.CreateVersion7(),
            name,
            from
        );
    }

    /// <summary>Many LAOs at once, with their supervision, for tests of size.</summary>
    public async Task CreateCountryAsync(int provinces, int districtsEach, int laosEach)
    {
        await using var connection = new NpgsqlConnection(Database.OwnerConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"""
            create temporary table made on commit drop as
            select nextval(pg_get_serial_sequence('unit', 'unit_id'))::int as unit_id, 1 as level, p, null::int as d
            from generate_series(1, {provinces}) p
            union all
            select nextval(pg_get_serial_sequence('unit', 'unit_id')), 2, p, d
            from generate_series(1, {provinces}) p, generate_series(1, {districtsEach}) d
            union all
            select nextval(pg_get_serial_sequence('unit', 'unit_id')), 3, p, 1 + l % {districtsEach}
            from generate_series(1, {provinces}) p, generate_series(1, {laosEach}) l;
            insert into unit (unit_id, created_on) select unit_id, '1990-10-01' from made;
            insert into unit_version (unit_version_id, unit_id, valid_from, kind, name_th, name_en, province_id, district_id,
                report_order)
            select gen_random_uuid(), m.unit_id, '1990-10-01',
                case m.level when 1 then 'province' when 2 then 'district' else 'sao' end,
                'สมมติ' || m.unit_id, 'Invented ' || m.unit_id, p.unit_id, d.unit_id, m.unit_id
            from made m
            left join made p on p.level = 1 and p.p = m.p and m.level > 1
            left join made d on d.level = 2 and d.p = m.p and d.d = m.d and m.level > 2
            order by m.level;
            insert into supervision (supervision_id, lao_id, supervising_unit_id, valid_from)
            select gen_random_uuid(), v.unit_id, v.district_id, v.valid_from from unit_version v where v.kind = 'sao';
            """,
            connection
        );
        await command.ExecuteNonQueryAsync();
    }
}

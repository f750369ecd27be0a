using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Thongthin.Features.Demonstration;

/// <summary>A local authority of the demonstration country.</summary>
/// <param name="Prefix">abbreviation of its kind, as on printed tables: อบต.</param>
/// <param name="SupervisingId">unit id of the province for อบจ., ทน., ทม.; of the district for ทต., อบต.</param>
internal sealed record DemonstrationLao(
    int UnitId,
    string Code,
    string Kind,
    string Prefix,
    string NameTh,
    string NameEn,
    int ReportOrder,
    int ProvinceId,
    string ProvinceTh,
    int DistrictId,
    string DistrictTh,
    int SupervisingId
)
{
    public string Abbreviation => Prefix + NameTh;
}

/// <summary>An office above the LAOs.</summary>
internal sealed record DemonstrationOffice(
    int UnitId,
    string Kind,
    string Code,
    string NameTh,
    string NameEn,
    string Abbreviation,
    int ReportOrder,
    int? ProvinceId
);

/// <summary>The directory of the demonstration country: every unit with one version, valid since <see cref="Since"/>.</summary>
internal sealed class DemonstrationUnits
{
    public static readonly DateOnly Since = new(2010, 1, 1);

    /// <summary>Bangkok is not under the Department.</summary>
    private const string Bangkok = "10";

    private static readonly Dictionary<string, string> Prefixes = new(StringComparer.Ordinal)
    {
        ["pao"] = "อบจ.",
        ["city_municipality"] = "ทน.",
        ["town_municipality"] = "ทม.",
        ["subdistrict_municipality"] = "ทต.",
        ["sao"] = "อบต.",
    };

    public required DemonstrationOffice Department { get; init; }

    public required IReadOnlyList<DemonstrationOffice> Provinces { get; init; }

    public required IReadOnlyList<DemonstrationOffice> Districts { get; init; }

    public required IReadOnlyList<DemonstrationLao> Laos { get; init; }

    public required IReadOnlyDictionary<int, Guid> GroupOfOffice { get; init; }

    public DemonstrationOffice Province(string nameTh) => Provinces.Single(p => p.NameTh == nameTh);

    public static async Task<DemonstrationUnits> LoadAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var units = Read();
        var import = Guid.CreateVersion7();
        await WriteUnitsAsync(connection, units, cancellationToken);
        await WriteEventAsync(connection, units, import, cancellationToken);
        await WriteVersionsAsync(connection, units, import, cancellationToken);
        await WriteSupervisionAsync(connection, units, import, cancellationToken);
        await WriteGroupsAsync(connection, units, cancellationToken);
        await DemonstrationCountry.ExecuteAsync(
            connection,
            "select setval(pg_get_serial_sequence('unit', 'unit_id'), (select max(unit_id) from unit)); analyze unit, unit_version, supervision",
            cancellationToken
        );
        return units;
    }

    private static DemonstrationUnits Read()
    {
        var next = 1;
        var department = new DemonstrationOffice(
            next++,
            "department",
            "00",
            "กรมส่งเสริมการปกครองท้องถิ่น",
            "Department of Local Administration",
            "สถ.",
            0,
            null
        );
        var provinces = DemonstrationData
            .Rows(
                "data/provinces.csv",
                r => new DemonstrationOffice(
                    0,
                    "province",
                    r("tis_code"),
                    r("name_th"),
                    r("name_en"),
                    r("letter_abbrev_th"),
                    int.Parse(r("report_order"), CultureInfo.InvariantCulture),
                    null
                )
            )
            .Where(p => p.Code != Bangkok)
            .Select(p => p with { UnitId = next++ })
            .ToList();
        var provinceByCode = provinces.ToDictionary(p => p.Code);
        var districtOffices = DemonstrationData
            .Rows(
                "data/districts.csv",
                r => new DemonstrationOffice(
                    0,
                    "district",
                    r("tis_code"),
                    r("name_th"),
                    r("name_en"),
                    "",
                    int.Parse(r("report_order"), CultureInfo.InvariantCulture),
                    provinceByCode.GetValueOrDefault(r("province_code"))?.UnitId
                )
            )
            .Where(d => d.ProvinceId is not null)
            .Select(d => d with { UnitId = next++ })
            .ToList();
        var districtByCode = districtOffices.ToDictionary(d => d.Code);
        var laos = DemonstrationData.Rows(
            "data/demonstration-laos.csv",
            r =>
            {
                var province = provinceByCode[r("province_code")];
                var district = districtByCode[r("district_code")];
                var kind = r("kind");
                return new DemonstrationLao(
                    next++,
                    r("code"),
                    kind,
                    Prefixes[kind],
                    r("name_th"),
                    r("name_en"),
                    int.Parse(r("report_order"), CultureInfo.InvariantCulture),
                    province.UnitId,
                    province.NameTh,
                    district.UnitId,
                    district.NameTh,
                    r("supervising") == "province" ? province.UnitId : district.UnitId
                );
            }
        );
        return new DemonstrationUnits
        {
            Department = department,
            Provinces = provinces,
            Districts = districtOffices,
            Laos = laos,
            GroupOfOffice = provinces
                .Append(department)
                .Concat(districtOffices)
                .ToDictionary(o => o.UnitId, _ => Guid.CreateVersion7()),
        };
    }

    private IEnumerable<DemonstrationOffice> Offices => Provinces.Prepend(Department).Concat(Districts);

    private static async Task WriteUnitsAsync(
        NpgsqlConnection connection,
        DemonstrationUnits units,
        CancellationToken cancellationToken
    )
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy unit (unit_id, created_on) from stdin (format binary)",
            cancellationToken
        );
        foreach (var id in units.Offices.Select(o => o.UnitId).Concat(units.Laos.Select(l => l.UnitId)))
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(id, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(Since, NpgsqlDbType.Date, cancellationToken);
        }
        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task WriteEventAsync(
        NpgsqlConnection connection,
        DemonstrationUnits units,
        Guid import,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            """
            insert into unit_event (unit_event_id, kind, effective_on, reason, entered_at)
            values ($1, 'import', $2, 'ข้อมูลสาธิต / demonstration data', now())
            """,
            connection
        )
        {
            Parameters =
            {
                new() { Value = import },
                new() { Value = Since },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy unit_event_unit (unit_event_id, unit_id, part) from stdin (format binary)",
            cancellationToken
        );
        foreach (var lao in units.Laos)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(import, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(lao.UnitId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync("subject", NpgsqlDbType.Text, cancellationToken);
        }
        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task WriteVersionsAsync(
        NpgsqlConnection connection,
        DemonstrationUnits units,
        Guid import,
        CancellationToken cancellationToken
    )
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy unit_version (unit_version_id, unit_id, valid_from, kind, name_th, name_en, abbreviation_th, code,
                province_id, district_id, report_order, unit_event_id) from stdin (format binary)
            """,
            cancellationToken
        );
        async Task WriteAsync(
            int unitId,
            string kind,
            string th,
            string en,
            string abbreviation,
            string code,
            int? province,
            int? district,
            int order
        )
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(unitId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(Since, NpgsqlDbType.Date, cancellationToken);
            foreach (var text in (string[])[kind, th, en, abbreviation, code])
            {
                await copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
            }
            await copy.WriteNullableAsync(province, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteNullableAsync(district, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(order, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(import, NpgsqlDbType.Uuid, cancellationToken);
        }
        foreach (var o in units.Offices)
        {
            await WriteAsync(
                o.UnitId,
                o.Kind,
                o.NameTh,
                o.NameEn,
                o.Abbreviation,
                o.Code,
                o.ProvinceId,
                null,
                o.ReportOrder
            );
        }
        foreach (var l in units.Laos)
        {
            await WriteAsync(
                l.UnitId,
                l.Kind,
                l.NameTh,
                l.NameEn,
                l.Abbreviation,
                l.Code,
                l.ProvinceId,
                l.DistrictId,
                l.ReportOrder
            );
        }
        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task WriteSupervisionAsync(
        NpgsqlConnection connection,
        DemonstrationUnits units,
        Guid import,
        CancellationToken cancellationToken
    )
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy supervision (supervision_id, lao_id, supervising_unit_id, valid_from, unit_event_id) from stdin (format binary)",
            cancellationToken
        );
        foreach (var lao in units.Laos)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(lao.UnitId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(lao.SupervisingId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(Since, NpgsqlDbType.Date, cancellationToken);
            await copy.WriteAsync(import, NpgsqlDbType.Uuid, cancellationToken);
        }
        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task WriteGroupsAsync(
        NpgsqlConnection connection,
        DemonstrationUnits units,
        CancellationToken cancellationToken
    )
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy unit_group (unit_group_id, unit_id, code, name_th, name_en, telephone) from stdin (format binary)",
            cancellationToken
        );
        foreach (var (unitId, groupId) in units.GroupOfOffice)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(groupId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(unitId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(".๒", NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync("กลุ่มงานส่งเสริมและพัฒนาท้องถิ่น", NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync("Local development group", NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync("020000000", NpgsqlDbType.Text, cancellationToken);
        }
        await copy.CompleteAsync(cancellationToken);
    }
}

internal static class BinaryImport
{
    public static Task WriteNullableAsync<T>(
        this NpgsqlBinaryImporter copy,
        T? value,
        NpgsqlDbType type,
        CancellationToken cancellationToken
    )
        where T : struct =>
        value is { } v ? copy.WriteAsync(v, type, cancellationToken) : copy.WriteNullAsync(cancellationToken);
}

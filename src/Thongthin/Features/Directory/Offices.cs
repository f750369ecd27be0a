using Microsoft.EntityFrameworkCore;
using Thongthin.Data;

namespace Thongthin.Features.Directory;

/// <summary>An office on a day, by its code.</summary>
internal sealed record OfficeRow(
    int UnitId,
    UnitKind Kind,
    string Code,
    string NameTh,
    string NameEn,
    int? ProvinceId,
    int ReportOrder
);

/// <summary>
/// The Department, the provinces and the districts as the program ships them (data/provinces.csv, data/districts.csv).
/// Bangkok is not under the Department. Offices whose code was ever used are left as they are.
/// </summary>
internal static class Offices
{
    /// <summary>The day on which the Department began: offices are known from here on.</summary>
    public static readonly DateOnly Since = new(2002, 10, 9);

    private const string DepartmentCode = "00";
    private const string BangkokCode = "10";

    /// <summary>Writes those that are missing, inside the caller's transaction.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> AddMissingAsync(AppDb db, Guid eventId, CancellationToken cancellationToken)
    {
        var known = (
            await db.Set<UnitVersion>()
                .Where(v => v.Kind <= UnitKind.District || v.Code == null || v.Code.Length < 8)
                .Select(v => new
                {
                    v.Kind,
                    v.Code,
                    v.UnitId,
                })
                .ToListAsync(cancellationToken)
        ).ToLookup(v => (v.Kind, v.Code), v => v.UnitId);
        var ids = known.Where(k => k.Key.Code is not null).ToDictionary(k => k.Key, k => k.First());
        var missing = Shipped().Where(o => !ids.ContainsKey((o.Kind, o.Code))).ToList();
        var newIds = await UnitRows.AllocateAsync(db, Since, missing.Count, cancellationToken);
        foreach (var (office, unitId) in missing.Zip(newIds))
        {
            ids[(office.Kind, office.Code)] = unitId;
        }
        await UnitRows.AddVersionsAsync(
            db,
            [
                .. missing.Select(o => new UnitVersion
                {
                    UnitVersionId = Guid.CreateVersion7(),
                    UnitId = ids[(o.Kind, o.Code)],
                    ValidFrom = Since,
                    Kind = o.Kind,
                    NameTh = o.NameTh,
                    NameEn = o.NameEn,
                    AbbreviationTh = o.Abbreviation,
                    Code = o.Code,
                    ProvinceId = o.ProvinceCode is { } code ? ids[(UnitKind.Province, code)] : null,
                    ReportOrder = o.ReportOrder,
                    UnitEventId = eventId,
                }),
            ],
            cancellationToken
        );
        return missing.Count;
    }

    /// <summary>Provinces and districts that exist on a day.</summary>
    public static Task<List<OfficeRow>> ListAsync(AppDb db, DateOnly day, CancellationToken cancellationToken) =>
        db.Set<UnitVersion>()
            .Where(v =>
                (v.Kind == UnitKind.Province || v.Kind == UnitKind.District)
                && v.Code != null
                && v.ValidFrom <= day
                && (v.ValidTo == null || v.ValidTo > day)
            )
            .Select(v => new OfficeRow(v.UnitId, v.Kind, v.Code!, v.NameTh, v.NameEn, v.ProvinceId, v.ReportOrder))
            .ToListAsync(cancellationToken);

    public static async Task<List<OfficeRow>> ListProvincesAsync(
        AppDb db,
        DateOnly day,
        CancellationToken cancellationToken
    ) =>
        await db.Set<UnitVersion>()
            .Where(v =>
                v.Kind == UnitKind.Province
                && v.Code != null
                && v.ValidFrom <= day
                && (v.ValidTo == null || v.ValidTo > day)
            )
            .Select(v => new OfficeRow(v.UnitId, v.Kind, v.Code!, v.NameTh, v.NameEn, v.ProvinceId, v.ReportOrder))
            .ToListAsync(cancellationToken);

    private static IEnumerable<ShippedOffice> Shipped() =>
        [
            new(
                UnitKind.Department,
                DepartmentCode,
                "กรมส่งเสริมการปกครองท้องถิ่น",
                "Department of Local Administration",
                "สถ.",
                null,
                0
            ),
            .. Facts
                .Read("provinces.csv")
                .Where(p => p["tis_code"] != BangkokCode)
                .Select(p => new ShippedOffice(
                    UnitKind.Province,
                    p["tis_code"],
                    p["name_th"],
                    p["name_en"],
                    p["letter_abbrev_th"],
                    null,
                    p.Number("report_order")
                )),
            .. Facts
                .Read("districts.csv")
                .Where(d => d["province_code"] != BangkokCode)
                .Select(d => new ShippedOffice(
                    UnitKind.District,
                    d["tis_code"],
                    d["name_th"],
                    d["name_en"],
                    "",
                    d["province_code"],
                    d.Number("report_order")
                )),
        ];

    private sealed record ShippedOffice(
        UnitKind Kind,
        string Code,
        string NameTh,
        string NameEn,
        string Abbreviation,
        string? ProvinceCode,
        int ReportOrder
    );
}

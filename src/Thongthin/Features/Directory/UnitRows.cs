using Microsoft.EntityFrameworkCore;
using Thongthin.Data;

namespace Thongthin.Features.Directory;

/// <summary>
/// Writes many rows of the directory in one statement each. Arrays are unnested instead of copied, because COPY does not
/// write to tables with row-level security.
/// </summary>
internal static class UnitRows
{
    /// <summary>New units, not yet called anything.</summary>
    public static async Task<IReadOnlyList<int>> AllocateAsync(
        AppDb db,
        DateOnly createdOn,
        int count,
        CancellationToken cancellationToken
    )
    {
        if (count == 0)
        {
            return [];
        }
        var ids = await db
            .Database.SqlQuery<int>(
                $"""insert into unit (created_on) select {createdOn} from generate_series(1, {count}) returning unit_id as "Value" """
            )
            .ToListAsync(cancellationToken);
        return [.. ids.Order()];
    }

    /// <summary>A row from what it says.</summary>
    public static UnitVersion Version(
        Guid id,
        int unitId,
        DateOnly from,
        DateOnly? to,
        UnitFacts facts,
        Guid? eventId
    ) =>
        new()
        {
            UnitVersionId = id,
            UnitId = unitId,
            ValidFrom = from,
            ValidTo = to,
            Kind = facts.Kind,
            NameTh = facts.NameTh,
            NameEn = facts.NameEn,
            AbbreviationTh = facts.AbbreviationTh,
            Code = facts.Code,
            ProvinceId = facts.ProvinceId,
            DistrictId = facts.DistrictId,
            ReportOrder = facts.ReportOrder,
            UnitEventId = eventId,
        };

    public static Task<int> AddVersionsAsync(
        AppDb db,
        IReadOnlyCollection<UnitVersion> rows,
        CancellationToken cancellationToken
    )
    {
        var c = new VersionColumns(rows);
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into unit_version (unit_version_id, unit_id, valid_from, valid_to, kind, name_th, name_en,
                abbreviation_th, code, province_id, district_id, report_order, unit_event_id)
            select * from unnest({c.Id}, {c.Unit}, {c.From}, {c.To}, {c.Kind}, {c.NameTh}, {c.NameEn},
                {c.Abbreviation}, {c.Code}, {c.Province}, {c.District}, {c.Order}, {c.Event})
            """,
            cancellationToken
        );
    }

    /// <summary>Stored versions, by their ids, become what the rows say. Their first day stays.</summary>
    public static Task<int> ChangeVersionsAsync(
        AppDb db,
        IReadOnlyCollection<UnitVersion> rows,
        CancellationToken cancellationToken
    )
    {
        var c = new VersionColumns(rows);
        return db.Database.ExecuteSqlAsync(
            $"""
            update unit_version v
            set valid_to = x.valid_to, kind = x.kind, name_th = x.name_th, name_en = x.name_en,
                abbreviation_th = x.abbreviation_th, code = x.code, province_id = x.province_id,
                district_id = x.district_id, report_order = x.report_order, unit_event_id = x.unit_event_id
            from unnest({c.Id}, {c.To}, {c.Kind}, {c.NameTh}, {c.NameEn}, {c.Abbreviation}, {c.Code}, {c.Province},
                {c.District}, {c.Order}, {c.Event})
                as x (id, valid_to, kind, name_th, name_en, abbreviation_th, code, province_id, district_id,
                    report_order, unit_event_id)
            where v.unit_version_id = x.id
            """,
            cancellationToken
        );
    }

    public static Task<int> AddSupervisionsAsync(
        AppDb db,
        IReadOnlyCollection<Supervision> rows,
        CancellationToken cancellationToken
    )
    {
        var c = new SupervisionColumns(rows);
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into supervision (supervision_id, lao_id, supervising_unit_id, valid_from, valid_to, unit_event_id)
            select * from unnest({c.Id}, {c.Lao}, {c.Office}, {c.From}, {c.To}, {c.Event})
            """,
            cancellationToken
        );
    }

    /// <summary>Stored supervisions, by their ids, become what the rows say. Their first day stays.</summary>
    public static Task<int> ChangeSupervisionsAsync(
        AppDb db,
        IReadOnlyCollection<Supervision> rows,
        CancellationToken cancellationToken
    )
    {
        var c = new SupervisionColumns(rows);
        return db.Database.ExecuteSqlAsync(
            $"""
            update supervision s
            set supervising_unit_id = x.office, valid_to = x.valid_to, unit_event_id = x.unit_event_id
            from unnest({c.Id}, {c.Office}, {c.To}, {c.Event}) as x (id, office, valid_to, unit_event_id)
            where s.supervision_id = x.id
            """,
            cancellationToken
        );
    }

    /// <summary>
    /// Area and coordinates of the LAOs that a registry names, which by now all have the version it says. What it does not
    /// give stays, and so does all that a newer registry gave.
    /// </summary>
    public static Task<int> PlaceAsync(
        AppDb db,
        IReadOnlyCollection<RegistryRow> rows,
        DateOnly asOf,
        CancellationToken cancellationToken
    )
    {
        var placed = rows.Where(r => r.Place != default).ToList();
        int[] districts = [.. placed.Select(r => r.District.UnitId)];
        string[] kinds = [.. placed.Select(r => SnakeCase.Of(r.Kind))];
        string[] names = [.. placed.Select(r => r.NameTh)];
        decimal?[] areas = [.. placed.Select(r => r.Place.AreaKm2)];
        decimal?[] latitudes = [.. placed.Select(r => r.Place.Latitude)];
        decimal?[] longitudes = [.. placed.Select(r => r.Place.Longitude)];
        return db.Database.ExecuteSqlAsync(
            $"""
            update unit u
            set area_km2 = coalesce(x.area, u.area_km2), latitude = coalesce(x.latitude, u.latitude),
                longitude = coalesce(x.longitude, u.longitude), place_as_of = {asOf}
            from unnest({districts}, {kinds}, {names}, {areas}, {latitudes}, {longitudes})
                as x (district_id, kind, name_th, area, latitude, longitude)
            join unit_version v on v.district_id = x.district_id and v.kind = x.kind and v.name_th = x.name_th
                and v.valid_from <= {asOf} and (v.valid_to is null or v.valid_to > {asOf})
            where u.unit_id = v.unit_id and (u.place_as_of is null or u.place_as_of <= {asOf})
            """,
            cancellationToken
        );
    }

    public static Task<int> AddSubjectsAsync(
        AppDb db,
        Guid eventId,
        IReadOnlyCollection<int> unitIds,
        CancellationToken cancellationToken
    )
    {
        var ids = unitIds.ToArray();
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into unit_event_unit (unit_event_id, unit_id, part)
            select {eventId}, u, 'subject' from unnest({ids}) u
            """,
            cancellationToken
        );
    }

    /// <summary>Rows turned into one array a column.</summary>
    private sealed class VersionColumns(IReadOnlyCollection<UnitVersion> rows)
    {
        public Guid[] Id { get; } = [.. rows.Select(r => r.UnitVersionId)];
        public int[] Unit { get; } = [.. rows.Select(r => r.UnitId)];
        public DateOnly[] From { get; } = [.. rows.Select(r => r.ValidFrom)];
        public DateOnly?[] To { get; } = [.. rows.Select(r => r.ValidTo)];
        public string[] Kind { get; } = [.. rows.Select(r => SnakeCase.Of(r.Kind))];
        public string[] NameTh { get; } = [.. rows.Select(r => r.NameTh)];
        public string[] NameEn { get; } = [.. rows.Select(r => r.NameEn)];
        public string[] Abbreviation { get; } = [.. rows.Select(r => r.AbbreviationTh)];
        public string?[] Code { get; } = [.. rows.Select(r => r.Code)];
        public int?[] Province { get; } = [.. rows.Select(r => r.ProvinceId)];
        public int?[] District { get; } = [.. rows.Select(r => r.DistrictId)];
        public int[] Order { get; } = [.. rows.Select(r => r.ReportOrder)];
        public Guid?[] Event { get; } = [.. rows.Select(r => r.UnitEventId)];
    }

    private sealed class SupervisionColumns(IReadOnlyCollection<Supervision> rows)
    {
        public Guid[] Id { get; } = [.. rows.Select(r => r.SupervisionId)];
        public int[] Lao { get; } = [.. rows.Select(r => r.LaoId)];
        public int[] Office { get; } = [.. rows.Select(r => r.SupervisingUnitId)];
        public DateOnly[] From { get; } = [.. rows.Select(r => r.ValidFrom)];
        public DateOnly?[] To { get; } = [.. rows.Select(r => r.ValidTo)];
        public Guid?[] Event { get; } = [.. rows.Select(r => r.UnitEventId)];
    }
}

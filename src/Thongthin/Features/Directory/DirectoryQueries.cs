using System.Globalization;
using System.Linq.Expressions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Directory;

/// <summary>Reads the directory as it is on a day. It is public record: nothing here filters by scope.</summary>
internal sealed class DirectoryQueries(AppDb db)
{
    public const int PageSize = 50;

    private static readonly string[] KindOrder = [.. Enum.GetValues<UnitKind>().Select(SnakeCase.Of)];

    /// <summary>Units that fit, in order; page by Skip and Take.</summary>
    public IQueryable<UnitRow> Find(UnitFilter filter, DateOnly day)
    {
        var terms = UnitSearch.Terms(filter.Search);
        var all = terms.Length == 0;
        var rows = db.Database.SqlQuery<UnitRow>(
            $"""
            select v.unit_id, v.kind, v.name_th, v.name_en, v.abbreviation_th, v.code,
                d.unit_id as district_id, d.name_th as district_th, d.name_en as district_en,
                coalesce(case when v.kind = 'district' then v.report_order else d.report_order end, -1) as district_order,
                p.unit_id as province_id, p.name_th as province_th, p.name_en as province_en,
                coalesce(case when v.kind = 'province' then v.report_order else p.report_order end, -1) as province_order,
                array_position({KindOrder}, v.kind) as kind_order,
                s.supervising_unit_id, o.kind as supervising_kind, o.name_th as supervising_th, o.name_en as supervising_en,
                v.report_order, coalesce(f.rank, 0) as rank
            from unit_version v
            left join search_unit({terms}, {day}) f on f.unit_id = v.unit_id
            left join unit_version d on d.unit_id = v.district_id
                and d.valid_from <= {day} and (d.valid_to is null or d.valid_to > {day})
            left join unit_version p on p.unit_id = v.province_id
                and p.valid_from <= {day} and (p.valid_to is null or p.valid_to > {day})
            left join supervision s on s.lao_id = v.unit_id
                and s.valid_from <= {day} and (s.valid_to is null or s.valid_to > {day})
            left join unit_version o on o.unit_id = s.supervising_unit_id
                and o.valid_from <= {day} and (o.valid_to is null or o.valid_to > {day})
            where v.valid_from <= {day} and (v.valid_to is null or v.valid_to > {day})
              and ({all} or f.unit_id is not null)
            """
        );
        if (filter.Kind is { } kind)
        {
            rows = rows.Where(r => r.Kind == kind);
        }
        if (filter.ProvinceId is { } province)
        {
            rows = rows.Where(r => r.ProvinceId == province || r.UnitId == province);
        }
        return Order(rows, filter);
    }

    /// <summary>All versions of a unit, the newest first; empty when there is no such unit.</summary>
    public Task<List<UnitVersionRow>> ListVersionsAsync(int unitId, CancellationToken cancellationToken) =>
        db
            .Database.SqlQuery<UnitVersionRow>(
                $"""
                select v.valid_from, v.valid_to, v.kind, v.name_th, v.name_en, v.abbreviation_th, v.code,
                    v.district_id, d.name_th as district_th, d.name_en as district_en,
                    v.province_id, p.name_th as province_th, p.name_en as province_en, v.report_order
                from unit_version v
                left join unit_version d on d.unit_id = v.district_id
                    and d.valid_from <= v.valid_from and (d.valid_to is null or d.valid_to > v.valid_from)
                left join unit_version p on p.unit_id = v.province_id
                    and p.valid_from <= v.valid_from and (p.valid_to is null or p.valid_to > v.valid_from)
                where v.unit_id = {unitId}
                order by v.valid_from desc
                """
            )
            .ToListAsync(cancellationToken);

    /// <summary>Area and coordinates of a unit; null when no registry gave any.</summary>
    public Task<UnitPlaceRow?> FindPlaceAsync(int unitId, CancellationToken cancellationToken) =>
        db.Set<Unit>()
            .Where(u => u.UnitId == unitId && u.PlaceAsOf != null)
            .Select(u => new UnitPlaceRow(u.AreaKm2, u.Latitude, u.Longitude, u.PlaceAsOf!.Value))
            .FirstOrDefaultAsync(cancellationToken);

    public Task<List<SupervisionRow>> ListSupervisionsAsync(int unitId, CancellationToken cancellationToken) =>
        db
            .Database.SqlQuery<SupervisionRow>(
                $"""
                select s.valid_from, s.valid_to, s.supervising_unit_id, o.kind, o.name_th, o.name_en
                from supervision s
                join unit_version o on o.unit_id = s.supervising_unit_id
                    and o.valid_from <= greatest(s.valid_from, (select min(valid_from) from unit_version where unit_id = s.supervising_unit_id))
                    and (o.valid_to is null or o.valid_to > s.valid_from)
                where s.lao_id = {unitId}
                order by s.valid_from desc
                """
            )
            .ToListAsync(cancellationToken);

    /// <summary>Events of a unit with the other units in them, the newest first. Others are called as on the event's day, or last.</summary>
    public Task<List<UnitEventRow>> ListEventsAsync(int unitId, CancellationToken cancellationToken) =>
        db
            .Database.SqlQuery<UnitEventRow>(
                $"""
                select e.unit_event_id, e.kind, e.effective_on, e.reason, e.reference, e.entered_at, u.part,
                    n.unit_id as other_id, n.part as other_part, v.kind as other_kind, v.name_th as other_th,
                    v.name_en as other_en, v.abbreviation_th as other_abbreviation
                from unit_event_unit u
                join unit_event e using (unit_event_id)
                left join unit_event_unit n on n.unit_event_id = u.unit_event_id and n.unit_id <> u.unit_id
                    and e.kind in ('merge', 'split')
                left join lateral (
                    select x.kind, x.name_th, x.name_en, x.abbreviation_th from unit_version x
                    where x.unit_id = n.unit_id and x.valid_from <= e.effective_on
                    order by x.valid_from desc limit 1) v on true
                where u.unit_id = {unitId}
                order by e.effective_on desc, e.entered_at desc, n.part, v.name_th collate thai
                """
            )
            .ToListAsync(cancellationToken);

    /// <summary>How many units of each kind stand below an office on a day: in a province, in a district, in the country.</summary>
    public Task<List<UnitCountRow>> CountBelowAsync(int unitId, DateOnly day, CancellationToken cancellationToken) =>
        db
            .Database.SqlQuery<UnitCountRow>(
                $"""
                select v.kind, count(*)::int as units
                from unit_version v
                where v.valid_from <= {day} and (v.valid_to is null or v.valid_to > {day})
                  and (v.province_id = {unitId} or v.district_id = {unitId} or exists (
                      select from unit_version own where own.unit_id = {unitId} and own.kind = 'department'
                        and v.unit_id <> own.unit_id))
                group by v.kind
                """
            )
            .ToListAsync(cancellationToken);

    /// <summary>Districts to choose from, "อุตรดิตถ์ › น้ำปาด", by their unit ids.</summary>
    public async Task<IReadOnlyList<SelectListItem>> ListDistrictOptionsAsync(
        Texts texts,
        CancellationToken cancellationToken
    )
    {
        var districts = await (
            from d in db.Set<UnitVersion>()
            join p in db.Set<UnitVersion>() on d.ProvinceId equals p.UnitId
            where d.Kind == UnitKind.District && d.ValidTo == null && p.ValidTo == null
            select new
            {
                d.UnitId,
                District = new { d.NameTh, d.NameEn },
                Province = new { p.NameTh, p.NameEn },
            }
        ).ToListAsync(cancellationToken);
        return Options(
            districts.Select(d =>
                (
                    d.UnitId,
                    texts.Pick(d.Province.NameTh, d.Province.NameEn)
                        + " › "
                        + texts.Pick(d.District.NameTh, d.District.NameEn)
                )
            )
        );
    }

    /// <summary>Provinces to choose from, by their unit ids.</summary>
    public async Task<IReadOnlyList<SelectListItem>> ListProvinceOptionsAsync(
        Texts texts,
        CancellationToken cancellationToken
    )
    {
        var provinces = await db.Set<UnitVersion>()
            .Where(p => p.Kind == UnitKind.Province && p.ValidTo == null)
            .Select(p => new
            {
                p.UnitId,
                p.NameTh,
                p.NameEn,
            })
            .ToListAsync(cancellationToken);
        return Options(provinces.Select(p => (p.UnitId, texts.Pick(p.NameTh, p.NameEn))));
    }

    /// <summary>Whether the actor administers the unit: an administrator of it or of a unit above it.</summary>
    public async Task<bool> MayAdministerAsync(int unitId, CancellationToken cancellationToken) =>
        db.Actor.Role == Role.Administrator
        && await db
            .Database.SqlQuery<bool>($"""select actor_everywhere() or {unitId} = any (actor_scope()) as "Value" """)
            .SingleAsync(cancellationToken);

    /// <summary>The units below an office whose place in printed tables can be set: provinces; or a province's districts and LAOs.</summary>
    public Task<List<UnitRow>> ListBelowAsync(
        int officeId,
        bool isDepartment,
        DateOnly day,
        CancellationToken cancellationToken
    )
    {
        var rows = Find(new UnitFilter(ProvinceId: isDepartment ? null : officeId), day);
        return (
            isDepartment
                ? rows.Where(r => r.Kind == UnitKind.Province)
                : rows.Where(r => r.ProvinceId == officeId && r.Kind != UnitKind.Province)
        ).ToListAsync(cancellationToken);
    }

    private static IReadOnlyList<SelectListItem> Options(IEnumerable<(int UnitId, string Text)> units) =>
        [
            .. units
                .OrderBy(u => u.Text, ThaiCollation.Comparer)
                .Select(u => new SelectListItem(u.Text, u.UnitId.ToString(CultureInfo.InvariantCulture))),
        ];

    /// <summary>A unit's groups: those in use first, then by code.</summary>
    public Task<List<GroupRow>> ListGroupsAsync(int unitId, DateOnly day, CancellationToken cancellationToken) =>
        db
            .Database.SqlQuery<GroupRow>(
                $"""
                select g.unit_group_id, g.code, g.name_th, g.name_en, g.telephone, g.fax, g.email, g.co_ordinator, g.active,
                    (select count(*) from membership m where m.unit_group_id = g.unit_group_id
                        and m.valid_from <= {day} and (m.valid_to is null or m.valid_to > {day}))::int as members
                from unit_group g
                where g.unit_id = {unitId}
                order by g.active desc, g.code, g.name_th collate thai
                """
            )
            .ToListAsync(cancellationToken);

    /// <summary>The people of a unit today, with the group each belongs to; empty where the unit is not in scope.</summary>
    public Task<List<GroupMemberRow>> ListMembersAsync(int unitId, DateOnly day, CancellationToken cancellationToken) =>
        db
            .Database.SqlQuery<GroupMemberRow>(
                $"""
                select m.membership_id, p.display_name, m.position, m.role, m.unit_group_id
                from membership m join person p on p.user_id = m.user_id
                where m.unit_id = {unitId} and m.valid_from <= {day} and (m.valid_to is null or m.valid_to > {day})
                order by p.display_name collate thai, m.role
                """
            )
            .ToListAsync(cancellationToken);

    private static IQueryable<UnitRow> Order(IQueryable<UnitRow> rows, UnitFilter filter)
    {
        var ordered = filter.Sort switch
        {
            UnitSort.Name => By(r => EF.Functions.Collate(r.NameTh, "thai")),
            UnitSort.Kind => By(r => r.KindOrder).ThenBy(r => EF.Functions.Collate(r.NameTh, "thai")),
            UnitSort.Code => By(r => r.Code),
            UnitSort.District => By(r => EF.Functions.Collate(r.DistrictTh ?? "", "thai"))
                .ThenBy(r => EF.Functions.Collate(r.NameTh, "thai")),
            UnitSort.Province => By(r => EF.Functions.Collate(r.ProvinceTh ?? "", "thai"))
                .ThenBy(r => EF.Functions.Collate(r.NameTh, "thai")),
            _ => rows.OrderByDescending(r => r.Rank)
                .ThenBy(r => r.ProvinceOrder)
                .ThenBy(r => r.DistrictOrder)
                .ThenBy(r => r.KindOrder > 3)
                .ThenBy(r => r.ReportOrder),
        };
        return ordered.ThenBy(r => r.UnitId);

        IOrderedQueryable<UnitRow> By<TKey>(Expression<Func<UnitRow, TKey>> key) =>
            filter.Descending ? rows.OrderByDescending(key) : rows.OrderBy(key);
    }
}

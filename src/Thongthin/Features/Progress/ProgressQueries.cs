using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Rounds;

namespace Thongthin.Features.Progress;

/// <summary>An open round as progress needs it.</summary>
internal sealed record ProgressRound(
    Guid RoundId,
    string Slug,
    int FiscalYear,
    string TitleTh,
    string TitleEn,
    DateOnly OpensOn,
    DateOnly Deadline,
    DateOnly ClosesOn,
    DoneMeans DoneMeans
)
{
    public TableRound Head => new(Slug, FiscalYear, TitleTh, TitleEn, DoneMeans);
}

/// <summary>A form that the round asks for.</summary>
internal sealed record ProgressTopic(string FormId, int Sector, string TitleTh, string TitleEn);

/// <summary>What a table is to look at, resolved against the round's topics.</summary>
/// <param name="Forms">null = the round as a whole, which is what is kept ready</param>
/// <param name="AsOf">null = now; else the end of that Bangkok day</param>
internal sealed record ProgressScope(
    ProgressRound Round,
    string[]? Forms,
    DateOnly? AsOf,
    DateOnly Today,
    TableFilter Filter
);

/// <summary>
/// Draws the tables from the kept rows (round_unit, progress_day): who is done is read, never worked out from
/// submissions. Names and grouping are those of the round's roster.
/// </summary>
internal sealed class ProgressQueries(AppDb db)
{
    /// <summary>The round, when it has been opened; cancelled rounds stay readable.</summary>
    public Task<ProgressRound?> FindRoundAsync(string slug, CancellationToken cancellationToken) =>
        db
            .Database.SqlQuery<ProgressRound>(
                $"""
                select round_id, slug, fiscal_year, title_th, title_en, opens_on, deadline, closes_on, done_means
                from round where slug = {slug} and opened_at is not null
                """
            )
            .FirstOrDefaultAsync(cancellationToken);

    public async Task<IReadOnlyList<ProgressTopic>> TopicsAsync(Guid roundId, CancellationToken cancellationToken) =>
        await db
            .Database.SqlQuery<ProgressTopic>(
                $"""
                select f.form_id, f.sector, f.title_th, f.title_en
                from round_form r join form f using (form_id)
                where r.round_id = {roundId}
                order by f.sector, f.report_order, f.title_th collate thai
                """
            )
            .ToListAsync(cancellationToken);

    /// <summary>The province of the roster with this unit id, or with this 2-digit code.</summary>
    public Task<Place?> FindProvinceAsync(
        Guid roundId,
        int? unitId,
        string? code,
        CancellationToken cancellationToken
    ) =>
        db
            .Database.SqlQuery<Place>(
                $"""
                select o.province_id as unit_id, o.province_th as name_th, o.province_en as name_en
                from round_roster o
                where o.round_id = {roundId} and (o.province_id = {unitId}
                    or o.province_id in (select v.unit_id from unit_version v where v.kind = 'province' and v.code = {code}))
                limit 1
                """
            )
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>The provinces' unit ids by their two-digit codes, as of today.</summary>
    public async Task<IReadOnlyDictionary<string, int>> ProvinceCodesAsync(CancellationToken cancellationToken)
    {
        var rows = await db
            .Database.SqlQuery<ProvinceCode>(
                $"""
                select distinct on (code) code, unit_id from unit_version
                where kind = 'province' and code is not null order by code, valid_from desc
                """
            )
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(r => r.Code, r => r.UnitId);
    }

    /// <summary>The district of the roster with this unit id, or with this 4-digit code, and its province.</summary>
    public async Task<(Place Province, Place District)?> FindDistrictAsync(
        Guid roundId,
        int? unitId,
        string? code,
        CancellationToken cancellationToken
    )
    {
        var row = await db
            .Database.SqlQuery<DistrictPlace>(
                $"""
                select o.province_id, o.province_th, o.province_en, o.district_id, o.district_th, o.district_en
                from round_roster o
                where o.round_id = {roundId} and (o.district_id = {unitId}
                    or o.district_id in (select v.unit_id from unit_version v where v.kind = 'district' and v.code = {code}))
                limit 1
                """
            )
            .FirstOrDefaultAsync(cancellationToken);
        return row is null
            ? null
            : (
                new Place(row.ProvinceId, row.ProvinceTh, row.ProvinceEn),
                new Place(row.DistrictId, row.DistrictTh, row.DistrictEn)
            );
    }

    /// <param name="naming">also name the LAOs that are done, of a table that is to be kept or compared</param>
    public async Task<ProgressTable> NationalAsync(
        ProgressScope scope,
        CancellationToken cancellationToken,
        bool naming = false
    )
    {
        var query =
            scope is { AsOf: null, Forms: [var form] } && !naming ? OfTopic(scope, form) : OfLaos(scope, naming);
        var rows = await query.ToListAsync(cancellationToken);
        var shown = rows.Where(r => scope.Filter.Done is not { } done || r.Recorded == r.LaoCount == done);
        return new ProgressTable
        {
            Level = ProgressLevel.National,
            DoneLaos = [.. shown.SelectMany(r => r.DoneLaos ?? [])],
            Round = scope.Round.Head,
            AsOf = scope.AsOf ?? scope.Today,
            Filter = scope.Filter,
            Exempt = rows.Sum(r => r.Exempt),
            Provinces =
            [
                .. rows.Select(
                        (r, i) =>
                            new ProvinceRow(i + 1, r.ProvinceId, r.ProvinceTh, r.ProvinceEn, r.LaoCount, r.Recorded)
                    )
                    .Where(r => scope.Filter.Done is not { } done || r.Recorded == r.LaoCount == done),
            ],
        };
    }

    /// <summary>Counted from the LAOs of the round.</summary>
    private IQueryable<ProvinceCount> OfLaos(ProgressScope scope, bool naming)
    {
        var (round, kind) = (scope.Round.RoundId, scope.Filter.Kind);
        return db.Database.SqlQuery<ProvinceCount>(
            $"""
            select o.province_id, min(o.province_th) as province_th, min(o.province_en) as province_en,
                (count(*) filter (where not p.is_exempt))::int as lao_count,
                (count(*) filter (where p.is_done))::int as recorded,
                (count(*) filter (where p.is_exempt))::int as exempt,
                array_agg(p.lao_id order by p.lao_id) filter (where p.is_done and {naming}) as done_laos
            from unit_progress({round}, {scope.Forms}::text[], {scope.AsOf}::date) p
            join round_roster o on o.round_id = {round} and o.lao_id = p.lao_id
            where {kind}::text is null or o.kind = {kind}
            group by o.province_id
            order by min(o.province_order), min(o.province_th) collate thai, o.province_id
            """
        );
    }

    /// <summary>The same of one topic as it is now: an LAO is done when its one submission is, and those are counted already.</summary>
    private IQueryable<ProvinceCount> OfTopic(ProgressScope scope, string form)
    {
        var (round, kind) = (scope.Round.RoundId, scope.Filter.Kind);
        var certified = scope.Round.DoneMeans == DoneMeans.Certified;
        return db.Database.SqlQuery<ProvinceCount>(
            $"""
            select c.province_id, o.province_th, o.province_en,
                c.not_started + c.in_progress + c.returned + c.recorded + c.certified as lao_count,
                c.certified + case when {certified} then 0 else c.recorded end as recorded, c.exempt, null::int[] as done_laos
            from (
                select k.province_id, sum(k.not_started)::int as not_started, sum(k.in_progress)::int as in_progress,
                    sum(k.returned)::int as returned, sum(k.recorded)::int as recorded, sum(k.certified)::int as certified,
                    sum(k.exempt)::int as exempt
                from progress_count k
                where k.round_id = {round} and k.form_id = {form} and ({kind}::text is null or k.kind = {kind})
                group by k.province_id) c
            cross join lateral (
                select r.province_th, r.province_en, r.province_order from round_roster r
                where r.round_id = {round} and r.province_id = c.province_id limit 1) o
            order by o.province_order, o.province_th collate thai, c.province_id
            """
        );
    }

    public async Task<ProgressTable> ProvinceAsync(
        ProgressScope scope,
        Place province,
        CancellationToken cancellationToken
    )
    {
        var rows = await LaosAsync(scope, province.UnitId, null, cancellationToken);
        return Listing(scope, rows) with { Level = ProgressLevel.Province, Province = province };
    }

    public async Task<ProgressTable> DistrictAsync(
        ProgressScope scope,
        Place province,
        Place district,
        CancellationToken cancellationToken
    )
    {
        var rows = await LaosAsync(scope, province.UnitId, district.UnitId, cancellationToken);
        return Listing(scope, rows) with { Level = ProgressLevel.District, Province = province, District = district };
    }

    private static ProgressTable Listing(ProgressScope scope, List<LaoProgress> rows) =>
        new()
        {
            Level = ProgressLevel.Province,
            Round = scope.Round.Head,
            AsOf = scope.AsOf ?? scope.Today,
            Filter = scope.Filter,
            Exempt = rows.Count(r => r.IsExempt),
            Laos =
            [
                .. rows.Where(r => !r.IsExempt)
                    .Select(
                        (r, i) =>
                            new LaoRow(
                                i + 1,
                                r.LaoId,
                                r.DistrictId,
                                r.DistrictTh,
                                r.DistrictEn,
                                r.Kind,
                                r.AbbreviationTh,
                                r.NameEn,
                                r.IsDone,
                                r.SupervisingUnitId == r.DistrictId
                            )
                    )
                    .Where(r => scope.Filter.Done is not { } done || r.Recorded == done),
            ],
        };

    private Task<List<LaoProgress>> LaosAsync(
        ProgressScope scope,
        int provinceId,
        int? districtId,
        CancellationToken cancellationToken
    )
    {
        var (round, kind) = (scope.Round.RoundId, scope.Filter.Kind);
        return db
            .Database.SqlQuery<LaoProgress>(
                $"""
                select o.lao_id, o.district_id, o.district_th, o.district_en, o.kind, o.abbreviation_th, o.name_en,
                    o.supervising_unit_id, p.is_done, p.is_exempt
                from round_roster o
                join unit_progress({round}, {scope.Forms}::text[], {scope.AsOf}::date) p on p.lao_id = o.lao_id
                where o.round_id = {round} and o.province_id = {provinceId}
                    and ({districtId}::int is null or o.district_id = {districtId})
                    and ({kind}::text is null or o.kind = {kind})
                order by o.district_order, o.district_th collate thai, o.district_id, o.report_order,
                    o.abbreviation_th collate thai, o.lao_id
                """
            )
            .ToListAsync(cancellationToken);
    }

    private sealed record ProvinceCode(string Code, int UnitId);

    private sealed record DistrictPlace(
        int ProvinceId,
        string ProvinceTh,
        string ProvinceEn,
        int DistrictId,
        string DistrictTh,
        string DistrictEn
    );

    private sealed record ProvinceCount(
        int ProvinceId,
        string ProvinceTh,
        string ProvinceEn,
        int LaoCount,
        int Recorded,
        int Exempt,
        int[]? DoneLaos
    );

    private sealed record LaoProgress(
        int LaoId,
        int DistrictId,
        string DistrictTh,
        string DistrictEn,
        string Kind,
        string AbbreviationTh,
        string NameEn,
        int SupervisingUnitId,
        bool IsDone,
        bool IsExempt
    );
}

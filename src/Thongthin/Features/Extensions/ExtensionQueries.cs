using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Rounds;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Extensions;

/// <summary>A district or a province in scope, to be chosen.</summary>
internal sealed record ExtensionPlace(
    int UnitId,
    string Kind,
    string NameTh,
    string NameEn,
    string ProvinceTh,
    string ProvinceEn
);

/// <summary>Reads extensions and requests; the database shows those in scope.</summary>
internal sealed class ExtensionQueries(AppDb db)
{
    public const int PageSize = 50;

    private const string RequestSql = """
        select q.lao_id, q.extension_request_id, q.round_id, r.slug as round_slug, r.title_th as round_title_th,
            r.title_en as round_title_en, o.kind, o.abbreviation_th, o.name_en, o.district_th, o.district_en, q.wanted, q.reason,
            q.requested_at, q.requested_by_name, q.answer, q.answer_note, q.answered_at, q.answered_by_name,
            q.answered_by_unit, q.extension_id
        from extension_request q join round r using (round_id) join round_roster o using (round_id, lao_id)
        """;

    public Task<Round?> FindRoundAsync(string slug, CancellationToken cancellationToken) =>
        db.Set<Round>().FirstOrDefaultAsync(r => r.Slug == slug && r.OpenedAt != null, cancellationToken);

    /// <summary>Newest first. <paramref name="search"/>: part of the reason, the reference, the grantor or the place.</summary>
    public async Task<(IReadOnlyList<ExtensionRow> Rows, int Total)> ListAsync(
        Guid roundId,
        string? search,
        int page,
        int size,
        CancellationToken cancellationToken
    )
    {
        var text = string.IsNullOrWhiteSpace(search) ? null : search.Trim();
        var rows = Rows(roundId)
            .Where(row =>
                text == null
                || EF.Functions.ILike(row.Reason, "%" + text + "%")
                || EF.Functions.ILike(row.Reference, "%" + text + "%")
                || EF.Functions.ILike(row.GrantedByName, "%" + text + "%")
                || EF.Functions.ILike(row.TargetTh!, "%" + text + "%")
            );
        var total = await rows.CountAsync(cancellationToken);
        var shown = await rows.OrderByDescending(row => row.GrantedAt)
            .ThenBy(row => row.ExtensionId)
            .Skip((Math.Max(1, page) - 1) * size)
            .Take(size)
            .ToListAsync(cancellationToken);
        return (shown, total);
    }

    public Task<ExtensionRow?> FindAsync(Guid roundId, Guid extensionId, CancellationToken cancellationToken) =>
        Rows(roundId).FirstOrDefaultAsync(row => row.ExtensionId == extensionId, cancellationToken);

    /// <summary>Whom it covers, of those in scope, in report order.</summary>
    public async Task<IReadOnlyList<ExtendedLaoRow>> ListLaosAsync(
        Guid extensionId,
        CancellationToken cancellationToken
    ) =>
        await db
            .Database.SqlQuery<ExtendedLaoRow>(
                $"""
                select x.lao_id, o.kind, o.abbreviation_th, o.name_en, o.district_th, o.district_en, o.province_id,
                    o.province_th, o.province_en, count(*)::int as topics
                from extension_submission x
                join extension e using (extension_id)
                join round_roster o on o.round_id = e.round_id and o.lao_id = x.lao_id
                where x.extension_id = {extensionId}
                group by x.lao_id, o.kind, o.abbreviation_th, o.name_en, o.district_th, o.district_en, o.province_id,
                    o.province_th, o.province_en, o.province_order, o.district_order, o.district_id, o.report_order, o.code
                order by o.province_order, o.province_id, o.district_order, o.district_id, o.report_order, o.code
                """
            )
            .ToListAsync(cancellationToken);

    public async Task<ExtensionPreview> PreviewAsync(ExtensionRequest request, CancellationToken cancellationToken)
    {
        object[] parameters = Parameters(request);
        var laos = await db
            .Database.SqlQueryRaw<ExtendedLaoRow>(ExtensionSql.Laos, parameters)
            .ToListAsync(cancellationToken);
        var left = (
            await db.Database.SqlQueryRaw<LeftOut>(ExtensionSql.LeftOut, parameters).ToListAsync(cancellationToken)
        ).Single();
        return new ExtensionPreview(laos, left.Done, left.Later);
    }

    /// <summary>The parameters of <see cref="ExtensionSql"/>.</summary>
    public static object[] Parameters(ExtensionRequest request) =>
        [
            request.RoundId,
            SnakeCase.Of(request.Target),
            request.UnitId ?? 0,
            request.Laos.ToArray(),
            request.NewDeadline,
        ];

    /// <summary>Districts and provinces of the round with somebody in scope, by report order.</summary>
    public async Task<IReadOnlyList<ExtensionPlace>> ListPlacesAsync(
        Guid roundId,
        CancellationToken cancellationToken
    ) =>
        await db
            .Database.SqlQuery<ExtensionPlace>(
                $"""
                select p.unit_id, p.kind, p.name_th, p.name_en, p.province_th, p.province_en
                from (
                    select distinct o.province_id as unit_id, 'province' as kind, o.province_th as name_th,
                        o.province_en as name_en, o.province_th, o.province_en, o.province_order, 0 as district_order
                    from submission s join round_roster o using (round_id, lao_id) where s.round_id = {roundId}
                    union all
                    select distinct o.district_id, 'district', o.district_th, o.district_en, o.province_th, o.province_en,
                        o.province_order, o.district_order
                    from submission s join round_roster o using (round_id, lao_id) where s.round_id = {roundId}) p
                order by p.kind desc, p.province_order, p.district_order, p.unit_id
                """
            )
            .ToListAsync(cancellationToken);

    /// <summary>LAOs of the round in scope by code, or by name as the tables abbreviate it; a text that fits none or several is told.</summary>
    public async Task<ILookup<string, int>> FindLaosAsync(
        Guid roundId,
        IReadOnlyCollection<string> texts,
        CancellationToken cancellationToken
    )
    {
        string[] wanted = [.. texts];
        var found = await db
            .Database.SqlQuery<NamedLao>(
                $"""
                select t.text, o.lao_id
                from unnest({wanted}) t (text)
                join round_roster o on o.round_id = {roundId} and t.text in (o.code, o.abbreviation_th, o.name_th)
                where exists (select from submission s where s.round_id = o.round_id and s.lao_id = o.lao_id)
                """
            )
            .ToListAsync(cancellationToken);
        return found.ToLookup(row => row.Text, row => row.LaoId);
    }

    /// <summary>Of a round, or (null) of all: those that wait, the oldest first; with <paramref name="answered"/> the others, the newest first.</summary>
    public async Task<IReadOnlyList<RequestRow>> ListRequestsAsync(
        Guid? roundId,
        bool answered,
        int most,
        CancellationToken cancellationToken
    )
    {
        var rows = db
            .Database.SqlQueryRaw<RequestRow>(RequestSql)
            .Where(row => (roundId == null || row.RoundId == roundId) && row.Answer != null == answered);
        var ordered = answered ? rows.OrderByDescending(row => row.AnsweredAt) : rows.OrderBy(row => row.RequestedAt);
        return await ordered.ThenBy(row => row.ExtensionRequestId).Take(most).ToListAsync(cancellationToken);
    }

    public Task<RequestRow?> FindRequestAsync(Guid requestId, CancellationToken cancellationToken) =>
        db
            .Database.SqlQueryRaw<RequestRow>(RequestSql)
            .FirstOrDefaultAsync(row => row.ExtensionRequestId == requestId, cancellationToken);

    /// <summary>What an LAO has still to do in a round, and until when.</summary>
    public async Task<OwnRoundRow?> FindOwnAsync(Guid roundId, int laoId, CancellationToken cancellationToken) =>
        (
            await db
                .Database.SqlQuery<OwnRoundRow>(
                    $"""
                    select count(*) filter (where s.state <> 'exempt' and not state_is_done(s.state, r.done_means))::int as open,
                        max(greatest(r.deadline, s.extended_until)) as deadline
                    from submission s join round r using (round_id)
                    where s.round_id = {roundId} and s.lao_id = {laoId}
                    having count(*) > 0
                    """
                )
                .ToListAsync(cancellationToken)
        ).SingleOrDefault();

    private DateOnly Today => BangkokTime.Day(db.Actor.At);

    private IQueryable<ExtensionRow> Rows(Guid roundId) =>
        db.Database.SqlQuery<ExtensionRow>(
            $"""
            select e.extension_id, e.new_deadline, e.reason, e.reference, e.target, t.name_th as target_th, t.name_en as target_en,
                e.laos, e.submissions, e.granted_at, e.granted_by_name, u.name_th as granted_by_th, u.name_en as granted_by_en,
                e.withdrawn_at, e.withdrawn_by_name, e.withdraw_reason
            from extension e
            left join unit_version t on t.unit_id = e.target_unit_id
                and t.valid_from <= {Today} and (t.valid_to is null or t.valid_to > {Today})
            left join unit_version u on u.unit_id = e.granted_by_unit_id
                and u.valid_from <= {Today} and (u.valid_to is null or u.valid_to > {Today})
            where e.round_id = {roundId}
            """
        );

    private sealed record LeftOut(int Done, int Later);

    private sealed record NamedLao(string Text, int LaoId);
}

/// <param name="Open">topics that are not done</param>
/// <param name="Deadline">in force</param>
internal sealed record OwnRoundRow(int Open, DateOnly Deadline);

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Rounds;

/// <summary>Where a round stands on a day. Texts <c>round.state.NAME</c>.</summary>
internal enum RoundState
{
    /// <summary>Not opened: only the Department sees it.</summary>
    Draft,

    /// <summary>Opened, and its opening day is still to come.</summary>
    Upcoming,
    Open,

    /// <summary>Its closing day is past.</summary>
    Closed,
    Cancelled,
}

/// <summary>How a list of rounds is ordered.</summary>
internal enum RoundSort
{
    /// <summary>Nearest deadline last, so the newest rounds come first.</summary>
    Deadline,
    Title,
    FiscalYear,
}

/// <summary>Which rounds are looked for; null = any.</summary>
internal sealed record RoundFilter(
    string? Search = null,
    RoundState? State = null,
    RoundSort Sort = RoundSort.Deadline,
    bool Descending = true
);

/// <summary>A round in a list.</summary>
/// <param name="Laos">on the roster; 0 for a draft</param>
internal sealed record RoundRow(
    Guid RoundId,
    string Slug,
    int FiscalYear,
    string TitleTh,
    string TitleEn,
    DateOnly OpensOn,
    DateOnly Deadline,
    DateOnly ClosesOn,
    DoneMeans DoneMeans,
    RoundState State,
    int Forms,
    int Laos
);

/// <summary>A form that a round asks for.</summary>
internal sealed record RoundFormRow(
    string FormId,
    int FormVersion,
    string TitleTh,
    string TitleEn,
    int Sector,
    FormShape Shape
);

/// <summary>One round whole.</summary>
/// <param name="Audience">by province and kind: the roster, or for a draft what it would be today</param>
/// <param name="Warning">of the deadline; null when it is a working day</param>
internal sealed record RoundDetail(
    Round Round,
    RoundState State,
    IReadOnlyList<RoundFormRow> Forms,
    IReadOnlyList<AudienceCount> Audience,
    DeadlineWarning? Warning
)
{
    public int Laos => Audience.Sum(a => a.Laos);
}

/// <summary>A round as the page that changes it shows it.</summary>
/// <param name="Version">another one after every change</param>
/// <param name="Provinces">unit ids</param>
/// <param name="Codes">of the single LAOs that are asked, as they are today</param>
internal sealed record RoundDraft(
    Round Round,
    RoundState State,
    string Version,
    IReadOnlyList<string> Forms,
    IReadOnlyList<string> Kinds,
    IReadOnlyList<int> Provinces,
    IReadOnlyList<string> Codes
);

/// <summary>How many LAOs of a kind a province has in a round.</summary>
internal sealed record AudienceCount(
    int ProvinceId,
    string ProvinceTh,
    string ProvinceEn,
    int ProvinceOrder,
    string Kind,
    int Laos
);

/// <summary>Reads of rounds. Drafts are visible to the Department and the job only, by the database's policy.</summary>
internal sealed class RoundQueries(AppDb db)
{
    private const string Columns = "province_id, province_th, province_en, province_order, kind";
    private const string Counts = "select " + Columns + ", count(*)::int as laos from (";
    private const string Grouped = ") a group by " + Columns + " order by province_order, province_id";
    private const string DraftCounts = Counts + RoundAudienceSql.Query + Grouped;
    private const string RosterCounts = Counts + "select * from round_roster where round_id = {0}" + Grouped;

    private DateOnly Today => BangkokTime.Day(db.Actor.At);

    /// <summary>The state of a round on a day.</summary>
    public static RoundState StateOf(
        DateTimeOffset? openedAt,
        DateTimeOffset? cancelledAt,
        DateOnly opensOn,
        DateOnly closesOn,
        DateOnly today
    ) =>
        cancelledAt is not null ? RoundState.Cancelled
        : openedAt is null ? RoundState.Draft
        : today < opensOn ? RoundState.Upcoming
        : today > closesOn ? RoundState.Closed
        : RoundState.Open;

    /// <summary>All that match, in the order asked for; titles sort by Thai collation.</summary>
    public async Task<IReadOnlyList<RoundRow>> ListAsync(RoundFilter filter, CancellationToken cancellationToken)
    {
        var search = string.IsNullOrWhiteSpace(filter.Search) ? null : filter.Search.Trim();
        var rows = await db
            .Database.SqlQuery<ListedRound>(
                $"""
                select r.round_id, r.slug, r.fiscal_year, r.title_th, r.title_en, r.opens_on, r.deadline, r.closes_on,
                    r.done_means, r.opened_at, r.cancelled_at,
                    (select count(*) from round_form f where f.round_id = r.round_id)::int as forms,
                    (select count(*) from round_roster o where o.round_id = r.round_id)::int as laos
                from round r
                where {search}::text is null
                   or position(lower({search}::text) in lower(concat_ws(' ', r.title_th, r.title_en, r.slug, r.fiscal_year))) > 0
                """
            )
            .ToListAsync(cancellationToken);
        var shown = rows.Select(r => r.ToRow(Today)).Where(r => filter.State is null || r.State == filter.State);
        return [.. Ordered(shown, filter)];
    }

    /// <summary>By slug; null when there is none or it is a draft of somebody who may not see drafts.</summary>
    public async Task<RoundDetail?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        var round = await db.Set<Round>().FirstOrDefaultAsync(r => r.Slug == slug, cancellationToken);
        if (round is null)
        {
            return null;
        }
        var forms = await db
            .Database.SqlQuery<RoundFormRow>(
                $"""
                select f.form_id, rf.form_version, f.title_th, f.title_en, f.sector, f.shape
                from round_form rf join form f using (form_id)
                where rf.round_id = {round.RoundId}
                order by f.sector, f.report_order, f.form_id
                """
            )
            .ToListAsync(cancellationToken);
        var audience = await db
            .Database.SqlQueryRaw<AudienceCount>(round.OpenedAt is null ? DraftCounts : RosterCounts, round.RoundId)
            .ToListAsync(cancellationToken);
        return new RoundDetail(
            round,
            StateOf(round.OpenedAt, round.CancelledAt, round.OpensOn, round.ClosesOn, Today),
            forms,
            audience,
            DeadlineWarning.Of(round.Deadline)
        );
    }

    /// <summary>By slug, with what it asks for, whatever its state; null like <see cref="FindAsync"/>.</summary>
    public async Task<RoundDraft?> FindDraftAsync(string slug, CancellationToken cancellationToken)
    {
        var round = await db.Set<Round>().FirstOrDefaultAsync(r => r.Slug == slug, cancellationToken);
        if (round is null)
        {
            return null;
        }
        var content = await db
            .Database.SqlQuery<DraftParts>(
                $"""
                select r.xmin::text as version,
                    array(select f.form_id from round_form f where f.round_id = r.round_id) as forms,
                    array(select a.kind from round_audience a where a.round_id = r.round_id and a.part = 'kind') as kinds,
                    array(select a.unit_id from round_audience a where a.round_id = r.round_id and a.part = 'province') as provinces,
                    array(select v.code from round_audience a join unit_version v using (unit_id)
                        where a.round_id = r.round_id and a.part = 'unit' and v.code is not null
                          and v.valid_from <= {Today} and (v.valid_to is null or v.valid_to > {Today})
                        order by v.code) as codes
                from round r where r.round_id = {round.RoundId}
                """
            )
            .SingleAsync(cancellationToken);
        return new RoundDraft(
            round,
            StateOf(round.OpenedAt, round.CancelledAt, round.OpensOn, round.ClosesOn, Today),
            content.Version,
            content.Forms,
            content.Kinds,
            content.Provinces,
            content.Codes
        );
    }

    private static IEnumerable<RoundRow> Ordered(IEnumerable<RoundRow> rows, RoundFilter filter)
    {
        var ordered = filter.Sort switch
        {
            RoundSort.Title => rows.OrderBy(r => r.TitleTh, ThaiCollation.Comparer),
            RoundSort.FiscalYear => rows.OrderBy(r => r.FiscalYear).ThenBy(r => r.Deadline),
            _ => rows.OrderBy(r => r.Deadline).ThenBy(r => r.Slug, StringComparer.Ordinal),
        };
        return filter.Descending ? ordered.Reverse() : ordered;
    }

    private sealed record DraftParts(string Version, string[] Forms, string[] Kinds, int[] Provinces, string[] Codes);

    private sealed record ListedRound(
        Guid RoundId,
        string Slug,
        int FiscalYear,
        string TitleTh,
        string TitleEn,
        DateOnly OpensOn,
        DateOnly Deadline,
        DateOnly ClosesOn,
        DoneMeans DoneMeans,
        DateTimeOffset? OpenedAt,
        DateTimeOffset? CancelledAt,
        int Forms,
        int Laos
    )
    {
        public RoundRow ToRow(DateOnly today) =>
            new(
                RoundId,
                Slug,
                FiscalYear,
                TitleTh,
                TitleEn,
                OpensOn,
                Deadline,
                ClosesOn,
                DoneMeans,
                StateOf(OpenedAt, CancelledAt, OpensOn, ClosesOn, today),
                Forms,
                Laos
            );
    }
}

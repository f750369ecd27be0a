using Microsoft.EntityFrameworkCore;
using Thongthin.Data;

namespace Thongthin.Features.Progress;

/// <summary>An open round in the list, with its counts as they are now.</summary>
internal sealed record ProgressRoundRow(
    string Slug,
    int FiscalYear,
    string TitleTh,
    string TitleEn,
    DateOnly OpensOn,
    DateOnly Deadline,
    DateOnly ClosesOn,
    bool IsCancelled,
    int LaoCount,
    int Recorded,
    int Total
);

/// <summary>How the list of rounds is ordered; a key of the address's <c>sort</c>.</summary>
internal enum ProgressRoundSort
{
    Deadline,
    FiscalYear,
    Title,
}

/// <summary>The rounds that have a table to look at.</summary>
internal sealed class ProgressRounds(AppDb db)
{
    public const int PageSize = 20;

    /// <param name="search">part of the title, the slug or the fiscal year; null = all</param>
    /// <param name="page">from 1</param>
    public async Task<IReadOnlyList<ProgressRoundRow>> ListAsync(
        string? search,
        ProgressRoundSort sort,
        bool descending,
        int page,
        CancellationToken cancellationToken
    )
    {
        var like = search is null ? null : $"%{EscapeLike(search)}%";
        var (key, direction, skip) = (SnakeCase.Of(sort), descending ? -1 : 1, (page - 1) * PageSize);
        return await db
            .Database.SqlQuery<ProgressRoundRow>(
                $"""
                select r.slug, r.fiscal_year, r.title_th, r.title_en, r.opens_on, r.deadline, r.closes_on,
                    r.cancelled_at is not null as is_cancelled, u.lao_count, u.recorded, r.total
                from (
                    select r.*, count(*) over ()::int as total, row_number() over (order by
                        case {key}
                            when 'deadline' then r.deadline - date '2000-01-01'
                            when 'fiscal_year' then r.fiscal_year
                            else r.title_rank
                        end * {direction}, r.slug) as place
                    from (select *, rank() over (order by title_th collate thai) as title_rank from round) r
                    where r.opened_at is not null and ({like}::text is null or r.title_th ilike {like}
                        or r.title_en ilike {like} or r.slug ilike {like} or r.fiscal_year::text like {like})
                    order by place offset {skip} limit {PageSize}) r
                cross join lateral (
                    select (count(*) filter (where not u.is_exempt))::int as lao_count,
                        (count(*) filter (where u.is_done))::int as recorded
                    from round_unit u where u.round_id = r.round_id) u
                order by r.place
                """
            )
            .ToListAsync(cancellationToken);
    }

    /// <summary>A text that is looked for as it stands.</summary>
    internal static string EscapeLike(string text) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}

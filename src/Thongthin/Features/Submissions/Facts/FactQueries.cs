using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Forms.Expressions;

namespace Thongthin.Features.Submissions.Facts;

/// <summary>What rules of one form read of others.</summary>
internal sealed class FactQueries(AppDb db)
{
    /// <summary>
    /// The latest recorded fact of the LAO by each name <c>FORM.QUESTION</c>, of the fiscal year or an earlier one; names
    /// without any are left out. One query, and none where nothing is asked for.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, FormValue>> LatestAsync(
        int laoId,
        int fiscalYear,
        IReadOnlyCollection<string> names,
        CancellationToken cancellationToken
    )
    {
        if (names.Count == 0)
        {
            return new Dictionary<string, FormValue>();
        }
        string[] asked = [.. names];
        var rows = await db
            .Database.SqlQuery<Row>(
                $"""
                select n.name, f.number, f.day, f.text
                from unnest({asked}) n (name)
                cross join lateral (
                    select f.number, f.day, f.text
                    from answer_fact f
                    where f.lao_id = {laoId} and f.form_id = split_part(n.name, '.', 1)
                      and f.question = substr(n.name, strpos(n.name, '.') + 1)
                      and f.fiscal_year <= {fiscalYear} and f.record_number = '' and f.row_id = ''
                    order by f.fiscal_year desc limit 1) f
                """
            )
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(
            row => row.Name,
            row =>
                row.Number is { } number ? FormValue.Of(number)
                : row.Day is { } day ? FormValue.Of(day)
                : FormValue.Of(row.Text!),
            StringComparer.Ordinal
        );
    }

    private sealed record Row(string Name, double? Number, DateOnly? Day, string? Text);
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Submissions.Facts;

/// <summary>What rules of one form read of others.</summary>
internal sealed class FactQueries(AppDb db)
{
    /// <summary>What the expressions of a form may know of one LAO. Without facts in its rules nothing is asked of the database.</summary>
    public async Task<EvaluationContext> ContextAsync(
        FormDefinition form,
        Actor actor,
        int laoId,
        int fiscalYear,
        CancellationToken cancellationToken
    )
    {
        var context = SheetEvaluation.ContextOf(actor, fiscalYear);
        return form.FactNames.Count == 0
            ? context
            : context with
            {
                Facts = await ReadAsync(form, actor, laoId, fiscalYear, cancellationToken),
            };
    }

    private async Task<RecordedFacts> ReadAsync(
        FormDefinition form,
        Actor actor,
        int laoId,
        int fiscalYear,
        CancellationToken cancellationToken
    )
    {
        var values = new Dictionary<string, FormValue>(
            await LatestAsync(laoId, fiscalYear, form.FactNames, cancellationToken),
            StringComparer.Ordinal
        );
        if (!form.ReadsUnit)
        {
            return new RecordedFacts("", values);
        }
        var day = BangkokTime.Day(actor.At);
        var lao = await db
            .Database.SqlQuery<Unit>(
                $"""
                select u.kind, coalesce(u.code, '') as code,
                       coalesce(p.code, '') as province, coalesce(d.code, '') as district
                from unit_version u
                left join unit_version d on d.unit_id = u.district_id and {day} >= d.valid_from and (d.valid_to is null or {day} < d.valid_to)
                left join unit_version p on p.unit_id = u.province_id and {day} >= p.valid_from and (p.valid_to is null or {day} < p.valid_to)
                where u.unit_id = {laoId} and {day} >= u.valid_from and (u.valid_to is null or {day} < u.valid_to)
                """
            )
            .SingleOrDefaultAsync(cancellationToken);
        foreach (var (name, value) in lao?.Facts ?? [])
        {
            values[name] = FormValue.Of(value);
        }
        return new RecordedFacts(lao?.Code ?? "", values);
    }

    private sealed record Unit(string Kind, string Code, string Province, string District)
    {
        public (string Name, string Value)[] Facts =>
            [("unit.kind", Kind), ("unit.code", Code), ("unit.province", Province), ("unit.district", District)];
    }

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

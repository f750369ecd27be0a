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
    ) => (await ContextsAsync(form, actor, [laoId], fiscalYear, cancellationToken))[laoId];

    /// <summary>The same of many LAOs, in as many queries as of one.</summary>
    public async Task<IReadOnlyDictionary<int, EvaluationContext>> ContextsAsync(
        FormDefinition form,
        Actor actor,
        IReadOnlyCollection<int> laoIds,
        int fiscalYear,
        CancellationToken cancellationToken
    )
    {
        var context = SheetEvaluation.ContextOf(actor, fiscalYear);
        if (form.FactNames.Count == 0 || laoIds.Count == 0)
        {
            return laoIds.Distinct().ToDictionary(lao => lao, _ => context);
        }
        int[] laos = [.. laoIds.Distinct()];
        var latest = await ReadLatestAsync(laos, fiscalYear, form.FactNames, cancellationToken);
        var units = form.ReadsUnit ? await ReadUnitsAsync(laos, actor, cancellationToken) : [];
        return laos.ToDictionary(
            lao => lao,
            lao =>
            {
                var values = ByName(latest[lao]);
                var unit = units.GetValueOrDefault(lao);
                foreach (var (name, value) in unit?.Facts ?? [])
                {
                    values[name] = FormValue.Of(value);
                }
                return context with { Facts = new RecordedFacts(unit?.Code ?? "", values) };
            }
        );
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
    ) => ByName((await ReadLatestAsync([laoId], fiscalYear, names, cancellationToken))[laoId]);

    private static Dictionary<string, FormValue> ByName(IEnumerable<Row> rows) =>
        rows.ToDictionary(
            row => row.Name,
            row =>
                row.Number is { } number ? FormValue.Of(number)
                : row.Day is { } day ? FormValue.Of(day)
                : FormValue.Of(row.Text!),
            StringComparer.Ordinal
        );

    private async Task<ILookup<int, Row>> ReadLatestAsync(
        int[] laos,
        int fiscalYear,
        IReadOnlyCollection<string> names,
        CancellationToken cancellationToken
    )
    {
        string[] asked = [.. names];
        var rows = asked is []
            ? []
            : await db
                .Database.SqlQuery<Row>(
                    $"""
                    select l.lao_id, n.name, f.number, f.day, f.text
                    from unnest({laos}) l (lao_id)
                    cross join unnest({asked}) n (name)
                    cross join lateral (
                        select f.number, f.day, f.text
                        from answer_fact f
                        where f.lao_id = l.lao_id and f.form_id = split_part(n.name, '.', 1)
                          and f.question = substr(n.name, strpos(n.name, '.') + 1)
                          and f.fiscal_year <= {fiscalYear} and f.record_number = '' and f.row_id = ''
                        order by f.fiscal_year desc limit 1) f
                    """
                )
                .ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.LaoId);
    }

    private async Task<Dictionary<int, Unit>> ReadUnitsAsync(
        int[] laos,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var day = BangkokTime.Day(actor.At);
        return await db
            .Database.SqlQuery<Unit>(
                $"""
                select u.unit_id, u.kind, coalesce(u.code, '') as code,
                       coalesce(p.code, '') as province, coalesce(d.code, '') as district
                from unit_version u
                left join unit_version d on d.unit_id = u.district_id and {day} >= d.valid_from and (d.valid_to is null or {day} < d.valid_to)
                left join unit_version p on p.unit_id = u.province_id and {day} >= p.valid_from and (p.valid_to is null or {day} < p.valid_to)
                where u.unit_id = any ({laos}) and {day} >= u.valid_from and (u.valid_to is null or {day} < u.valid_to)
                """
            )
            .ToDictionaryAsync(unit => unit.UnitId, cancellationToken);
    }

    private sealed record Unit(int UnitId, string Kind, string Code, string Province, string District)
    {
        public (string Name, string Value)[] Facts =>
            [("unit.kind", Kind), ("unit.code", Code), ("unit.province", Province), ("unit.district", District)];
    }

    private sealed record Row(int LaoId, string Name, double? Number, DateOnly? Day, string? Text);
}

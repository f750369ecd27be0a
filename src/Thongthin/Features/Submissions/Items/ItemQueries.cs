using Microsoft.EntityFrameworkCore;
using Thongthin.Data;

namespace Thongthin.Features.Submissions.Items;

/// <summary>Reads of the items of a catalogue that apply to a submission (the view <c>submission_item</c>).</summary>
internal sealed class ItemQueries(AppDb db)
{
    /// <summary>Of submission ({0}, {1}); {2} is the name of the form's main question, an empty text without one.</summary>
    private const string ItemSql = """
        select i.code, i.area, i.name_th, i.name_en, i.department_th, i.plan_edition, i.legal_basis, i.is_compulsory,
            i.unit_th, i.unit_en, c.record_id, a.answer_sheet_id as sheet_id, a.status,
            coalesce(a.blocking_issues, 0) as blocking_issues, coalesce(a.answered, 0) as answered, a.saved_at,
            a.draft_by_name as saved_by, a.answers ->> {2} as answer, p.fiscal_year as previous_fiscal_year,
            p.answer as previous_answer
        from submission_item i
        left join record c on c.lao_id = i.lao_id and c.form_id = i.form_id and c.record_number = i.code
        left join answer_sheet a on a.lao_id = i.lao_id and a.submission_id = i.submission_id and a.record_id = c.record_id
        left join lateral (
            select t.fiscal_year, b.answers ->> {2} as answer
            from answer_sheet b
            join submission t on t.lao_id = b.lao_id and t.submission_id = b.submission_id
            where b.lao_id = c.lao_id and b.record_id = c.record_id and t.fiscal_year < i.fiscal_year
              and b.status <> 'removed'
            order by t.fiscal_year desc limit 1) p on true
        where i.lao_id = {0} and i.submission_id = {1}
        """;

    /// <summary>Every item that applies, by area and code.</summary>
    public async Task<IReadOnlyList<ItemRow>> ListAsync(
        SubmissionKey key,
        string mainQuestion,
        CancellationToken cancellationToken
    ) =>
        await db
            .Database.SqlQueryRaw<ItemRow>(
                ItemSql + " order by i.area, i.code",
                key.LaoId,
                key.SubmissionId,
                mainQuestion
            )
            .ToListAsync(cancellationToken);

    /// <summary>The item of one record; null when the record is of another form, or its item does not apply this year.</summary>
    public async Task<ItemRow?> FindAsync(SubmissionKey key, Guid recordId, CancellationToken cancellationToken) =>
        (
            await db
                .Database.SqlQueryRaw<ItemRow>(
                    ItemSql + " and c.record_id = {3}",
                    key.LaoId,
                    key.SubmissionId,
                    "",
                    recordId
                )
                .ToListAsync(cancellationToken)
        )
            is [var row]
            ? row
            : null;
}

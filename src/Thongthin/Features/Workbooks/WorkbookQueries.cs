using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Accounts;
using Thongthin.Features.Forms;
using Thongthin.Features.Submissions;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using StoredAnswers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Workbooks;

/// <summary>Reads what workbooks are made of: one form and fiscal year, of every LAO in the actor's scope or of a part of it.</summary>
internal sealed class WorkbookQueries(AppDb db, FormLibrary forms, CurrentActor actor)
{
    /// <param name="unitId">an LAO, or the district or province of the roster; null: everything in scope</param>
    /// <returns>null: nobody in scope is asked this form that year</returns>
    public async Task<WorkbookSource?> FindAsync(
        string formId,
        int fiscalYear,
        int? unitId,
        CancellationToken cancellationToken
    )
    {
        var laos = await db
            .Database.SqlQuery<LaoRow>(
                $"""
                select s.lao_id, s.submission_id, s.form_version, coalesce(o.code, '') as code,
                    coalesce(nullif(o.abbreviation_th, ''), o.name_th) as name, o.kind, o.name_en
                from submission s
                join round_roster o using (round_id, lao_id)
                where s.form_id = {formId} and s.fiscal_year = {fiscalYear}
                  and ({unitId}::int is null or {unitId} in (s.lao_id, o.district_id, o.province_id))
                order by o.province_order, o.district_order, o.report_order, o.code
                """
            )
            .ToListAsync(cancellationToken);
        if (laos.Count == 0)
        {
            return null;
        }
        var version = laos.Max(lao => lao.FormVersion);
        var form = await forms.GetAsync(formId, version, cancellationToken);
        var asked = laos.Where(lao => lao.FormVersion == version)
            .ToDictionary(
                lao => lao.LaoId,
                lao => new WorkbookLao(
                    lao.LaoId,
                    new SubmissionKey(lao.LaoId, lao.SubmissionId),
                    lao.Code,
                    lao.Name,
                    UnitLabel.English(lao.Kind, lao.NameEn)
                )
            );
        var sheets = await ReadSheetsAsync(form, fiscalYear, unitId, asked, cancellationToken);
        return new WorkbookSource(version, fiscalYear, [.. asked.Values], sheets);
    }

    private async Task<IReadOnlyList<WorkbookSheet>> ReadSheetsAsync(
        FormDefinition form,
        int fiscalYear,
        int? unitId,
        Dictionary<int, WorkbookLao> laos,
        CancellationToken cancellationToken
    )
    {
        // of this year; where there is none, a record's latest earlier one, which this year would start from
        var rows = await db
            .Database.SqlQuery<StoredSheetRow>(
                $"""
                select distinct on (s.lao_id, c.record_number, a.record_id)
                    s.lao_id, a.record_id, coalesce(c.record_number, '') as mark, a.label,
                    t.submission_id = s.submission_id as is_now, a.answer_sheet_id as sheet_id, a.revision,
                    a.field_revision, a.answers, a.status, p.answers as previous
                from submission s
                join round_roster o using (round_id, lao_id)
                join submission t on t.lao_id = s.lao_id and t.form_id = s.form_id and t.fiscal_year <= s.fiscal_year
                join answer_sheet a on a.lao_id = t.lao_id and a.submission_id = t.submission_id
                left join record c on c.lao_id = a.lao_id and c.record_id = a.record_id
                left join lateral (
                    select b.answers
                    from submission e
                    join answer_sheet b on b.lao_id = e.lao_id and b.submission_id = e.submission_id
                    where e.lao_id = s.lao_id and e.form_id = s.form_id and e.fiscal_year < s.fiscal_year
                      and b.record_id is not distinct from a.record_id
                    order by e.fiscal_year desc limit 1) p on true
                where s.form_id = {form.Id} and s.fiscal_year = {fiscalYear}
                  and ({unitId}::int is null or {unitId} in (s.lao_id, o.district_id, o.province_id))
                order by s.lao_id, c.record_number, a.record_id, t.fiscal_year desc
                limit {WorkbookLayout.MaximumSheets + 1}
                """
            )
            .ToListAsync(cancellationToken);
        if (rows.Count > WorkbookLayout.MaximumSheets)
        {
            throw new Refusal("workbook_too_many_sheets", WorkbookLayout.MaximumSheets);
        }
        var context = SheetEvaluation.ContextOf(actor.Value, fiscalYear);
        var fresh = form.Shape == FormShape.Annual ? StoredAnswers.New(form, context) : null;
        var byLao = rows.Where(row => row.Status != SheetStatus.Removed && laos.ContainsKey(row.LaoId))
            .ToLookup(row => row.LaoId, row => ToSheet(row, laos[row.LaoId], form, fresh, context));
        return
        [
            .. laos.Values.SelectMany(lao =>
                byLao[lao.LaoId].Any() || fresh is null ? byLao[lao.LaoId] : [Unstarted(lao, fresh)]
            ),
        ];
    }

    private static WorkbookSheet ToSheet(
        StoredSheetRow row,
        WorkbookLao lao,
        FormDefinition form,
        StoredAnswers? fresh,
        EvaluationContext context
    )
    {
        var stored = StoredAnswers.Parse(row.Answers);
        var previous = row.Previous is { } before ? StoredAnswers.Parse(before) : null;
        var key = new SheetKey(row.LaoId, row.RecordId);
        return row.IsNow
                ? new(
                    key,
                    lao.Submission,
                    lao.Lao,
                    row.Mark,
                    row.Label,
                    row.SheetId,
                    row.Revision,
                    row.FieldRevision,
                    stored,
                    previous
                )
            : fresh is not null ? Unstarted(lao, StoredAnswers.Start(form, stored, context)) with { Previous = stored }
            : new(key, lao.Submission, lao.Lao, row.Mark, row.Label, null, 0, "{}", stored.CarryForward(form), stored);
    }

    private static WorkbookSheet Unstarted(WorkbookLao lao, StoredAnswers fresh) =>
        new(new SheetKey(lao.LaoId, null), lao.Submission, lao.Lao, "", "", null, 0, "{}", fresh, null);

    private sealed record LaoRow(
        int LaoId,
        Guid SubmissionId,
        int FormVersion,
        string Code,
        string Name,
        string Kind,
        string NameEn
    );

    private sealed record StoredSheetRow(
        int LaoId,
        Guid? RecordId,
        string Mark,
        string Label,
        bool IsNow,
        Guid SheetId,
        int Revision,
        string FieldRevision,
        string Answers,
        SheetStatus Status,
        string? Previous
    );
}

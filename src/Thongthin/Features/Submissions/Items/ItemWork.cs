using Microsoft.EntityFrameworkCore;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions.Items;

/// <summary>
/// One item of a locked submission, for the operations that write it: its record and sheet as far as they are there. A
/// catalogue's record has the item's code as its number, so an LAO has one record of an item over all years.
/// </summary>
internal sealed class ItemWork
{
    public required string Code { get; init; }

    /// <summary>The label of its sheets.</summary>
    public required string Name { get; init; }

    /// <summary>Of the record that is there, or of the one that <see cref="InsertAsync"/> makes.</summary>
    public required Guid RecordId { get; init; }

    public required bool HasRecord { get; init; }

    /// <summary>This year's; null: none yet.</summary>
    public AnswerSheet? Sheet { get; init; }

    private string? PreviousAnswers { get; init; }

    /// <summary>What this year starts from: the values of the latest earlier year, or the form's defaults.</summary>
    public Answers Start(RecordWork work) =>
        PreviousAnswers is null
            ? Answers.New(work.Form, work.Context)
            : Answers.Parse(PreviousAnswers).CarryForward(work.Form);

    /// <summary>What stands there now: this year's sheet, or what it would start from.</summary>
    public Answers Current(RecordWork work) => Sheet is null ? Start(work) : Answers.Parse(Sheet.Answers);

    /// <summary>The sheet, or a new one that is not stored yet, with what it starts from.</summary>
    public AnswerSheet SheetOrNew(RecordWork work)
    {
        if (Sheet is not null)
        {
            return Sheet;
        }
        var sheet = work.Sheets.New(RecordId, Start(work).ToJsonString());
        sheet.Label = Name;
        return sheet;
    }

    /// <summary>The items with these codes that apply to the submission, in the order of their codes; null: all.</summary>
    public static async Task<IReadOnlyList<ItemWork>> ListAsync(
        RecordWork work,
        IReadOnlyCollection<string>? codes,
        CancellationToken cancellationToken
    )
    {
        var now = work.Submission.Now;
        string[]? wanted = codes is null ? null : [.. codes];
        var rows = await work
            .Submission.Db.Database.SqlQuery<Row>(
                $"""
                select i.code, i.name_th as name, c.record_id, a.answer_sheet_id as sheet_id, p.answers as previous_answers
                from submission_item i
                left join record c on c.lao_id = i.lao_id and c.form_id = i.form_id and c.record_number = i.code
                left join answer_sheet a
                    on a.lao_id = i.lao_id and a.submission_id = i.submission_id and a.record_id = c.record_id
                left join lateral (
                    select b.answers
                    from answer_sheet b
                    join submission t on t.lao_id = b.lao_id and t.submission_id = b.submission_id
                    where b.lao_id = c.lao_id and b.record_id = c.record_id and t.fiscal_year < i.fiscal_year
                    order by t.fiscal_year desc limit 1) p on true
                where i.lao_id = {now.LaoId} and i.submission_id = {now.SubmissionId}
                  and ({wanted}::text[] is null or i.code = any ({wanted}::text[]))
                order by i.code
                """
            )
            .ToListAsync(cancellationToken);
        var sheets = (await work.Sheets.ListInForceAsync(cancellationToken)).ToDictionary(s => s.AnswerSheetId);
        return
        [
            .. rows.Select(row => new ItemWork
            {
                Code = row.Code,
                Name = row.Name,
                RecordId = row.RecordId ?? Guid.CreateVersion7(),
                HasRecord = row.RecordId is not null,
                Sheet = row.SheetId is { } id ? sheets.GetValueOrDefault(id) : null,
                PreviousAnswers = row.PreviousAnswers,
            }),
        ];
    }

    /// <summary>Stores records that are new, and new sheets; two statements whatever their number.</summary>
    public static async Task InsertAsync(
        RecordWork work,
        IReadOnlyList<(ItemWork Item, AnswerSheet Sheet)> items,
        CancellationToken cancellationToken
    )
    {
        var (db, now) = (work.Submission.Db, work.Submission.Now);
        db.AddRange(
            items
                .Where(i => !i.Item.HasRecord)
                .Select(i => new Record
                {
                    LaoId = now.LaoId,
                    RecordId = i.Item.RecordId,
                    FormId = now.FormId,
                    RecordNumber = i.Item.Code,
                    FirstFiscalYear = now.FiscalYear,
                    CreatedAt = work.Submission.Actor.At.ToUniversalTime(),
                })
        );
        await db.SaveChangesAsync(cancellationToken);
        db.AddRange(items.Select(i => i.Sheet));
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        await work.Submission.StartAsync(cancellationToken);
    }

    private sealed record Row(string Code, string Name, Guid? RecordId, Guid? SheetId, string? PreviousAnswers);
}

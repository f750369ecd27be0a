using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Validation;
using Thongthin.Platform.Thai;

namespace Thongthin.Features.Demonstration;

/// <summary>An invented answer sheet: what the demonstration stores and certifies.</summary>
internal sealed record DemonstrationSheet(
    DemonstrationSubmission Submission,
    Guid SheetId,
    Guid? RecordId,
    string RecordNumber,
    int FirstFiscalYear,
    string Label,
    JsonObject Answers,
    string Stored,
    Completeness Completeness
);

/// <summary>
/// Answers for อุตรดิตถ์ and for one LAO in fifty elsewhere. A register keeps its records over the rounds: the same record
/// id and number, one sheet per fiscal year.
/// </summary>
internal sealed class DemonstrationAnswers(
    NpgsqlConnection connection,
    DemonstrationForms forms,
    DemonstrationPeople people
)
{
    /// <param name="progress">submissions done so far, and how many there are; from several threads</param>
    public async Task<IReadOnlyList<DemonstrationSheet>> LoadAsync(
        DemonstrationRound round,
        IReadOnlyList<DemonstrationSubmission> submissions,
        Action<int, int> progress,
        CancellationToken cancellationToken
    )
    {
        var answered = submissions.Where(s => s.HasContent && s.Events.Count > 0).ToList();
        var done = 0;
        var sheets = answered
            .AsParallel()
            .AsOrdered()
            .WithCancellation(cancellationToken)
            .SelectMany(s =>
            {
                var written = Sheets(round, s).ToList();
                progress(Interlocked.Increment(ref done), answered.Count);
                return written;
            })
            .ToList();
        await WriteRecordsAsync(sheets, cancellationToken);
        await WriteSheetsAsync(sheets, cancellationToken);
        return sheets;
    }

    private IEnumerable<DemonstrationSheet> Sheets(DemonstrationRound round, DemonstrationSubmission submission)
    {
        var form = forms[submission.FormId];
        var context = new EvaluationContext(SavedOn(submission), round.FiscalYear);
        var lao = submission.Lao;
        if (form.Shape == FormShape.Annual)
        {
            yield return Sheet(submission, form, context, null, "", 0, Answers(submission, form, context, ""));
            yield break;
        }
        if (form.Shape == FormShape.Catalogue)
        {
            foreach (var item in DemonstrationCatalogue.ItemsOf(lao.Kind, round.FiscalYear))
            {
                var answered = Answers(submission, form, context, item.Code);
                var id = DemonstrationIds.Of(form.Id, lao.Code, item.Code);
                yield return Sheet(
                    submission,
                    form,
                    context,
                    id,
                    item.Code,
                    DemonstrationCatalogue.FirstYear,
                    answered
                ) with
                {
                    Label = item.NameTh,
                };
            }
            yield break;
        }
        var agreements = form.Id == DemonstrationRound.Agreements;
        var count = Chance.Between(1, lao.Kind == "pao" ? 4 : 2, "records", form.Id, lao.Code);
        for (var i = 0; i < count; i++)
        {
            // the first record is there from the first round; later ones came in later years
            var first = Math.Min(2563 + i, agreements ? int.MaxValue : round.FiscalYear);
            if (first > round.FiscalYear)
            {
                continue;
            }
            var answers = agreements
                ? DemonstrationAgreement.Of(lao, i, first, round.FiscalYear)
                : Answers(submission, form, context, (i + 1).ToString(CultureInfo.InvariantCulture));
            var number = string.Create(
                CultureInfo.InvariantCulture,
                $"{form.Id[..3].ToUpperInvariant()}-{lao.Code}-{first % 100:00}-{i + 1:000}"
            );
            var recordId = DemonstrationIds.Of(form.Id, lao.Code, i);
            yield return Sheet(submission, form, context, recordId, number, first, answers);
        }
    }

    /// <summary>Whole where it was submitted; a draft that was left is answered to some point.</summary>
    private static JsonObject Answers(
        DemonstrationSubmission submission,
        FormDefinition form,
        EvaluationContext context,
        string thing
    )
    {
        var lao = submission.Lao;
        var submitted = submission.Events.Any(e => e.Action == "submit");
        var parts = submitted ? int.MaxValue : Chance.Between(1, form.Nodes.Count, "parts", form.Id, lao.Code);
        var answers = InventedSheet.Of(form, lao, context, thing, parts);
        return DemonstrationMistakes.Plant(
            form,
            answers,
            context,
            submitted ? Severity.Warn : Severity.Block,
            what => Chance.Of("mistake", form.Id, lao.Code, thing, context.FiscalYear!, what)
        );
    }

    private static DemonstrationSheet Sheet(
        DemonstrationSubmission submission,
        FormDefinition form,
        EvaluationContext context,
        Guid? recordId,
        string number,
        int firstFiscalYear,
        JsonObject answers
    )
    {
        var evaluation = FormEvaluation.Evaluate(form, AnswerSheet.Of(answers), context);
        return new(
            submission,
            Guid.CreateVersion7(),
            recordId,
            number,
            firstFiscalYear,
            evaluation.RecordLabel,
            answers,
            evaluation.Sheet.ToJsonString(),
            evaluation.Completeness
        );
    }

    private static DateOnly SavedOn(DemonstrationSubmission submission) =>
        BangkokTime.Day(submission.Events.Last(e => e.Role == "recorder").At);

    /// <summary>Only the records that no earlier round wrote.</summary>
    private async Task WriteRecordsAsync(IReadOnlyList<DemonstrationSheet> sheets, CancellationToken cancellationToken)
    {
        var known = new HashSet<Guid>();
        await using (var read = new NpgsqlCommand("select record_id from record", connection))
        await using (var reader = await read.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                known.Add(reader.GetGuid(0));
            }
        }
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy record (lao_id, record_id, form_id, record_number, first_fiscal_year, created_at) from stdin (format binary)",
            cancellationToken
        );
        foreach (var sheet in sheets)
        {
            if (sheet.RecordId is not { } recordId || !known.Add(recordId))
            {
                continue;
            }
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(sheet.Submission.Lao.UnitId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(recordId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(sheet.Submission.FormId, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(sheet.RecordNumber, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(sheet.FirstFiscalYear, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(sheet.Submission.Events[0].At, NpgsqlDbType.TimestampTz, cancellationToken);
        }
        await copy.CompleteAsync(cancellationToken);
    }

    private async Task WriteSheetsAsync(IReadOnlyList<DemonstrationSheet> sheets, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy answer_sheet (lao_id, answer_sheet_id, submission_id, record_id, status, label, answers, revision,
                blocking_issues, warnings, answered, required, draft_by, draft_by_name, saved_at) from stdin (format binary)
            """,
            cancellationToken
        );
        foreach (var sheet in sheets)
        {
            var recorder = people.Who(sheet.Submission.Lao, "recorder");
            var done = sheet.Completeness;
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(sheet.Submission.Lao.UnitId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(sheet.SheetId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(sheet.Submission.SubmissionId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteNullableAsync(sheet.RecordId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(Status(sheet), NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(sheet.Label, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(sheet.Stored, NpgsqlDbType.Jsonb, cancellationToken);
            await copy.WriteAsync(1, NpgsqlDbType.Integer, cancellationToken);
            foreach (var count in (int[])[done.Blocking, done.Warnings, done.RequiredAnswered, done.Required])
            {
                await copy.WriteAsync(count, NpgsqlDbType.Integer, cancellationToken);
            }
            await copy.WriteNullableAsync(recorder.UserId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(recorder.Name, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(
                sheet.Submission.Events.Last(e => e.Role == "recorder").At,
                NpgsqlDbType.TimestampTz,
                cancellationToken
            );
        }
        await copy.CompleteAsync(cancellationToken);
    }

    private static string Status(DemonstrationSheet sheet) =>
        sheet.RecordId is not null && sheet.Submission.State is "recorded" or "certified" ? "confirmed" : "draft";
}

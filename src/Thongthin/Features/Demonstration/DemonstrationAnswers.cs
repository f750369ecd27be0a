using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Validation;

namespace Thongthin.Features.Demonstration;

/// <summary>An invented answer sheet: what the demonstration stores and certifies.</summary>
internal sealed record DemonstrationSheet(
    DemonstrationSubmission Submission,
    Guid SheetId,
    Guid? RecordId,
    string RecordNumber,
    string Label,
    JsonObject Answers
);

/// <summary>
/// Answers for อุตรดิตถ์ and for one LAO in fifty elsewhere; in the open round the annual sheet of everybody who began, so
/// that whatever comes in there can be read. A register keeps its records over the rounds: the same record
/// id and number, one sheet per fiscal year.
/// </summary>
internal sealed class DemonstrationAnswers(
    NpgsqlConnection connection,
    DemonstrationForms forms,
    DemonstrationPeople people
)
{
    private readonly Dictionary<(int LaoId, int Index), Guid> _records = [];

    /// <summary>Whether the LAO records something in this form; in a register the others declare that they have none.</summary>
    public static bool Records(DemonstrationRound round, DemonstrationLao lao, string formId) =>
        formId == DemonstrationRound.Agreements
            ? DemonstrationRounds.HasAnswers(lao) && Chance.Of("has agreements", lao.Code) < AgreementShare(lao.Kind)
            : DemonstrationRounds.HasAnswers(lao) || round.Slug == DemonstrationRound.Current;

    public async Task<IReadOnlyList<DemonstrationSheet>> LoadAsync(
        DemonstrationRound round,
        IReadOnlyList<DemonstrationSubmission> submissions,
        CancellationToken cancellationToken
    )
    {
        var sheets = submissions
            .Where(s => s.HasContent && s.Events.Count > 0)
            .SelectMany(s => Sheets(round, s))
            .ToList();
        await WriteRecordsAsync(sheets, cancellationToken);
        await WriteSheetsAsync(round, sheets, cancellationToken);
        return sheets;
    }

    private static double AgreementShare(string kind) =>
        kind switch
        {
            "pao" or "city_municipality" => 0.9,
            "town_municipality" => 0.6,
            _ => 0.15,
        };

    private IEnumerable<DemonstrationSheet> Sheets(DemonstrationRound round, DemonstrationSubmission submission)
    {
        var lao = submission.Lao;
        if (submission.FormId == DemonstrationRound.Infrastructure)
        {
            var answers = DemonstrationInfrastructure.Of(lao, round.FiscalYear);
            yield return new(submission, Guid.CreateVersion7(), null, "", "", answers);
            yield break;
        }
        var count = Chance.Between(1, lao.Kind == "pao" ? 4 : 2, "agreements", lao.Code);
        for (var i = 0; i < count; i++)
        {
            // the first agreement is there from the first round; later ones came in later years
            var first = 2563 + i;
            if (first <= round.FiscalYear)
            {
                var answers = DemonstrationAgreement.Of(lao, i, first, round.FiscalYear);
                var number = string.Create(
                    CultureInfo.InvariantCulture,
                    $"INT-{lao.Code}-{first % 100:00}-{i + 1:000}"
                );
                if (!_records.TryGetValue((lao.UnitId, i), out var recordId))
                {
                    _records[(lao.UnitId, i)] = recordId = Guid.CreateVersion7();
                }
                yield return new(
                    submission,
                    Guid.CreateVersion7(),
                    recordId,
                    number,
                    (string)answers["title_th"]!,
                    answers
                );
            }
        }
    }

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
            await copy.WriteAsync(
                2500 + int.Parse(sheet.RecordNumber.Split('-')[2], CultureInfo.InvariantCulture),
                NpgsqlDbType.Integer,
                cancellationToken
            );
            await copy.WriteAsync(sheet.Submission.Events[0].At, NpgsqlDbType.TimestampTz, cancellationToken);
        }
        await copy.CompleteAsync(cancellationToken);
    }

    private async Task WriteSheetsAsync(
        DemonstrationRound round,
        IReadOnlyList<DemonstrationSheet> sheets,
        CancellationToken cancellationToken
    )
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
            var check = Check(round, sheet);
            var done = check.Completeness;
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(sheet.Submission.Lao.UnitId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(sheet.SheetId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(sheet.Submission.SubmissionId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteNullableAsync(sheet.RecordId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(Status(sheet), NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(sheet.Label, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(check.Sheet.ToJsonString(), NpgsqlDbType.Jsonb, cancellationToken);
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

    private FormEvaluation Check(DemonstrationRound round, DemonstrationSheet sheet) =>
        FormEvaluation.Evaluate(
            forms[sheet.Submission.FormId],
            AnswerSheet.Of(sheet.Answers),
            new EvaluationContext(round.ClosesOn, round.FiscalYear)
        );

    private static string Status(DemonstrationSheet sheet) =>
        sheet.RecordId is not null && sheet.Submission.State is "recorded" or "certified" ? "confirmed" : "draft";
}

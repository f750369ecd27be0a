using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;
using Thongthin.Data;
using Thongthin.Features.Rounds;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Demonstration;

/// <summary>
/// Certificates for what the invented certifiers of อุตรดิตถ์ certified: the same canonical content that the program freezes
/// when somebody certifies. Where no account was made there is only the history.
/// </summary>
internal sealed class DemonstrationCertificates(
    NpgsqlConnection connection,
    DemonstrationForms forms,
    DemonstrationPeople people
)
{
    public async Task LoadAsync(
        DemonstrationRound round,
        IReadOnlyList<DemonstrationSubmission> submissions,
        IReadOnlyList<DemonstrationSheet> sheets,
        CancellationToken cancellationToken
    )
    {
        var sheetsOf = sheets.ToLookup(s => s.Submission.SubmissionId);
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy certificate (lao_id, certificate_id, submission_id, content, sha256, certified_at, certifier_id,
                certifier_name, certifier_position) from stdin (format binary)
            """,
            cancellationToken
        );
        foreach (var submission in submissions.Where(s => s.State == "certified"))
        {
            var certifier = people.Who(submission.Lao, "certifier");
            if (certifier.UserId is not { } certifierId)
            {
                continue;
            }
            var at = submission.Events[^1].At;
            var id = Guid.CreateVersion7(at);
            var content = Content(id, round, submission, certifier, [.. sheetsOf[submission.SubmissionId]]);
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(submission.Lao.UnitId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(id, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(submission.SubmissionId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(content, NpgsqlDbType.Bytea, cancellationToken);
            await copy.WriteAsync(SHA256.HashData(content), NpgsqlDbType.Bytea, cancellationToken);
            await copy.WriteAsync(at, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(certifierId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(certifier.Name, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(certifier.Position, NpgsqlDbType.Text, cancellationToken);
        }
        await copy.CompleteAsync(cancellationToken);
    }

    private byte[] Content(
        Guid id,
        DemonstrationRound round,
        DemonstrationSubmission submission,
        DemonstrationPerson certifier,
        IReadOnlyList<DemonstrationSheet> sheets
    )
    {
        var certified = submission.Events[^1];
        var actor = new Actor(
            ActorKind.Person,
            certified.At,
            "",
            certifier.UserId,
            certifier.Name,
            Position: certifier.Position,
            UnitId: certifier.UnitId,
            UnitName: certifier.UnitName,
            Level: UnitLevel.Lao,
            Role: Role.Certifier
        );
        var row = new LockedSubmission.Row(
            submission.Lao.UnitId,
            submission.SubmissionId,
            round.RoundId,
            submission.FormId,
            1,
            round.FiscalYear,
            SubmissionState.Recorded,
            certified.At,
            submission.Events.Count,
            submission.IsNil,
            submission.Events.Last(e => e.To == "recorded").At,
            null,
            null,
            round.OpensOn,
            round.Deadline,
            round.ClosesOn,
            null,
            null,
            15
        );
        var context = SheetEvaluation.ContextOf(actor, round.FiscalYear);
        return CertifiedContent.Write(
            id,
            actor,
            delegation: null,
            row,
            Round(round),
            Roster(round, submission.Lao),
            forms.VersionOf(submission.FormId),
            forms[submission.FormId],
            [
                .. sheets.Select(s => new CertifiedSheet(
                    s.SheetId,
                    s.RecordId is null ? null : s.RecordNumber,
                    1,
                    SheetEvaluation.Evaluate(
                        forms[submission.FormId],
                        Thongthin.Forms.Answers.AnswerSheet.Of(s.Answers),
                        context
                    )
                )),
            ],
            new Dictionary<Guid, byte[]>()
        );
    }

    private static Round Round(DemonstrationRound round) =>
        new()
        {
            RoundId = round.RoundId,
            Slug = round.Slug,
            FiscalYear = round.FiscalYear,
            TitleTh = round.TitleTh,
            TitleEn = round.TitleEn,
            OpensOn = round.OpensOn,
            Deadline = round.Deadline,
            ClosesOn = round.ClosesOn,
            DoneMeans = SnakeCase.Parse<DoneMeans>(round.DoneMeans),
            CreatedAt = default,
        };

    private static RoundRoster Roster(DemonstrationRound round, DemonstrationLao lao) =>
        new()
        {
            RoundId = round.RoundId,
            LaoId = lao.UnitId,
            Kind = lao.Kind,
            Code = lao.Code,
            NameTh = lao.NameTh,
            NameEn = lao.NameEn,
            AbbreviationTh = lao.Abbreviation,
            ReportOrder = lao.ReportOrder,
            DistrictId = lao.DistrictId,
            DistrictTh = lao.DistrictTh,
            DistrictEn = "",
            DistrictOrder = 0,
            ProvinceId = lao.ProvinceId,
            ProvinceTh = lao.ProvinceTh,
            ProvinceEn = "",
            ProvinceOrder = 0,
            SupervisingUnitId = lao.SupervisingId,
        };
}

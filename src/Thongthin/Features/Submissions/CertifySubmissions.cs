using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Features.Rounds;
using Thongthin.Features.Submissions.Facts;
using Thongthin.Features.Submissions.Items;
using Thongthin.Features.Submissions.Signing;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Files;
using Thongthin.Platform.Security;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions;

/// <summary>What the certifier had on the screen: <see cref="SubmissionDetail.Seen"/> of it.</summary>
internal sealed record SeenSubmission(SubmissionKey Key, string Seen);

/// <summary>
/// The certifier certifies one or several recorded submissions in one act (the page has checked the password). All or
/// none: each must be exactly what was on the screen, and none may hold anything that the certifier recorded, unless the
/// Department allows it to this LAO. The certificates freeze the content and are signed; the events, in one statement, move the
/// states.
/// </summary>
internal sealed class CertifySubmissions(
    AppDb db,
    FormLibrary forms,
    AttachmentQueries attachments,
    CertificateSigner signer
)
{
    /// <returns>The certificates, in the order given.</returns>
    /// <exception cref="Refusal">submission_not_found, nothing_to_certify, move_not_allowed, wrong_state, round_cancelled, seen_changed (with the form's title), certifier_recorded (with the form's title).</exception>
    public async Task<IReadOnlyList<Guid>> ExecuteAsync(
        Actor actor,
        IReadOnlyList<SeenSubmission> seen,
        CancellationToken cancellationToken
    )
    {
        if (seen.Count == 0)
        {
            throw new Refusal("nothing_to_certify");
        }
        using var key = await signer.OpenKeyAsync(db, cancellationToken);
        var delegation = await CertifiedDelegation.FindAsync(db, actor, cancellationToken);
        var certificates = new Dictionary<SubmissionKey, Guid>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var locked = new List<(LockedSubmission Submission, EventDetail Detail)>();
        foreach (var item in seen.DistinctBy(s => s.Key).OrderBy(s => s.Key.LaoId).ThenBy(s => s.Key.SubmissionId))
        {
            var submission = await LockedSubmission.JoinAsync(db, actor, transaction, item.Key, cancellationToken);
            submission.RequireMove(SubmissionAction.Certify);
            submission.RequireNotCancelled();
            await CheckAsync(submission, item.Seen, cancellationToken);
            var certificate = await FreezeAsync(submission, key, delegation, cancellationToken);
            await WriteFactsAsync(submission, cancellationToken);
            await InsertAsync(certificate, cancellationToken);
            certificates.Add(item.Key, certificate.CertificateId);
            locked.Add((submission, new EventDetail(CertificateId: certificate.CertificateId)));
        }
        await LockedSubmission.MoveTogetherAsync(locked, SubmissionAction.Certify, cancellationToken);
        foreach (var (submission, detail) in locked)
        {
            await submission.AuditAsync(
                "submission_certified",
                new { certificate = detail.CertificateId },
                cancellationToken
            );
        }
        await transaction.CommitAsync(cancellationToken);
        return [.. seen.Select(s => certificates[s.Key])];
    }

    private async Task CheckAsync(LockedSubmission submission, string seen, CancellationToken cancellationToken)
    {
        var rows = await db
            .Database.SqlQueryRaw<Checked>(
                CheckSql,
                submission.Actor.UserId ?? Guid.Empty,
                submission.Key.LaoId,
                submission.Key.SubmissionId
            )
            .ToListAsync(cancellationToken);
        var now = rows[0];
        if (now.Seen != seen)
        {
            throw new Refusal("seen_changed", now.TitleTh);
        }
        if (now.RecordedBySelf)
        {
            throw new Refusal("certifier_recorded", now.TitleTh);
        }
    }

    private const string CheckSql =
        "select f.title_th, "
        + SubmissionQueries.SeenColumn
        + " as seen, not u.allows_self_certification and "
        + SubmissionQueries.RecordedBySql
        + """
             as recorded_by_self
            from submission s join form f using (form_id) join unit u on u.unit_id = s.lao_id
            where s.lao_id = {1} and s.submission_id = {2}
            """;

    private async Task WriteFactsAsync(LockedSubmission submission, CancellationToken cancellationToken)
    {
        var now = submission.Now;
        var form = await forms.GetAsync(now.FormId, now.FormVersion, cancellationToken);
        await FactWriter.WriteAsync(submission, form, now.RecordedAt!.Value, now.IsNil, cancellationToken);
    }

    private async Task<Certificate> FreezeAsync(
        LockedSubmission submission,
        SigningKey signingKey,
        CertifiedDelegation? delegation,
        CancellationToken cancellationToken
    )
    {
        var (key, now, actor) = (submission.Key, submission.Now, submission.Actor);
        var round = await db.Set<Round>().SingleAsync(r => r.RoundId == now.RoundId, cancellationToken);
        var lao = await db.Set<RoundRoster>()
            .SingleAsync(r => r.RoundId == now.RoundId && r.LaoId == now.LaoId, cancellationToken);
        var version = await db.Set<FormVersion>()
            .SingleAsync(v => v.FormId == now.FormId && v.Version == now.FormVersion, cancellationToken);
        var form = await forms.GetAsync(now.FormId, now.FormVersion, cancellationToken);
        var sheets = await SheetsAsync(submission, form, cancellationToken);
        var hashes = await HashesAsync(submission, sheets, cancellationToken);
        var id = Guid.CreateVersion7();
        var content = CertifiedContent.Write(id, actor, delegation, now, round, lao, version, form, sheets, hashes);
        return new Certificate
        {
            LaoId = key.LaoId,
            CertificateId = id,
            SubmissionId = key.SubmissionId,
            Content = content,
            Sha256 = SHA256.HashData(content),
            CertifiedAt = actor.At.ToUniversalTime(),
            CertifierId = actor.UserId!.Value,
            CertifierName = actor.DisplayName,
            CertifierPosition = actor.Position,
            Signature = signingKey.Sign(content),
            SigningKeyId = signingKey.SigningKeyId,
            CheckCode = CheckCode.New(),
        };
    }

    /// <summary>Of every file that answers a question: attachment → SHA-256.</summary>
    private async Task<IReadOnlyDictionary<Guid, byte[]>> HashesAsync(
        LockedSubmission submission,
        IReadOnlyList<CertifiedSheet> sheets,
        CancellationToken cancellationToken
    )
    {
        var ids = sheets.SelectMany(sheet => CertifiedContent.FilesOf(sheet.Evaluation.Content)).ToHashSet();
        var found = await attachments.ListAsync(submission.Key.LaoId, ids, cancellationToken);
        return found.ToDictionary(attachment => attachment.AttachmentId, attachment => attachment.Sha256);
    }

    private async Task<IReadOnlyList<CertifiedSheet>> SheetsAsync(
        LockedSubmission submission,
        FormDefinition form,
        CancellationToken cancellationToken
    )
    {
        var context = await new FactQueries(db).ContextAsync(
            form,
            submission.Actor,
            submission.Key.LaoId,
            submission.Now.FiscalYear,
            cancellationToken
        );
        var stored = await new SheetWriter(submission).ListInForceAsync(cancellationToken);
        var numbers = await db.Set<Record>()
            .Where(r => r.LaoId == submission.Key.LaoId && r.FormId == submission.Now.FormId)
            .ToDictionaryAsync(r => r.RecordId, r => r.RecordNumber, cancellationToken);
        var items =
            form.Shape == FormShape.Catalogue
                ? (await new ItemQueries(db).ListAsync(submission.Key, "", cancellationToken))
                    .Where(i => i.SheetId is not null)
                    .ToDictionary(i => i.SheetId!.Value)
                : [];
        return
        [
            .. stored
                .Select(s => new CertifiedSheet(
                    s.AnswerSheetId,
                    s.RecordId is { } record ? numbers[record] : null,
                    s.Revision,
                    SheetEvaluation.Evaluate(form, Answers.Parse(s.Answers), context),
                    items.GetValueOrDefault(s.AnswerSheetId)
                ))
                .OrderBy(s => s.RecordNumber, StringComparer.Ordinal),
        ];
    }

    // void columns are not the certifier's to write, so they are not named
    private Task<int> InsertAsync(Certificate c, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            insert into certificate (lao_id, certificate_id, submission_id, content, sha256, certified_at, certifier_id,
                certifier_name, certifier_position, signature, signing_key_id, check_code)
            values ({c.LaoId}, {c.CertificateId}, {c.SubmissionId}, {c.Content}, {c.Sha256}, {c.CertifiedAt},
                {c.CertifierId}, {c.CertifierName}, {c.CertifierPosition}, {c.Signature}, {c.SigningKeyId}, {c.CheckCode})
            """,
            cancellationToken
        );

    private sealed record Checked(string TitleTh, string Seen, bool RecordedBySelf);
}

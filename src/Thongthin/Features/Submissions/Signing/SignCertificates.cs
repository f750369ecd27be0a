using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions.Signing;

/// <summary>
/// Signs the certificates that have no signature: those from before certificates were signed, and those that a load wrote past the
/// operations. In batches, each a transaction, so that a start that was stopped goes on where it was; several programs may do it
/// at once, each certificate is signed once.
/// </summary>
internal sealed class SignCertificates(AppDb db, CertificateSigner signer)
{
    private const int Batch = 500;

    /// <param name="actor">the job</param>
    /// <param name="progress">told after each batch how many were signed so far</param>
    /// <param name="cancellationToken">ends it between two batches</param>
    /// <returns>how many were signed</returns>
    public async Task<int> ExecuteAsync(Actor actor, Action<int> progress, CancellationToken cancellationToken)
    {
        using var key = await signer.OpenKeyAsync(db, cancellationToken);
        var signed = 0;
        while (await ListUnsignedAsync(cancellationToken) is { Count: > 0 } unsigned)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var count = await SignAsync(key, unsigned, cancellationToken);
            await AuditLog.WriteAsync(
                db,
                actor,
                "certificates_signed",
                $"signing_key/{key.SigningKeyId}",
                laoId: null,
                new { count },
                cancellationToken
            );
            await transaction.CommitAsync(cancellationToken);
            progress(signed += count);
        }
        return signed;
    }

    private Task<List<Unsigned>> ListUnsignedAsync(CancellationToken cancellationToken) =>
        db
            .Database.SqlQuery<Unsigned>(
                $"""
                select lao_id, certificate_id, content from certificate where signature is null
                order by lao_id, certificate_id limit {Batch}
                """
            )
            .ToListAsync(cancellationToken);

    private async Task<int> SignAsync(SigningKey key, List<Unsigned> unsigned, CancellationToken cancellationToken)
    {
        object[] parameters =
        [
            Of(NpgsqlDbType.Integer, unsigned.ConvertAll(c => c.LaoId)),
            Of(NpgsqlDbType.Uuid, unsigned.ConvertAll(c => c.CertificateId)),
            Of(NpgsqlDbType.Bytea, unsigned.ConvertAll(c => key.Sign(c.Content))),
            Of(NpgsqlDbType.Text, unsigned.ConvertAll(_ => CheckCode.New())),
            key.SigningKeyId,
        ];
        var counts = await db
            .Database.SqlQueryRaw<int>("""select sign_certificates({0}, {1}, {2}, {3}, {4}) as "Value" """, parameters)
            .ToListAsync(cancellationToken);
        return counts.Single();
    }

    private static NpgsqlParameter Of(NpgsqlDbType type, object values) =>
        new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type };

    private sealed record Unsigned(int LaoId, Guid CertificateId, byte[] Content);
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions.Signing;

/// <summary>
/// The key in use. Whoever certifies asks the database which one that is (another program may have rotated it) and takes it from
/// memory; only the first time the program reads and unwraps it, as the job, since no person may. The first of all makes one.
/// </summary>
internal sealed class CertificateSigner(AppDbFactory databases, WrappingKey wrapping, TimeProvider clock)
{
    private volatile Unwrapped? _last;

    /// <exception cref="Platform.OperatorException">the installation's key is not the one that wrapped it</exception>
    public async Task<SigningKey> OpenKeyAsync(AppDb db, CancellationToken cancellationToken)
    {
        var inUse = await db
            .Database.SqlQuery<Guid>(
                $"""select signing_key_id as "Value" from published_key where retired_at is null"""
            )
            .ToListAsync(cancellationToken);
        if (_last is not { } last || !inUse.Contains(last.SigningKeyId))
        {
            _last = last = await ReadAsync(cancellationToken);
        }
        return SigningKey.Open(last.SigningKeyId, last.PrivateKey);
    }

    private async Task<Unwrapped> ReadAsync(CancellationToken cancellationToken)
    {
        var actor = Actor.Job(clock, "certificates");
        await using var db = databases.Create(actor);
        if (await FindAsync(db, cancellationToken) is not { } stored)
        {
            await CreateAsync(db, actor, cancellationToken);
            stored = (await FindAsync(db, cancellationToken))!;
        }
        return new Unwrapped(stored.SigningKeyId, SigningKey.Unwrap(wrapping, stored.PrivateKey));
    }

    private static async Task<Unwrapped?> FindAsync(AppDb db, CancellationToken cancellationToken) =>
        (
            await db
                .Database.SqlQuery<Unwrapped>(
                    $"select signing_key_id, private_key from signing_key where retired_at is null"
                )
                .ToListAsync(cancellationToken)
        ).SingleOrDefault();

    private async Task CreateAsync(AppDb db, Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await SigningKey.InsertAsync(db, wrapping, actor.At, cancellationToken) is { } id)
        {
            await AuditLog.WriteAsync(
                db,
                actor,
                "signing_key_created",
                $"signing_key/{id}",
                laoId: null,
                detail: null,
                cancellationToken
            );
        }
        await transaction.CommitAsync(cancellationToken);
    }

    private sealed record Unwrapped(Guid SigningKeyId, byte[] PrivateKey);
}

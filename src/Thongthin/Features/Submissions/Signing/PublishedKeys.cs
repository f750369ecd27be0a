using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;

namespace Thongthin.Features.Submissions.Signing;

/// <summary>The public half of a key, in use or retired.</summary>
/// <param name="PublicKey">PEM</param>
internal sealed record PublishedKeyRow(
    Guid SigningKeyId,
    string PublicKey,
    DateTimeOffset CreatedAt,
    DateTimeOffset? RetiredAt
);

/// <summary>Reads the public keys, anybody's to have.</summary>
internal sealed class PublishedKeys(AppDb db)
{
    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<PublishedKeyRow>> ListAsync(CancellationToken cancellationToken) =>
        await db
            .Database.SqlQuery<PublishedKeyRow>(
                $"""
                select signing_key_id, public_key, created_at, retired_at from published_key
                order by created_at desc, signing_key_id desc
                """
            )
            .ToListAsync(cancellationToken);

    /// <summary>
    /// All keys in one file. Between them stands which is which: readers of PEM pass over text outside the marks.
    /// </summary>
    public static string Pem(IReadOnlyList<PublishedKeyRow> keys)
    {
        var text = new StringBuilder("ท้องถิ่น Thongthin: ECDSA P-256, SHA-256\n");
        foreach (var key in keys)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n{key.SigningKeyId} {Day(key.CreatedAt)}/{(key.RetiredAt is { } retired ? Day(retired) : "")}\n{key.PublicKey}\n"
            );
        }
        return text.ToString();
    }

    /// <summary>ISO 8601, so that a period reads the same anywhere.</summary>
    private static string Day(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}

using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions.Signing;

/// <summary>
/// A key that signs: ECDSA over P-256. Of its two halves the public one is published for ever, the private one lies in the
/// database wrapped by the installation's <see cref="WrappingKey"/>, so that a leaked backup signs nothing.
/// </summary>
internal sealed class SigningKey : IDisposable
{
    private readonly ECDsa _key;

    private SigningKey(Guid signingKeyId, ECDsa key) => (SigningKeyId, _key) = (signingKeyId, key);

    public Guid SigningKeyId { get; }

    /// <summary>DER, as <c>openssl dgst -verify</c> takes it.</summary>
    public byte[] Sign(byte[] content) =>
        _key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => _key.Dispose();

    /// <param name="signingKeyId">its id in the database</param>
    /// <param name="unwrapped">PKCS 8</param>
    public static SigningKey Open(Guid signingKeyId, byte[] unwrapped)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(unwrapped, out _);
        return new SigningKey(signingKeyId, key);
    }

    /// <exception cref="OperatorException">the installation's key is not the one that wrapped it</exception>
    public static byte[] Unwrap(WrappingKey wrapping, byte[] wrapped)
    {
        try
        {
            return wrapping.Unwrap(wrapped);
        }
        catch (CryptographicException exception)
        {
            throw new OperatorException(
                $"กุญแจลงนามใบรับรองถูกห่อด้วยกุญแจอื่น โปรดคืน {WrappingKey.Setting} หรือแฟ้ม {WrappingKey.FileName} เดิม หากหายแล้วให้สั่ง certificates rotate-key",
                $"The key that signs certificates was wrapped by another key: restore {WrappingKey.Setting} or the file {WrappingKey.FileName}, or, where that is lost, run certificates rotate-key.",
                exception
            );
        }
    }

    /// <summary>Stores a new key, unless one is in use: then null, so that two first starts agree on one.</summary>
    public static async Task<Guid?> InsertAsync(
        AppDb db,
        WrappingKey wrapping,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = Guid.CreateVersion7();
        var publicKey = key.ExportSubjectPublicKeyInfoPem();
        var wrapped = wrapping.Wrap(key.ExportPkcs8PrivateKey());
        var inserted = await db.Database.ExecuteSqlAsync(
            $"""
            insert into signing_key (signing_key_id, public_key, private_key, created_at)
            values ({id}, {publicKey}, {wrapped}, {at.ToUniversalTime()})
            on conflict do nothing
            """,
            cancellationToken
        );
        return inserted == 1 ? id : null;
    }
}

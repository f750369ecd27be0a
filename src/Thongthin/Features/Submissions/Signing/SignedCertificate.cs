using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Thongthin.Platform;

namespace Thongthin.Features.Submissions.Signing;

/// <summary>What checking a signed certificate comes to.</summary>
internal enum SignatureCheck
{
    /// <summary>The content is what was signed.</summary>
    Valid,

    /// <summary>Content, hash or signature is not as it was.</summary>
    Changed,

    /// <summary>Signed by a key that is not among those that are trusted.</summary>
    UnknownKey,
}

/// <summary>
/// A certificate as a file that can be checked without the program and without a network: the certified content, its SHA-256, the
/// signature over the content's canonical bytes (RFC 8785) and the public key. That a key stands in the file proves nothing
/// about whose it is: for that the reader gives the published ones. Whether the certificate was voided later only its check page
/// can say. Pure.
/// </summary>
internal static class SignedCertificate
{
    /// <summary>Changes when members are renamed or removed.</summary>
    public const int Format = 1;

    private const string Algorithm = "ecdsa-p256-sha256-der";
    private const string PublicKeyLabel = "PUBLIC KEY";

    /// <summary>A name said twice could show one thing and be signed as another.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static byte[] Write(CertificateDetail certificate, PublishedKeyRow key, string checkAddress) =>
        CanonicalJson.Write(
            new JsonObject
            {
                ["format"] = Format,
                ["algorithm"] = Algorithm,
                ["check_address"] = checkAddress,
                ["content"] = JsonNode.Parse(certificate.Content),
                ["key_id"] = key.SigningKeyId.ToString(),
                ["public_key"] = key.PublicKey,
                ["sha256"] = certificate.Sha256,
                ["signature"] = certificate.Signature,
            }
        );

    /// <param name="file">as downloaded</param>
    /// <param name="trusted">
    /// SubjectPublicKeyInfo of the keys that are trusted; null: the file's own, which shows only that its parts fit together
    /// </param>
    /// <exception cref="FormatException">this is no signed certificate</exception>
    public static SignatureCheck Check(ReadOnlyMemory<byte> file, IReadOnlyList<byte[]>? trusted)
    {
        var parts = Read(file);
        if (trusted is not null && !trusted.Any(key => key.AsSpan().SequenceEqual(parts.PublicKey)))
        {
            return SignatureCheck.UnknownKey;
        }
        try
        {
            var content = CanonicalJson.Write(parts.Content);
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(parts.PublicKey, out _);
            return
                Convert.ToHexStringLower(SHA256.HashData(content)) == parts.Sha256
                && key.VerifyData(
                    content,
                    parts.Signature,
                    HashAlgorithmName.SHA256,
                    DSASignatureFormat.Rfc3279DerSequence
                )
                ? SignatureCheck.Valid
                : SignatureCheck.Changed;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            // a number that has no canonical form, bytes that are no signature or no key
            return SignatureCheck.Changed;
        }
    }

    /// <summary>The SHA-256 of the key in the file, by which people compare keys.</summary>
    /// <exception cref="FormatException">this is no signed certificate</exception>
    public static string FingerprintOf(ReadOnlyMemory<byte> file) =>
        Convert.ToHexStringLower(SHA256.HashData(Read(file).PublicKey));

    /// <summary>
    /// What the signed bytes say they certify, to compare with a paper: unit, topic, fiscal year, moment, position. Null where a
    /// later format says it elsewhere.
    /// </summary>
    /// <exception cref="FormatException">this is no signed certificate</exception>
    public static string? SubjectOf(ReadOnlyMemory<byte> file)
    {
        var content = Read(file).Content;
        string?[] words =
        [
            Text(content, "lao", "name_th"),
            Text(content, "lao", "province_th"),
            Text(content, "form", "title_th"),
            Text(content, "fiscal_year"),
            Text(content, "certified_at"),
            Text(content, "certifier", "position"),
        ];
        return words.All(word => word is not null) ? string.Join(" · ", words) : null;
    }

    private static string? Text(JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = (node as JsonObject)?[name];
        }
        return (node as JsonValue)?.ToString();
    }

    /// <summary>Every public key in a PEM text, as SubjectPublicKeyInfo; none when there is none.</summary>
    public static IReadOnlyList<byte[]> KeysOf(string pem)
    {
        var keys = new List<byte[]>();
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label].SequenceEqual(PublicKeyLabel))
            {
                keys.Add(Convert.FromBase64String(rest[fields.Base64Data].ToString()));
            }
            rest = rest[fields.Location.End..];
        }
        return keys;
    }

    private static Parts Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            var json = JsonNode.Parse(file.Span, documentOptions: Strict) as JsonObject;
            return new Parts(
                json!["content"]!.AsObject(),
                json["sha256"]!.GetValue<string>(),
                Convert.FromBase64String(json["signature"]!.GetValue<string>()),
                KeysOf(json["public_key"]!.GetValue<string>())[0]
            );
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or NullReferenceException
                        or InvalidOperationException
                        or FormatException
                        or ArgumentException
            )
        {
            throw new FormatException("This is no signed certificate.", e);
        }
    }

    private sealed record Parts(JsonObject Content, string Sha256, byte[] Signature, byte[] PublicKey);
}

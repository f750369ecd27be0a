using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Thongthin.Forms.Expressions;

/// <summary>Digests and encodings of texts (UTF-8), the same as <c>digest.js</c>.</summary>
internal static class Digests
{
    private static readonly UTF8Encoding Strict = new(false, true);

    /// <summary>Empty for an algorithm or encoding that there is not.</summary>
    [SuppressMessage(
        "Security",
        "CA5350",
        Justification = "Authors may compare with digests that others made; nothing is protected by it."
    )]
    [SuppressMessage(
        "Security",
        "CA5351",
        Justification = "Authors may compare with digests that others made; nothing is protected by it."
    )]
    public static string Digest(string text, string algorithm, string encoding)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var digest = algorithm switch
        {
            "MD5" => MD5.HashData(bytes),
            "SHA-1" => SHA1.HashData(bytes),
            "SHA-256" => SHA256.HashData(bytes),
            "SHA-384" => SHA384.HashData(bytes),
            "SHA-512" => SHA512.HashData(bytes),
            _ => [],
        };
        return encoding switch
        {
            "hex" => Convert.ToHexStringLower(digest),
            "base64" => Convert.ToBase64String(digest),
            _ => "",
        };
    }

    /// <summary>Empty when it is not Base64 of a text.</summary>
    public static string FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        try
        {
            return Convert.TryFromBase64String(text, bytes, out var count) ? Strict.GetString(bytes, 0, count) : "";
        }
        catch (DecoderFallbackException)
        {
            return "";
        }
    }
}

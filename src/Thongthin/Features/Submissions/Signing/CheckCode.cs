using System.Security.Cryptography;

namespace Thongthin.Features.Submissions.Signing;

/// <summary>
/// What anybody checks a certificate by: 16 characters of Crockford's base 32 (80 bits of chance), in groups of four where
/// people read it. Read as it may be typed: small letters, O for 0, I and L for 1, Thai digits, with or without hyphens.
/// </summary>
internal static class CheckCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 16;
    private const int Group = 4;

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>XXXX-XXXX-XXXX-XXXX</summary>
    public static string Grouped(string code) =>
        string.Join('-', code.Chunk(Group).Select(characters => new string(characters)));

    public static string PathOf(string code) => "/check/" + Grouped(code);

    /// <summary>Absolute: a QR and a file are read away from the page that has them.</summary>
    public static string AddressOf(HttpRequest request, string code) =>
        $"{request.Scheme}://{request.Host}{PathOf(code)}";

    /// <summary>The code as it is stored, or null when this cannot be one.</summary>
    public static string? Parse(string? typed)
    {
        // nothing that is typed needs more than this; what a stranger sends may be of any length
        if (typed is null || typed.Length > Length * 3)
        {
            return null;
        }
        var code = string.Concat(
            typed
                .Where(c => c is not '-' and not '–' && !char.IsWhiteSpace(c))
                .Select(c => Read(char.ToUpperInvariant(c)))
        );
        return code.Length == Length && code.All(Alphabet.Contains) ? code : null;
    }

    private static char Read(char c) =>
        c switch
        {
            'O' => '0',
            'I' or 'L' => '1',
            >= '๐' and <= '๙' => (char)(c - '๐' + '0'),
            _ => c,
        };
}

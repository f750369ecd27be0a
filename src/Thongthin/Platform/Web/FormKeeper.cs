using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Thongthin.Platform.Security;

namespace Thongthin.Platform.Web;

/// <summary>What somebody had typed when the session ended: where it was going, and every field of it.</summary>
internal sealed record KeptForm(string Author, string Membership, string Path, IReadOnlyList<KeptField> Fields);

internal sealed record KeptField(string Name, string Value);

/// <summary>
/// Nothing typed is lost when a session ends before the form is sent. Every form carries the sealed name of the person
/// it was shown to (<see cref="AuthorField"/>). When such a form arrives without a session, its fields are sealed
/// with the data-protection keys, travel through the sign-in page as one hidden field, and are opened again only for
/// the same person, who may then send them. A form that was never shown to a person carries no author and is not kept,
/// so another site cannot plant one. Passwords and files are never kept.
/// </summary>
internal sealed class FormKeeper(IDataProtectionProvider protection, TimeProvider clock)
{
    public const string AuthorField = "_author";
    public const string KeptField = "_kept";
    public const string TokenField = "_token";
    private const int MaxTypedCharacters = 4_000_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(12);

    private readonly IDataProtector author = protection.CreateProtector("form.author");
    private readonly IDataProtector kept = protection.CreateProtector("form.kept");

    /// <summary>The value of the author field for a person's forms; null for somebody who is not signed in.</summary>
    public string? SealAuthor(ClaimsPrincipal user) =>
        user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
            ? author.Protect($"{id} {user.FindFirstValue(ActorClaims.Membership)}")
            : null;

    /// <summary>The posted form of this request when it can be kept: it has an author and is not too large; otherwise null.</summary>
    public KeptForm? Keep(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType)
        {
            return null;
        }
        var form = request.Form;
        if (OpenAuthor(form[AuthorField]) is not { } writer)
        {
            return null;
        }
        var fields = form.Where(pair => IsTyped(pair.Key))
            .SelectMany(pair => pair.Value.Select(value => new KeptField(pair.Key, value ?? "")))
            .ToList();
        return fields.Sum(field => (long)field.Name.Length + field.Value.Length) > MaxTypedCharacters
            ? null
            : new KeptForm(writer.Id, writer.Membership, request.Path + request.QueryString, fields);
    }

    public string Seal(KeptForm form)
    {
        using var buffer = new MemoryStream();
        using (var brotli = new BrotliStream(buffer, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(brotli, new Sealed(form, clock.GetUtcNow()));
        }
        return Base64Url.EncodeToString(kept.Protect(buffer.ToArray()));
    }

    /// <summary>Opens a sealed form for the person who wrote it; null for anybody else, when damaged, or when too old.</summary>
    public KeptForm? Open(string? value, string userId)
    {
        if (string.IsNullOrEmpty(value) || !Base64Url.IsValid(value))
        {
            return null;
        }
        try
        {
            using var buffer = new MemoryStream(kept.Unprotect(Base64Url.DecodeFromChars(value)));
            using var brotli = new BrotliStream(buffer, CompressionMode.Decompress);
            var opened = JsonSerializer.Deserialize<Sealed>(brotli);
            return opened is not null && opened.At + KeptFor > clock.GetUtcNow() && opened.Form.Author == userId
                ? opened.Form
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private (string Id, string Membership)? OpenAuthor(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }
        try
        {
            var parts = author.Unprotect(value).Split(' ', 2);
            return (parts[0], parts[1]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool IsTyped(string name) =>
        name is not (AuthorField or KeptField or TokenField)
        && !name.Contains("password", StringComparison.OrdinalIgnoreCase);

    private sealed record Sealed(KeptForm Form, DateTimeOffset At);
}

namespace Thongthin.Features.Extensions;

/// <summary>Addresses of the extensions of a round.</summary>
internal static class ExtensionPath
{
    public static string Of(string slug) => $"/rounds/{slug}/extensions";

    public static string Of(string slug, Guid extensionId) => $"{Of(slug)}/{extensionId}";

    public static string New(string slug) => Of(slug) + "/new";

    public static string Ask(string slug) => Of(slug) + "/request";

    public static string Request(string slug, Guid requestId) => $"{Of(slug)}/requests/{requestId}";
}

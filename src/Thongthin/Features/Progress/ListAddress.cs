using Thongthin.Data;

namespace Thongthin.Features.Progress;

/// <summary>Reads the parts of a list's address: a page from 1, and a sort key with a minus for descending.</summary>
internal static class ListAddress
{
    /// <summary>1 when there is none or it makes no sense; at most a million, so that no offset overflows.</summary>
    public static int PageOf(int? page) => Math.Clamp(page ?? 1, 1, 1_000_000);

    /// <returns>the key, or the default when it is none of <typeparamref name="T"/></returns>
    public static (T Key, bool Descending) SortOf<T>(string? sort, T byDefault, bool descendingByDefault)
        where T : struct, Enum
    {
        var text = sort?.TrimStart('-');
        foreach (var key in Enum.GetValues<T>())
        {
            if (SnakeCase.Of(key) == text)
            {
                return (key, sort![0] == '-');
            }
        }
        return (byDefault, descendingByDefault);
    }

    public static string? SearchOf(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : text.Trim() is { Length: > 100 } longer ? longer[..100]
        : text.Trim();
}

using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Thongthin.Features.Shared;

/// <summary>
/// A word after a redirect that something was done: <c>TempData.Done(T["accounts.ended"])</c>. The layout shows it once at the
/// top of the next page. Only for what has really been committed.
/// </summary>
internal static class Notices
{
    private const string Key = "done";
    private const string StoredKey = "stored";

    public static void Done(this ITempDataDictionary tempData, string text) => tempData[Key] = text;

    /// <summary>Names the form that was just stored, so that the browser forgets what it kept of it for the case that it was not.</summary>
    public static void Stored(this ITempDataDictionary tempData, Guid saveKey) =>
        tempData[StoredKey] = saveKey.ToString();

    // Comes back as what its text looks like: a Guid.
    public static string? TakeStored(this ITempDataDictionary tempData) => tempData[StoredKey]?.ToString();

    public static string? TakeDone(this ITempDataDictionary tempData) => tempData[Key] as string;
}

using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Thongthin.Features.Shared;

/// <summary>
/// A word after a redirect that something was done: <c>TempData.Done(T["accounts.ended"])</c>. The layout shows it once at the
/// top of the next page. Only for what has really been committed.
/// </summary>
internal static class Notices
{
    private const string Key = "done";

    public static void Done(this ITempDataDictionary tempData, string text) => tempData[Key] = text;

    public static string? TakeDone(this ITempDataDictionary tempData) => tempData[Key] as string;
}

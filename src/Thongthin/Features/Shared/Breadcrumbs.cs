using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Thongthin.Features.Shared;

/// <summary>One page above the current one.</summary>
internal sealed record Breadcrumb(string Text, string Path);

/// <summary>
/// The way back up, from the page: <c>ViewData.Breadcrumb(T["rounds.title"], "/rounds")</c>, topmost first. The current
/// page's title is added by the layout.
/// </summary>
internal static class BreadcrumbExtensions
{
    private const string Key = "Breadcrumbs";

    public static void Breadcrumb(this ViewDataDictionary viewData, string text, string path) =>
        viewData[Key] = (List<Breadcrumb>)[.. viewData.Breadcrumbs(), new Breadcrumb(text, path)];

    public static IReadOnlyList<Breadcrumb> Breadcrumbs(this ViewDataDictionary viewData) =>
        viewData[Key] as List<Breadcrumb> ?? [];
}

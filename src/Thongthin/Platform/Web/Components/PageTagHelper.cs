using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Thongthin.Platform.Web.Components;

/// <summary>What the page components share: the request, its texts, and writing of encoded HTML.</summary>
public abstract class PageTagHelper : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    private protected Texts T => field ??= ViewContext.HttpContext.RequestServices.GetRequiredService<Texts>();

    private protected HttpRequest Request => ViewContext.HttpContext.Request;

    /// <summary>This page's address with some query values replaced; a null value removes its key.</summary>
    private protected string Here(params ReadOnlySpan<(string Key, string? Value)> changes)
    {
        var query = Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (var (key, value) in changes)
        {
            query.Remove(key);
            if (value is not null)
            {
                query[key] = value;
            }
        }
        return Request.Path + QueryString.Create(query);
    }

    private protected static IHtmlContent Html(FormattableString html) =>
        new HtmlFormattableString(CultureInfo.InvariantCulture, html.Format, html.GetArguments());

    private protected static void Replace(TagHelperOutput output, IHtmlContent content)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(content);
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>
/// Official prints have Thai digits whatever the screen shows. A Thai text with Arabic digits carries the printed form as
/// an attribute, which the print style puts in its place; the page's own text stays one and the same.
/// </summary>
internal static class OfficialDigits
{
    /// <param name="shown">a text as the reader sees it</param>
    public static IHtmlContent Of(Texts texts, string shown)
    {
        var printed = texts.IsEnglish ? shown : ThaiDigits.ToThai(shown);
        return printed == shown
            ? Html($"{shown}")
            : Html($"<span class=\"digits\" data-thai=\"{printed}\"><span>{shown}</span></span>");
    }

    /// <summary>A whole number with grouping.</summary>
    public static IHtmlContent Number(Texts texts, int number) => Of(texts, texts.Number(number));

    private static HtmlFormattableString Html(FormattableString html) =>
        new(CultureInfo.InvariantCulture, html.Format, html.GetArguments());
}

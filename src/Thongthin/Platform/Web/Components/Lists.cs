using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Thongthin.Platform.Web.Components;

/// <summary>
/// A column header that sorts: <c>&lt;th sort="name"&gt;ชื่อ&lt;/th&gt;</c>. The query value <c>sort</c> is the key, with a
/// minus for descending; <c>sort-default</c> names the order when there is none. The header says its order to screen readers.
/// </summary>
[HtmlTargetElement("th", Attributes = "sort")]
public sealed class SortHeaderTagHelper : PageTagHelper
{
    public string Sort { get; set; } = "";

    public string? SortDefault { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var current = Request.Query["sort"].ToString() is { Length: > 0 } asked ? asked : SortDefault;
        var ascending = current == Sort;
        var descending = current == "-" + Sort;
        var icon =
            ascending ? "arrow-up"
            : descending ? "arrow-down"
            : "sort";
        output.Attributes.SetAttribute("scope", "col");
        if (ascending || descending)
        {
            output.Attributes.SetAttribute("aria-sort", ascending ? "ascending" : "descending");
        }
        var text = await output.GetChildContentAsync();
        var link = Here(("sort", ascending ? "-" + Sort : Sort), ("page", null));
        output.Content.SetHtmlContent(Html($"<a class=\"sort\" href=\"{link}\">{text} {Icons.Html(icon)}</a>"));
    }
}

/// <summary>
/// Pages of a list, by the query value <c>page</c> (from 1): which rows are shown, of how many, and links to the
/// neighbours. A page model reads it as <c>[FromQuery(Name = "page")]</c>: as a bound property it would get the route
/// value of that name, which is the page's own path. Only the count is written when everything fits on one page.
/// </summary>
public sealed class PagingTagHelper : PageTagHelper
{
    public int Page { get; set; } = 1;

    public int Size { get; set; } = 50;

    public long Total { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var pages = (int)Math.Max(1, (Total + Size - 1) / Size);
        var first = Total == 0 ? 0 : ((long)(Page - 1) * Size) + 1;
        var last = Math.Min(Total, (long)Page * Size);
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "paging");
        output.Attributes.SetAttribute("aria-label", T["paging.label"]);
        output.Content.AppendHtml(Html($"<span>{T["paging.shown", first, last, Total]}</span>"));
        if (pages == 1)
        {
            return;
        }
        output.Content.AppendHtml("<ul>");
        Link(output, Page > 1 ? Page - 1 : null, T["paging.previous"]);
        var previous = 0;
        foreach (var number in Shown(pages))
        {
            if (number > previous + 1)
            {
                output.Content.AppendHtml("<li aria-hidden=\"true\">…</li>");
            }
            if (number == Page)
            {
                output.Content.AppendHtml(Html($"<li><span aria-current=\"page\">{T.Number(number)}</span></li>"));
            }
            else
            {
                Link(output, number, T.Number(number));
            }
            previous = number;
        }
        Link(output, Page < pages ? Page + 1 : null, T["paging.next"]);
        output.Content.AppendHtml("</ul>");
    }

    private void Link(TagHelperOutput output, int? page, string text)
    {
        if (page is { } number)
        {
            var link = Here(("page", number.ToString(CultureInfo.InvariantCulture)));
            output.Content.AppendHtml(Html($"<li><a href=\"{link}\">{text}</a></li>"));
        }
    }

    private IEnumerable<int> Shown(int pages) =>
        Enumerable.Range(1, pages).Where(number => number == 1 || number == pages || Math.Abs(number - Page) <= 1);
}

using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Thongthin.Platform.Thai;

namespace Thongthin.Platform.Web.Components;

/// <summary>
/// What must be corrected, at the top of the page: every error of ModelState, each a link to its field, in the order in
/// which the page's model declares its properties, which is the order of the fields. Nothing when there is none. Errors
/// without a field (key "") come first, without a link.
/// </summary>
public sealed class ErrorSummaryTagHelper : PageTagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var fields = ViewContext.ViewData.ModelMetadata.Properties.Select(property => property.Name).ToList();
        var errors = ViewContext
            .ViewData.ModelState.SelectMany(pair => pair.Value!.Errors, (pair, error) => (pair.Key, error.ErrorMessage))
            .OrderBy(error => error.Key.Length == 0 ? -1 : fields.IndexOf(error.Key.Split('[', '.')[0]))
            .ToList();
        if (errors.Count == 0)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "error-summary");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Content.AppendHtml(Html($"<h2>{T["field.summary"]}</h2><ul>"));
        foreach (var (field, message) in errors)
        {
            output.Content.AppendHtml(
                field.Length == 0
                    ? Html($"<li>{message}</li>")
                    : Html($"<li><a href=\"#{FieldTagHelper.IdOf(field)}\">{message}</a></li>")
            );
        }
        output.Content.AppendHtml("</ul>");
    }
}

/// <summary>
/// A message in the page; tone is <c>info</c>, <c>success</c>, <c>warning</c> or <c>danger</c>. A class of the page's own
/// (<c>no-print</c>) is kept.
/// </summary>
public sealed class NoticeTagHelper : PageTagHelper
{
    public string Tone { get; set; } = "info";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var icon = Tone switch
        {
            "success" => "check",
            "warning" or "danger" => "warning",
            _ => "info",
        };
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        var more = context.AllAttributes["class"] is { Value: var own } ? $" {own}" : "";
        output.Attributes.SetAttribute("class", $"notice notice-{Tone}{more}");
        output.PreContent.AppendHtml(Icons.Html(icon)).AppendHtml("<div>");
        output.PostContent.AppendHtml("</div>");
    }
}

/// <summary>An empty list: why it is empty and what to do, with a link inside where there is something to do.</summary>
public sealed class EmptyStateTagHelper : PageTagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "empty");
    }
}

/// <summary>
/// A state in words, with colour and icon. Tone is <c>neutral</c>, <c>active</c>, <c>done</c>, <c>certified</c>,
/// <c>returned</c> or <c>warning</c>; the words are the element's content.
/// </summary>
public sealed class StateBadgeTagHelper : PageTagHelper
{
    public string Tone { get; set; } = "neutral";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"state state-{Tone}");
        output.PreContent.AppendHtml(Icons.Html(IconOf(Tone)));
    }

    private static string IconOf(string tone) =>
        tone switch
        {
            "active" => "pencil",
            "done" => "check",
            "certified" => "seal",
            "returned" => "return",
            "warning" => "clock",
            "exempt" => "dash",
            _ => "circle",
        };
}

/// <summary>A count out of a total as a bar, green for done and red for the rest, always with the numbers beside it.</summary>
public sealed class CountBarTagHelper : PageTagHelper
{
    public long Done { get; set; }

    public long Total { get; set; }

    /// <summary>The bar alone, where the table has the numbers in its own columns.</summary>
    public bool BarOnly { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var share = Percent.Of(Done, Total);
        var words = T["shared.count_bar", T.Number(Done), T.Number(Total)];
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "count-bar");
        output.Content.AppendHtml(
            Html(
                $"<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{words}\"><rect class=\"bar-rest\" width=\"100\" height=\"10\"/><rect class=\"bar-done\" width=\"{share}\" height=\"10\"/></svg>"
            )
        );
        if (!BarOnly)
        {
            output.Content.AppendHtml(Html($"<span aria-hidden=\"true\">{T.Number(Done)} / {T.Number(Total)}</span>"));
        }
    }
}

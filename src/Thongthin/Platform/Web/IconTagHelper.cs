using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Thongthin.Platform.Web;

/// <summary>A small line drawing beside words: <c>&lt;icon name="check" /&gt;</c>. It never stands alone, so it is hidden from screen readers.</summary>
public sealed class IconTagHelper : TagHelper
{
    public string Name { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Icons.Html(Name));
    }
}

/// <summary>The drawings, 16 × 16, stroked in the colour of the text around them.</summary>
internal static class Icons
{
    private static readonly Dictionary<string, HtmlString> Drawings = new Dictionary<string, string>
    {
        ["arrow-down"] = "M8 3v10M4 9l4 4 4-4",
        ["arrow-up"] = "M8 13V3M4 7l4-4 4 4",
        ["calendar"] = "M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2v3M10.5 2v3",
        ["check"] = "M3 8.5 6.5 12 13 4.5",
        ["circle"] = "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z",
        ["clock"] = "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5v3.2l2.2 1.5",
        ["cross"] = "M4 4l8 8M12 4l-8 8",
        ["dash"] = "M3.5 8h9",
        ["download"] = "M8 2v8M4.5 7 8 10.5 11.5 7M3 13.5h10",
        ["info"] = "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 7.2v3.8M8 4.9v.2",
        ["pencil"] = "M3 13l.6-2.9L11 2.7l2.3 2.3-7.4 7.4zM9.6 4.1l2.3 2.3",
        ["person"] = "M8 2.5a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4zM2.8 13.5c.5-2.6 2.6-4 5.2-4s4.700 1.4 5.200 4",
        ["print"] = "M4.500 6V2.500h7V6M4.500 11.500h-2V6h11v5.500h-2M4.500 9.500h7v4h-7z",
        ["return"] = "M6 3 2.500 6.500 6 10M2.500 6.500h7a4 4 0 0 1 0 7H7",
        ["search"] = "M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9zM10.300 10.300 14 14",
        ["seal"] =
            "M8 2a4.200 4.200 0 1 0 0 8.400A4.200 4.200 0 0 0 8 2zM5.500 9.800 4.700 14 8 12.500 11.300 14l-.8-4.200M6.200 6.200l1.300 1.300 2.300-2.500",
        ["sort"] = "M5 6l3-3 3 3M5 10l3 3 3-3",
        ["warning"] = "M8 2.500 14 13.500H2zM8 6.500v3.500M8 11.700v.2",
    }.ToDictionary(pair => pair.Key, pair => Draw(pair.Value));

    public static IHtmlContent Html(string name) =>
        Drawings.TryGetValue(name, out var drawing)
            ? drawing
            : throw new ArgumentException($"There is no icon '{name}'.", nameof(name));

    private static HtmlString Draw(string path) =>
        new(
            "<svg class=\"icon\" viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" fill=\"none\" stroke=\"currentColor\" "
                + $"stroke-width=\"1.7\" stroke-linecap=\"round\" stroke-linejoin=\"round\" aria-hidden=\"true\"><path d=\"{path}\"/></svg>"
        );
}

using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Thongthin.Platform.Web.Components;

/// <summary>A link where there is an address, otherwise its content alone: a snapshot's numbers lead nowhere.</summary>
public sealed class MaybeLinkTagHelper : TagHelper
{
    public string? Href { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = Href is null ? null : "a";
        if (Href is not null)
        {
            output.Attributes.SetAttribute("href", Href);
        }
    }
}

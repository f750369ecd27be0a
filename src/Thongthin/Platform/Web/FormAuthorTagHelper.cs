using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Thongthin.Platform.Web;

/// <summary>
/// Every form that is sent by POST carries its antiforgery token, also where it names its action (the framework leaves
/// it out there), and the sealed name of the person it was shown to (see FormKeeper).
/// </summary>
[HtmlTargetElement("form", Attributes = "method")]
public sealed class FormAuthorTagHelper(IHtmlGenerator generator) : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override int Order => 1000;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (
            !string.Equals(
                context.AllAttributes["method"].Value?.ToString(),
                "post",
                StringComparison.OrdinalIgnoreCase
            )
        )
        {
            return;
        }
        if (context.AllAttributes.ContainsName("action") && !context.AllAttributes.ContainsName("asp-antiforgery"))
        {
            output.PostContent.AppendHtml(generator.GenerateAntiforgery(ViewContext));
        }
        var http = ViewContext.HttpContext;
        if (http.RequestServices.GetRequiredService<FormKeeper>().SealAuthor(http.User) is { } author)
        {
            output.PostContent.AppendHtml(
                $"<input type=\"hidden\" name=\"{FormKeeper.AuthorField}\" value=\"{author}\">"
            );
        }
    }
}

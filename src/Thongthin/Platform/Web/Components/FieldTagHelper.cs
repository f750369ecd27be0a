using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Thongthin.Platform.Web.Components;

/// <summary>
/// One field of a form: label, hint, error and control, tied together for screen readers. What was typed is shown again
/// from ModelState when there is something, otherwise <see cref="Value"/>. The error is ModelState's for the name.
/// Fields are required unless <c>optional</c> is set; the label then says so in words.
/// </summary>
public abstract class FieldTagHelper : PageTagHelper
{
    /// <summary>The posted name, for example <c>Input.Email</c>.</summary>
    public string Name { get; set; } = "";

    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    public string? Value { get; set; }

    public bool Optional { get; set; }

    public bool Readonly { get; set; }

    /// <summary>Width of the control: <c>short</c>, <c>medium</c> or empty for the whole column.</summary>
    public string? Size { get; set; }

    private protected string Id => IdOf(Name);

    private protected string? Error =>
        ViewContext.ViewData.ModelState.TryGetValue(Name, out var entry) && entry.Errors.Count > 0
            ? entry.Errors[0].ErrorMessage
            : null;

    private protected string Typed =>
        ViewContext.ViewData.ModelState.TryGetValue(Name, out var entry) && entry.AttemptedValue is { } typed
            ? typed
            : Value ?? "";

    /// <summary>The id of a field's control, also the target of the error summary's links.</summary>
    internal static string IdOf(string name) => TagBuilder.CreateSanitizedId(name, "_");

    private protected abstract IHtmlContent Control();

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Error is null ? "field" : "field field-invalid");
        output.Content.AppendHtml(Html($"<label for=\"{Id}\">{Label}"));
        if (Optional)
        {
            output.Content.AppendHtml(Html($" <span class=\"required\">{T["field.optional"]}</span>"));
        }
        output.Content.AppendHtml("</label>");
        AppendHintAndError(output);
        output.Content.AppendHtml(Control());
    }

    private protected void AppendHintAndError(TagHelperOutput output)
    {
        if (Hint is not null)
        {
            output.Content.AppendHtml(Html($"<p class=\"hint\" id=\"{Id}-hint\">{Hint}</p>"));
        }
        if (Error is { } error)
        {
            output.Content.AppendHtml(Html($"<span class=\"field-error\" id=\"{Id}-error\">{error}</span>"));
        }
    }

    /// <summary>Id, name and the attributes that tie the control to its hint and error.</summary>
    private protected TagBuilder Tag(string element, string cssClass)
    {
        var tag = new TagBuilder(element);
        tag.Attributes["id"] = Id;
        tag.Attributes["name"] = Name;
        tag.AddCssClass(Size is null ? cssClass : $"{cssClass} field-{Size}");
        var described = string.Join(' ', Described());
        if (described.Length > 0)
        {
            tag.Attributes["aria-describedby"] = described;
        }
        if (Error is not null)
        {
            tag.Attributes["aria-invalid"] = "true";
        }
        if (Readonly)
        {
            tag.Attributes["readonly"] = "readonly";
        }
        return tag;
    }

    private IEnumerable<string> Described()
    {
        if (Hint is not null)
        {
            yield return $"{Id}-hint";
        }
        if (Error is not null)
        {
            yield return $"{Id}-error";
        }
    }
}

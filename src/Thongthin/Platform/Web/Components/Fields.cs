using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Thongthin.Platform.Thai;

namespace Thongthin.Platform.Web.Components;

/// <summary>Text on one line, or on several with <c>rows</c>.</summary>
public sealed class TextFieldTagHelper : FieldTagHelper
{
    public string Type { get; set; } = "text";

    public string? Autocomplete { get; set; }

    /// <summary>More than one makes it a text area.</summary>
    public int Rows { get; set; } = 1;

    public int? Maxlength { get; set; }

    private protected override IHtmlContent Control()
    {
        var tag = Tag(Rows > 1 ? "textarea" : "input", "form-control");
        if (Autocomplete is not null)
        {
            tag.Attributes["autocomplete"] = Autocomplete;
        }
        if (Maxlength is { } length)
        {
            tag.Attributes["maxlength"] = length.ToString(CultureInfo.InvariantCulture);
        }
        if (Rows > 1)
        {
            tag.Attributes["rows"] = Rows.ToString(CultureInfo.InvariantCulture);
            // The browser drops one line break after the start tag.
            tag.InnerHtml.Append("\n" + Typed);
            return tag;
        }
        tag.TagRenderMode = TagRenderMode.SelfClosing;
        tag.Attributes["type"] = Type;
        if (Type is "email" or "password" || Autocomplete == "username")
        {
            tag.Attributes["autocapitalize"] = "none";
            tag.Attributes["spellcheck"] = "false";
        }
        // A password is never sent back to the page.
        if (Type != "password")
        {
            tag.Attributes["value"] = Typed;
        }
        return tag;
    }
}

/// <summary>A number or an amount of money: Thai or Arabic digits are typed freely, its unit stands beside it.</summary>
public sealed class NumberFieldTagHelper : FieldTagHelper
{
    public string? Unit { get; set; }

    /// <summary>Whole numbers get the digits-only keyboard of a phone.</summary>
    public bool Whole { get; set; }

    private protected override IHtmlContent Control()
    {
        var tag = Tag("input", "form-control num");
        tag.TagRenderMode = TagRenderMode.SelfClosing;
        tag.Attributes["type"] = "text";
        tag.Attributes["inputmode"] = Whole ? "numeric" : "decimal";
        tag.Attributes["autocomplete"] = "off";
        tag.Attributes["value"] = Typed;
        if (Unit is null)
        {
            return tag;
        }
        tag.Attributes["aria-describedby"] = $"{tag.Attributes["aria-describedby"]} {Id}-unit".Trim();
        var group = new TagBuilder("div");
        group.AddCssClass("input-group field-medium");
        group.InnerHtml.AppendHtml(tag);
        group.InnerHtml.AppendHtml(Html($"<span class=\"input-group-text\" id=\"{Id}-unit\">{Unit}</span>"));
        return group;
    }
}

/// <summary>
/// A day: a text field that takes day/month/year in the Buddhist era, in Thai or Arabic digits; with scripts it gets
/// a calendar beside it (date-picker.js).
/// </summary>
public sealed class DateFieldTagHelper : FieldTagHelper
{
    /// <summary>The day shown when nothing was typed.</summary>
    public DateOnly? Date { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Value ??= Date is { } day ? ThaiDate.Typed(day) : null;
        Hint ??= T["field.date_hint"];
        base.Process(context, output);
    }

    private protected override IHtmlContent Control()
    {
        var tag = Tag("input", "form-control");
        tag.TagRenderMode = TagRenderMode.SelfClosing;
        tag.Attributes["type"] = "text";
        tag.Attributes["inputmode"] = "text";
        tag.Attributes["autocomplete"] = "off";
        tag.Attributes["value"] = Typed;
        tag.Attributes["data-date"] = T.Reader.Code;
        var frame = new TagBuilder("div");
        frame.AddCssClass("date-field");
        frame.InnerHtml.AppendHtml(tag);
        return frame;
    }
}

/// <summary>One of a list; <c>empty</c> is the text of the choice "none yet".</summary>
public sealed class SelectFieldTagHelper : FieldTagHelper
{
    public IEnumerable<SelectListItem> Options { get; set; } = [];

    public string? Empty { get; set; }

    private protected override IHtmlContent Control()
    {
        var tag = Tag("select", "form-select");
        var chosen = Typed;
        if (Empty is not null)
        {
            tag.InnerHtml.AppendHtml(Option("", Empty, chosen.Length == 0));
        }
        foreach (var option in Options)
        {
            tag.InnerHtml.AppendHtml(Option(option.Value, option.Text, option.Value == chosen));
        }
        return tag;
    }

    private static TagBuilder Option(string value, string text, bool selected)
    {
        var option = new TagBuilder("option");
        option.Attributes["value"] = value;
        if (selected)
        {
            option.Attributes["selected"] = "selected";
        }
        option.InnerHtml.Append(text);
        return option;
    }
}

/// <summary>One of a few, all visible.</summary>
public sealed class RadioFieldTagHelper : FieldTagHelper
{
    public IEnumerable<SelectListItem> Options { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "fieldset";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Error is null ? "field" : "field field-invalid");
        output.Content.AppendHtml(Html($"<legend>{Label}</legend>"));
        AppendHintAndError(output);
        output.Content.AppendHtml(Control());
    }

    private protected override IHtmlContent Control()
    {
        var content = new HtmlContentBuilder();
        var chosen = Typed;
        // The first choice bears the field's own id: the error summary's link lands there.
        foreach (var (index, option) in Options.Index())
        {
            var id = index == 0 ? Id : string.Create(CultureInfo.InvariantCulture, $"{Id}-{index}");
            var tag = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
            tag.AddCssClass("form-check-input");
            tag.Attributes["type"] = "radio";
            tag.Attributes["id"] = id;
            tag.Attributes["name"] = Name;
            tag.Attributes["value"] = option.Value;
            if (option.Value == chosen)
            {
                tag.Attributes["checked"] = "checked";
            }
            content.AppendHtml("<div class=\"form-check\">").AppendHtml(tag);
            content.AppendHtml(Html($"<label class=\"form-check-label\" for=\"{id}\">{option.Text}</label></div>"));
        }
        return content;
    }
}

/// <summary>Yes or no in one box; posts <c>true</c> when ticked.</summary>
public sealed class CheckFieldTagHelper : FieldTagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Error is null ? "field" : "field field-invalid");
        AppendHintAndError(output);
        output.Content.AppendHtml("<div class=\"form-check\">").AppendHtml(Control());
        output.Content.AppendHtml(Html($"<label class=\"form-check-label\" for=\"{Id}\">{Label}</label></div>"));
    }

    private protected override IHtmlContent Control()
    {
        var tag = Tag("input", "form-check-input");
        tag.TagRenderMode = TagRenderMode.SelfClosing;
        tag.Attributes["type"] = "checkbox";
        tag.Attributes["value"] = "true";
        if (Typed == "true")
        {
            tag.Attributes["checked"] = "checked";
        }
        return tag;
    }
}

/// <summary>A file; the form needs <c>enctype="multipart/form-data"</c>.</summary>
public sealed class FileFieldTagHelper : FieldTagHelper
{
    public string? Accept { get; set; }

    private protected override IHtmlContent Control()
    {
        var tag = Tag("input", "form-control");
        tag.TagRenderMode = TagRenderMode.SelfClosing;
        tag.Attributes["type"] = "file";
        if (Accept is not null)
        {
            tag.Attributes["accept"] = Accept;
        }
        return tag;
    }
}

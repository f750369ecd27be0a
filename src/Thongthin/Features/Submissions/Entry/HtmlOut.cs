using System.Text.Encodings.Web;

namespace Thongthin.Features.Submissions.Entry;

/// <summary>Writes HTML: markup as it is, everything else encoded. Thin on purpose: an entry page has thousands of pieces.</summary>
internal readonly struct HtmlOut(TextWriter writer, HtmlEncoder encoder)
{
    /// <summary>Our own markup.</summary>
    public HtmlOut Raw(string markup)
    {
        writer.Write(markup);
        return this;
    }

    /// <summary>Text from anywhere.</summary>
    public HtmlOut Text(string text)
    {
        encoder.Encode(writer, text);
        return this;
    }

    /// <summary> name="value", with a space before it.</summary>
    public HtmlOut Attribute(string name, string value)
    {
        writer.Write(' ');
        writer.Write(name);
        writer.Write("=\"");
        encoder.Encode(writer, value);
        writer.Write('"');
        return this;
    }

    /// <summary>An attribute without a value, when it applies.</summary>
    public HtmlOut Flag(string name, bool applies)
    {
        if (applies)
        {
            writer.Write(' ');
            writer.Write(name);
        }
        return this;
    }
}

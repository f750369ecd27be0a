using UglyToad.PdfPig;

namespace Thongthin.Tests.Print;

/// <summary>The text of every page of a PDF, without spaces: where a line has them is a matter of its layout.</summary>
internal static class PdfPages
{
    public static IReadOnlyList<string> Read(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return [.. document.GetPages().Select(page => string.Concat(page.Text.Where(c => !char.IsWhiteSpace(c))))];
    }
}

using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;

namespace Thongthin.Platform.Print;

/// <summary>A file that travels inside a PDF.</summary>
internal sealed record PdfAttachment(string Name, byte[] Content);

/// <summary>
/// Puts files into a PDF and finds them again. The pages are copied as they are: what is drawn, tagged and embedded by the
/// browser stays.
/// </summary>
internal static class PdfAttachments
{
    /// <summary>Deeper trees of names are no document of ours, and could go round in a circle.</summary>
    private const int Deepest = 8;

    private const int Most = 1_000;

    /// <param name="pdf">as printed</param>
    /// <param name="files">names are plain ASCII, each once</param>
    public static byte[] Add(byte[] pdf, IEnumerable<PdfAttachment> files)
    {
        using var document = PdfReader.Open(new MemoryStream(pdf), PdfDocumentOpenMode.Modify);
        foreach (var file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            document.AddEmbeddedFile(file.Name, new MemoryStream(file.Content));
        }
        using var result = new MemoryStream();
        document.Save(result, closeStream: false);
        return result.ToArray();
    }

    public static bool IsPdf(ReadOnlySpan<byte> file) => file.StartsWith("%PDF-"u8);

    /// <summary>Every attachment, in the order of the names.</summary>
    /// <exception cref="FormatException">this is no PDF, or it is damaged</exception>
    public static IReadOnlyList<PdfAttachment> Read(byte[] pdf)
    {
        try
        {
            using var document = PdfReader.Open(new MemoryStream(pdf), PdfDocumentOpenMode.Import);
            var names = document.Internals.Catalog.Elements.GetDictionary("/Names");
            var found = new List<PdfAttachment>();
            Collect(names?.Elements.GetDictionary("/EmbeddedFiles"), Deepest, found);
            return found;
        }
        // a stranger's file may be broken in any way, and the reader has no exception of its own for each
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new FormatException("This is no PDF, or it is damaged.", exception);
        }
    }

    private static void Collect(PdfDictionary? node, int depth, List<PdfAttachment> found)
    {
        if (node is null || depth == 0 || found.Count >= Most)
        {
            return;
        }
        if (node.Elements.GetArray("/Names") is { } pairs)
        {
            for (var i = 0; i + 1 < pairs.Elements.Count; i += 2)
            {
                if (Content(pairs.Elements.GetDictionary(i + 1)) is { } content)
                {
                    found.Add(new PdfAttachment(pairs.Elements.GetString(i), content));
                }
            }
        }
        if (node.Elements.GetArray("/Kids") is { } kids)
        {
            for (var i = 0; i < kids.Elements.Count; i++)
            {
                Collect(kids.Elements.GetDictionary(i), depth - 1, found);
            }
        }
    }

    private static byte[]? Content(PdfDictionary? specification) =>
        specification?.Elements.GetDictionary("/EF")?.Elements.GetDictionary("/F")?.Stream?.UnfilteredValue;
}

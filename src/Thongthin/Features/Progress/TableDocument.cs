using Thongthin.Platform.Print;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <param name="Number">of a kept table, 12/2563</param>
internal sealed record TableDocumentModel(ProgressTable Table, string? Number);

/// <param name="Moved">all that moved</param>
internal sealed record ComparisonDocumentModel(Comparison Comparison, IReadOnlyList<MovedLao> Moved);

/// <summary>A table as an official print, by the same partial pages as on screen: as a document, and that as PDF.</summary>
internal sealed class TableDocument(Documents documents, Printer printer)
{
    public const string PdfType = "application/pdf";

    public Task<string> RenderAsync(ProgressTable table, string? number, Language language) =>
        documents.RenderAsync(
            "/Features/Progress/_Document.cshtml",
            new TableDocumentModel(table, number),
            language,
            "css/progress.css"
        );

    /// <exception cref="Platform.Security.Refusal">as <see cref="Printer.PrintAsync(string, CancellationToken)"/></exception>
    public async Task<byte[]> PrintAsync(
        ProgressTable table,
        string? number,
        Language language,
        CancellationToken cancellationToken
    ) => await printer.PrintAsync(await RenderAsync(table, number, language), cancellationToken);

    /// <summary>A comparison in the same form.</summary>
    /// <exception cref="Platform.Security.Refusal">as above</exception>
    public async Task<byte[]> PrintAsync(
        ComparisonDocumentModel comparison,
        Language language,
        CancellationToken cancellationToken
    ) =>
        await printer.PrintAsync(
            await documents.RenderAsync(
                "/Features/Progress/_ComparisonDocument.cshtml",
                comparison,
                language,
                "css/progress.css"
            ),
            cancellationToken
        );
}

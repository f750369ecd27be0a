using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>
/// A table as PDF for the reader of a page. The request's database connection goes back first: a print may wait for its turn.
/// </summary>
internal sealed class TablePrint(AppDb db, TableDocument document, Texts texts)
{
    /// <param name="number">of a kept table</param>
    /// <exception cref="Platform.Security.Refusal">there is no browser, too many wait, or it failed</exception>
    public async Task<byte[]> PrintAsync(ProgressTable table, string? number, CancellationToken cancellationToken)
    {
        await db.Database.CloseConnectionAsync();
        return await document.PrintAsync(table, number, texts.Reader.Language, cancellationToken);
    }

    /// <summary>A comparison; the same may go wrong.</summary>
    public async Task<byte[]> PrintAsync(
        Comparison comparison,
        IReadOnlyList<MovedLao> moved,
        CancellationToken cancellationToken
    )
    {
        await db.Database.CloseConnectionAsync();
        return await document.PrintAsync(
            new ComparisonDocumentModel(comparison, moved),
            texts.Reader.Language,
            cancellationToken
        );
    }
}

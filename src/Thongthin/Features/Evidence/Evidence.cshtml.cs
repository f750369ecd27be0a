using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Certification;
using Thongthin.Features.Submissions.Signing;
using Thongthin.Platform.Print;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Evidence;

/// <summary>
/// Evidence for the annual assessment (LPA): of each topic of the fiscal year whether it is recorded and certified, on time, complete,
/// and how current its answers are. To read for the LAO, the offices above it and an assessment team that may look for a time.
/// </summary>
internal sealed class EvidenceModel(
    EvidenceQueries queries,
    CertificateList certificates,
    Documents documents,
    Printer printer,
    AppDb db,
    CurrentActor actor,
    Texts texts
) : PageModel
{
    /// <summary><c>pdf</c>; empty = the page.</summary>
    [FromQuery]
    public string? Format { get; set; }

    public EvidenceView View { get; private set; } = null!;

    /// <summary>Why the PDF that was asked for is not there.</summary>
    public string? NotPrinted { get; private set; }

    public bool MayInvite => actor.Value.Role == Role.Administrator;

    public async Task<IActionResult> OnGetAsync(int laoId, int fiscalYear, CancellationToken cancellationToken)
    {
        if (await certificates.FindLaoAsync(laoId, fiscalYear, cancellationToken) is not { } lao)
        {
            return NotFound();
        }
        View = new EvidenceView(
            laoId,
            fiscalYear,
            lao,
            actor.Value.At,
            await queries.ListAsync(laoId, fiscalYear, cancellationToken),
            code => CheckCode.AddressOf(Request, code)
        );
        return Format == "pdf" ? await PrintAsync(cancellationToken) : Page();
    }

    private async Task<IActionResult> PrintAsync(CancellationToken cancellationToken)
    {
        var html = await documents.RenderAsync(
            "/Features/Evidence/_Document.cshtml",
            View with
            {
                IsDocument = true,
            },
            texts.Reader.Language,
            "css/submissions.css"
        );
        // a print may wait for its turn: the request's connection goes back first
        await db.Database.CloseConnectionAsync();
        try
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"evidence-{View.LaoId}-{View.FiscalYear}.pdf");
            return File(await printer.PrintAsync(html, cancellationToken), CertificatePdf.ContentType, name);
        }
        catch (Refusal refusal)
        {
            NotPrinted = this.Unavailable(refusal);
            return Page();
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Submissions;
using Thongthin.Features.Submissions.Signing;
using Thongthin.Platform.Print;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Certification;

/// <summary>
/// Certificates as PDF: the page as an official print, and in it every signed certificate as a file, so that who has the PDF
/// has the proof and checks it without a network (<c>certificates verify</c>).
/// </summary>
internal sealed class CertificatePdf(
    AppDb db,
    SubmissionQueries queries,
    PublishedKeys keys,
    Documents documents,
    Printer printer,
    Texts texts
)
{
    public const string ContentType = "application/pdf";

    private const string Style = "css/submissions.css";

    /// <exception cref="Refusal">as <see cref="Printer.PrintAsync(string, CancellationToken)"/></exception>
    public async Task<byte[]> PrintAsync(CertificateView view, CancellationToken cancellationToken)
    {
        var html = await documents.RenderAsync(
            "/Features/Certification/_CertificateDocument.cshtml",
            view with
            {
                IsDocument = true,
            },
            texts.Reader.Language,
            Style
        );
        return await PrintAsync(html, [view.Certificate], _ => view.CheckAddress!, cancellationToken);
    }

    /// <exception cref="Refusal">as <see cref="Printer.PrintAsync(string, CancellationToken)"/></exception>
    public async Task<byte[]> PrintAsync(YearView view, CancellationToken cancellationToken)
    {
        var html = await documents.RenderAsync(
            "/Features/Certification/_YearDocument.cshtml",
            view with
            {
                IsDocument = true,
            },
            texts.Reader.Language,
            Style
        );
        var certificates = await queries.ListCertificatesAsync(view.LaoId, view.FiscalYear, cancellationToken);
        return await PrintAsync(html, certificates, view.CheckAddress, cancellationToken);
    }

    public static string FileName(string code) => $"signed-certificate-{CheckCode.Grouped(code)}.json";

    private async Task<byte[]> PrintAsync(
        string html,
        IReadOnlyList<CertificateDetail> certificates,
        Func<string, string> checkAddress,
        CancellationToken cancellationToken
    )
    {
        var published = (await keys.ListAsync(cancellationToken)).ToDictionary(key => key.SigningKeyId);
        var files = certificates
            .Where(certificate => certificate.CheckCode is not null)
            .Select(certificate => new PdfAttachment(
                FileName(certificate.CheckCode!),
                SignedCertificate.Write(
                    certificate,
                    published[certificate.SigningKeyId!.Value],
                    checkAddress(certificate.CheckCode!)
                )
            ))
            .ToList();
        // a print may wait for its turn: the request's connection goes back first
        await db.Database.CloseConnectionAsync();
        var pdf = await printer.PrintAsync(html, cancellationToken);
        return files.Count == 0 ? pdf : PdfAttachments.Add(pdf, files);
    }
}

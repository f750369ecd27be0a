using Microsoft.AspNetCore.Mvc;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>Everything that happened to a submission, its certificates, and the versions of a chosen sheet with their differences.</summary>
internal sealed class HistoryModel(
    CurrentActor actor,
    SubmissionQueries queries,
    SheetViews views,
    FieldLinks links,
    Texts texts,
    TimeProvider clock
) : SubmissionPage(actor, queries, texts, clock)
{
    /// <summary>Whose versions are shown; an annual form's only sheet when none is chosen.</summary>
    [FromQuery(Name = "sheet")]
    public Guid? SheetId { get; set; }

    public IReadOnlyList<EventRow> Events { get; private set; } = [];

    public IReadOnlyList<CertificateDetail> Certificates { get; private set; } = [];

    public RegisterDetail Register { get; private set; } = null!;

    public IReadOnlyList<VersionRow> Versions { get; private set; } = [];

    public FormDefinition Form { get; private set; } = null!;

    public FieldLinks Links => links;

    public IEnumerable<SheetRow> Sheets => Register.Sheets.Concat(Register.Removed);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Events = await Queries.ListEventsAsync(Submission.Key, cancellationToken);
        Certificates = await Queries.ListCertificatesAsync(Submission.Key, cancellationToken);
        Register = await Queries.ReadRegisterAsync(Submission.Key, cancellationToken);
        Form = await views.FormOfAsync(Submission, cancellationToken);
        SheetId ??= Sheets.ToList() is [{ RecordId: null } only] ? only.SheetId : null;
        if (SheetId is { } sheet)
        {
            Versions = await Queries.ListVersionsAsync(Submission.Key, sheet, cancellationToken);
        }
    }
}

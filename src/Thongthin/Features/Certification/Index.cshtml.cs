using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Certification;

/// <summary>What waits for the certifier of the own LAO, and what was certified lately.</summary>
[Authorize(Policies.Certifier)]
internal sealed class IndexModel(CurrentActor actor, SubmissionQueries queries, CertificateList certificates)
    : PageModel
{
    public IReadOnlyList<ToCertifyRow> Waiting { get; private set; } = [];

    public IReadOnlyList<CertificateRow> Certified { get; private set; } = [];

    public int LaoId => actor.Value.UnitId!.Value;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Waiting = await queries.ListToCertifyAsync(LaoId, cancellationToken);
        Certified = await certificates.LatestAsync(LaoId, cancellationToken);
    }
}

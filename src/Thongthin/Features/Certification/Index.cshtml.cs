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

    public IEnumerable<ToCertifyRow> Choosable => Waiting.Where(row => !row.RecordedBySelf);

    /// <summary>Where all that may be certified of a sector is certified; null when nothing of it may be.</summary>
    public string? AddressOfSector(int sector)
    {
        var chosen = Choosable
            .Where(row => row.Sector == sector)
            .Select(row => row.Key.SubmissionId.ToString())
            .ToList();
        return chosen.Count == 0
            ? null
            : "/certification/confirm"
                + QueryString.Create(chosen.Select(id => KeyValuePair.Create("submission", (string?)id)));
    }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Waiting = await queries.ListToCertifyAsync(LaoId, cancellationToken);
        Certified = await certificates.LatestAsync(LaoId, cancellationToken);
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Accounts;
using Thongthin.Features.Submissions;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Certification;

/// <summary>One submission as it will be certified: read first, then shown whole, so that "seen" is never newer than the screen.</summary>
/// <param name="Changes">against its newest certificate; null when it was never certified</param>
internal sealed record CertifiableSubmission(
    SubmissionDetail Detail,
    IReadOnlyList<SheetView> Sheets,
    SubmissionChanges? Changes
)
{
    /// <summary>Warnings that stand beside the answers below.</summary>
    public int Warnings => Sheets.Sum(sheet => sheet.Warnings);

    /// <summary>Reasons that the recorder gave.</summary>
    public int Reasons => Sheets.Sum(sheet => sheet.Reasons);
}

/// <summary>
/// The act of certifying: everything that will be certified is on the page, the password is entered again, and what was
/// on the screen goes back with it. Wrong passwords count towards the lockout as at sign-in.
/// </summary>
[Authorize(Policies.Certifier)]
internal sealed class ConfirmModel(
    CurrentActor actor,
    SubmissionQueries queries,
    SheetViews views,
    ChangesSince changes,
    CertifySubmissions certify,
    ConfirmPassword confirmPassword,
    Texts texts
) : PageModel
{
    /// <summary>More than the topics of a fiscal year; a stranger's address may name any number.</summary>
    private const int MostAtOnce = 60;

    /// <summary>Which submissions, from the list page.</summary>
    [FromQuery(Name = "submission")]
    public Guid[] Chosen { get; set; } = [];

    /// <summary>What was on the screen of each, in the order of <see cref="Chosen"/>.</summary>
    [BindProperty(Name = "seen")]
    public string[] Seen { get; set; } = [];

    [BindProperty]
    public string? Password { get; set; }

    public IReadOnlyList<CertifiableSubmission> Submissions { get; private set; } = [];

    public Actor Actor => actor.Value;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return Submissions.Count == 0 ? Redirect("/certification") : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await CertifiedBeforeAsync(cancellationToken) is { } certified)
        {
            return certified;
        }
        try
        {
            await confirmPassword.ExecuteAsync(Actor, Actor.UserId!.Value, Password);
            var seen = Chosen.Zip(Seen, (id, what) => new SeenSubmission(Key(id), what)).ToList();
            var certificates = await certify.ExecuteAsync(Actor, seen, cancellationToken);
            return Certified(certificates);
        }
        catch (Refusal refusal)
        {
            var field = refusal.Code is "wrong_password" or "account_locked" ? nameof(Password) : "";
            return await AgainAsync(field, texts["refusal." + refusal.Code, [.. refusal.Arguments]], cancellationToken);
        }
    }

    private SubmissionKey Key(Guid submissionId) => new(Actor.UnitId!.Value, submissionId);

    private RedirectResult Certified(IReadOnlyList<Guid> certificates)
    {
        Shared.Notices.Done(TempData, texts["certification.done", certificates.Count]);
        return Redirect(certificates is [var only] ? CertificatePath.Of(Actor.UnitId!.Value, only) : "/certification");
    }

    /// <summary>A second click: everything chosen is certified already, so the answer is the first one's.</summary>
    private async Task<IActionResult?> CertifiedBeforeAsync(CancellationToken cancellationToken)
    {
        var certificates = new List<Guid>();
        foreach (var id in Chosen.Take(MostAtOnce))
        {
            var detail = await queries.FindAsync(Key(id), cancellationToken);
            if (detail is not { State: SubmissionState.Certified, CertificateId: { } certificate })
            {
                return null;
            }
            certificates.Add(certificate);
        }
        return certificates.Count > 0 ? Certified(certificates) : null;
    }

    private async Task<IActionResult> AgainAsync(string field, string message, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        ModelState.Remove(nameof(Password));
        ModelState.AddModelError(field, message);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var laoId = Actor.UnitId!.Value;
        var before = await queries.LatestCertificatesAsync(laoId, Chosen, cancellationToken);
        var found = new List<CertifiableSubmission>();
        foreach (var id in Chosen.Distinct().Take(MostAtOnce))
        {
            var detail = await queries.FindAsync(Key(id), cancellationToken);
            if (detail is null || !detail.May.Contains(SubmissionAction.Certify))
            {
                continue;
            }
            var sheets = await views.ListAsync(detail, cancellationToken);
            var form = await views.FormOfAsync(detail, cancellationToken);
            found.Add(
                new(
                    detail,
                    sheets,
                    before.TryGetValue(id, out var certificate) ? changes.Of(certificate, detail, form, sheets) : null
                )
            );
        }
        Submissions = found;
    }
}

using Microsoft.AspNetCore.Mvc;
using Thongthin.Features.Forms;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>
/// Submitting: what will be sent, then the check. What is missing is listed with a link to each field. A second click
/// finds the submission recorded already and says so as the first one did.
/// </summary>
internal sealed class SubmitModel(
    CurrentActor actor,
    SubmissionQueries queries,
    FieldLinks links,
    SubmitSubmission submit,
    Texts texts,
    TimeProvider clock
) : SubmissionPage(actor, queries, texts, clock)
{
    public RegisterDetail Register { get; private set; } = null!;

    public IReadOnlyList<FieldLink> Problems { get; private set; } = [];

    public bool IsRegister => Submission.Shape != FormShape.Annual;

    protected override SubmissionAction? Needs => SubmissionAction.Submit;

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Register = await Queries.ReadRegisterAsync(Submission.Key, cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        Register = await Queries.ReadRegisterAsync(Submission.Key, cancellationToken);
        if (Submission.State is SubmissionState.Recorded or SubmissionState.Certified)
        {
            return Done("submit.done_before");
        }
        try
        {
            var issues = await submit.ExecuteAsync(Actor, Submission.Key, cancellationToken);
            if (issues.Count == 0)
            {
                return Done("submit.done");
            }
            Problems = links.Of(Submission, Register, issues);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        catch (Refusal refusal)
        {
            return Refused(refusal);
        }
    }
}

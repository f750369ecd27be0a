using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>Ends an exemption: the submission counts again, in the state that it was in.</summary>
[Authorize(Policies.DepartmentAdministrator)]
internal sealed class LiftModel(
    CurrentActor actor,
    SubmissionQueries queries,
    LiftExemption lift,
    Texts texts,
    TimeProvider clock
) : SubmissionPage(actor, queries, texts, clock)
{
    protected override SubmissionAction? Needs => SubmissionAction.Lift;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        try
        {
            await lift.ExecuteAsync(Actor, Submission.Key, "", cancellationToken);
            return Done("lift.done");
        }
        catch (Refusal refusal)
        {
            return Refused(refusal);
        }
    }
}

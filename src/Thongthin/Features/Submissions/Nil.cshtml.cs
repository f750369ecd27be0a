using Microsoft.AspNetCore.Mvc;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>"We have none this year", asked once more before it is declared.</summary>
internal sealed class NilModel(
    CurrentActor actor,
    SubmissionQueries queries,
    DeclareNil declareNil,
    Texts texts,
    TimeProvider clock
) : SubmissionPage(actor, queries, texts, clock)
{
    protected override SubmissionAction? Needs => SubmissionAction.Nil;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Submission is { State: SubmissionState.Recorded or SubmissionState.Certified, IsNil: true })
        {
            return Done("nil.done");
        }
        try
        {
            await declareNil.ExecuteAsync(Actor, Submission.Key, cancellationToken);
            return Done("nil.done");
        }
        catch (Refusal refusal)
        {
            return Refused(refusal);
        }
    }
}

using Microsoft.AspNetCore.Mvc;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>The recorder takes back what was submitted and not certified yet.</summary>
internal sealed class RecallModel(
    CurrentActor actor,
    SubmissionQueries queries,
    RecallSubmission recall,
    Texts texts,
    TimeProvider clock
) : SubmissionPage(actor, queries, texts, clock)
{
    protected override SubmissionAction? Needs => SubmissionAction.Recall;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        try
        {
            await recall.ExecuteAsync(Actor, Submission.Key, cancellationToken);
            return Done("recall.done");
        }
        catch (Refusal refusal)
        {
            return Refused(refusal);
        }
    }
}

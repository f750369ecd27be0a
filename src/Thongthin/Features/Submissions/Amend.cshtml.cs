using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>Opens what is certified for change, with a reason; the certificate becomes void and is kept.</summary>
internal sealed class AmendModel(
    CurrentActor actor,
    SubmissionQueries queries,
    AmendSubmission amend,
    Texts texts,
    TimeProvider clock
) : ReasonPage(actor, queries, texts, clock)
{
    protected override SubmissionAction? Needs => SubmissionAction.Amend;

    protected override string DoneKey => "amend.done";

    protected override Task ActAsync(string reason, CancellationToken cancellationToken) =>
        amend.ExecuteAsync(Actor, Submission.Key, reason, cancellationToken);
}

using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>The certifier sends a submission back to the recorder, with a reason.</summary>
internal sealed class SendBackSubmissionModel(
    CurrentActor actor,
    SubmissionQueries queries,
    SendBack sendBack,
    Texts texts,
    TimeProvider clock
) : ReasonPage(actor, queries, texts, clock)
{
    protected override SubmissionAction? Needs => SubmissionAction.SendBack;

    protected override string DoneKey => "send_back.done";

    protected override Task ActAsync(string reason, CancellationToken cancellationToken) =>
        sendBack.ExecuteAsync(Actor, Submission.Key, reason, cancellationToken);
}

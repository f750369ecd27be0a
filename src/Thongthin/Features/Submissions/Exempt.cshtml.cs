using Microsoft.AspNetCore.Authorization;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>The Department takes a submission out of the count, with a reason.</summary>
[Authorize(Policies.DepartmentAdministrator)]
internal sealed class ExemptModel(
    CurrentActor actor,
    SubmissionQueries queries,
    ExemptSubmission exempt,
    Texts texts,
    TimeProvider clock
) : ReasonPage(actor, queries, texts, clock)
{
    protected override SubmissionAction? Needs => SubmissionAction.Exempt;

    protected override string DoneKey => "exempt.done";

    protected override Task ActAsync(string reason, CancellationToken cancellationToken) =>
        exempt.ExecuteAsync(Actor, Submission.Key, reason, cancellationToken);
}

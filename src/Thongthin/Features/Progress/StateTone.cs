using Thongthin.Features.Submissions;

namespace Thongthin.Features.Progress;

/// <summary>The look of a state's badge; the words always stand in it.</summary>
internal static class StateTone
{
    public static string Of(SubmissionState state) =>
        state switch
        {
            SubmissionState.InProgress => "active",
            SubmissionState.Returned => "returned",
            SubmissionState.Recorded => "done",
            SubmissionState.Certified => "certified",
            SubmissionState.Exempt => "exempt",
            _ => "neutral",
        };
}

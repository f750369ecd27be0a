namespace Thongthin.Features.Rounds;

/// <summary>How a round's state looks; the words stand beside it.</summary>
internal static class RoundTone
{
    public static string Of(RoundState state) =>
        state switch
        {
            RoundState.Open => "active",
            RoundState.Closed => "done",
            RoundState.Cancelled => "exempt",
            RoundState.Upcoming => "warning",
            _ => "neutral",
        };
}

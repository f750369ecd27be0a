using Thongthin.Platform.Security;

namespace Thongthin.Features.Submissions;

/// <summary>Acts against somebody's work say why.</summary>
internal static class Reasons
{
    public const int MaxLength = 4000;

    /// <summary>The reason without white space around it.</summary>
    /// <exception cref="Refusal">reason_required; reason_too_long with the greatest length.</exception>
    public static string Require(string? reason)
    {
        reason = reason?.Trim() ?? "";
        return reason.Length switch
        {
            0 => throw new Refusal("reason_required"),
            > MaxLength => throw new Refusal("reason_too_long", MaxLength),
            _ => reason,
        };
    }
}

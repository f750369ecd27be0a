using Thongthin.Platform.Security;

namespace Thongthin.Features.Rounds;

/// <summary>Rules that several operations on rounds share.</summary>
internal static class RoundRules
{
    /// <summary>Rounds belong to the Department's administrators; the job acts for them.</summary>
    /// <exception cref="Refusal">not_allowed</exception>
    public static void RequireDepartment(Actor actor)
    {
        if (!actor.IsDepartmentAdministrator && actor.Kind != ActorKind.Job)
        {
            throw new Refusal("not_allowed");
        }
    }

    /// <summary>A deadline on a weekend is warned of, not forbidden.</summary>
    public static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}

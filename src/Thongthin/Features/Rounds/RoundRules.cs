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
}

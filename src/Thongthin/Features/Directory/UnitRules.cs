using Thongthin.Platform.Security;

namespace Thongthin.Features.Directory;

/// <summary>Rules that several events share.</summary>
internal static class UnitRules
{
    public const int NameLength = 200;

    /// <exception cref="Refusal">unit_name</exception>
    public static void RequireName(string nameTh)
    {
        if (string.IsNullOrWhiteSpace(nameTh) || nameTh.Length > NameLength)
        {
            throw new Refusal("unit_name");
        }
    }

    /// <summary>Two digits for a province, four for a district, eight for an LAO, or none. What they say may disagree with the rest.</summary>
    /// <exception cref="Refusal">unit_code</exception>
    public static void RequireCode(UnitKind kind, string? code)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return;
        }
        var length =
            kind.IsLao() ? 8
            : kind == UnitKind.District ? 4
            : 2;
        if (code.Trim().Length != length || !code.Trim().All(char.IsAsciiDigit))
        {
            throw new Refusal("unit_code");
        }
    }

    /// <summary>An LAO is supervised by its own district or province.</summary>
    /// <exception cref="Refusal">unit_supervisor</exception>
    public static void RequireSupervisor(UnitFacts facts, int supervisor)
    {
        if (!facts.Kind.IsLao() || (supervisor != facts.DistrictId && supervisor != facts.ProvinceId))
        {
            throw new Refusal("unit_supervisor");
        }
    }

    public static async Task<UnitHistory> CreateAsync(
        UnitEventEntry entry,
        NewUnit unit,
        UnitEventPart part,
        CancellationToken cancellationToken
    )
    {
        var facts = unit.Facts();
        if (facts.Kind == UnitKind.Department)
        {
            throw new Refusal("unit_event_not_for_kind");
        }
        int? supervisor = null;
        if (facts.Kind != UnitKind.Province)
        {
            await entry.RequirePlaceAsync(facts, cancellationToken);
        }
        if (facts.Kind.IsLao())
        {
            supervisor = unit.SupervisingUnitId ?? facts.DefaultSupervisor;
            RequireSupervisor(facts, supervisor.Value);
        }
        return await entry.CreateAsync(facts, supervisor, part, cancellationToken);
    }

    /// <summary>
    /// After a change of kind or place: an LAO that was supervised by default is so again; one with an exception keeps it
    /// as long as that office is still its district or province.
    /// </summary>
    public static void FollowSupervision(UnitHistory history, DateOnly day, Guid eventId, UnitFacts before)
    {
        var after = history.On(day);
        var supervisor = history.SupervisorOn(day);
        if (
            supervisor == before.DefaultSupervisor
            || (supervisor != after.DistrictId && supervisor != after.ProvinceId)
        )
        {
            history.Supervise(day, eventId, after.DefaultSupervisor);
        }
    }
}

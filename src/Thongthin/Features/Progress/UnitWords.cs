using Thongthin.Features.Accounts;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>What the office is called that follows an LAO up: สถ.อำเภอX, สถจ.X.</summary>
internal static class UnitWords
{
    public static string Supervisor(Texts t, UnitRow unit) =>
        unit.SupervisorKind is { } kind
            ? t.Pick(SupervisorTh(unit)!, UnitLabel.English(kind, unit.SupervisorEn ?? ""))
            : "";

    /// <summary>Null when the office is no more.</summary>
    public static string? SupervisorTh(UnitRow unit) =>
        unit.SupervisorKind is { } kind ? UnitLabel.Thai(kind, unit.SupervisorTh ?? "", "") : null;
}

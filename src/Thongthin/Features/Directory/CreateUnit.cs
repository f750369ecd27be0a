using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Directory;

/// <summary>A unit to be made.</summary>
/// <param name="ProvinceId">for districts and LAOs</param>
/// <param name="DistrictId">for LAOs</param>
/// <param name="SupervisingUnitId">for LAOs: null takes the default of the kind</param>
internal sealed record NewUnit(
    UnitKind Kind,
    string NameTh,
    string NameEn = "",
    string? Code = null,
    int? ProvinceId = null,
    int? DistrictId = null,
    int? SupervisingUnitId = null,
    int ReportOrder = 0
)
{
    /// <exception cref="Refusal">unit_name, unit_code</exception>
    public UnitFacts Facts()
    {
        UnitRules.RequireName(NameTh);
        UnitRules.RequireCode(Kind, Code);
        return new UnitFacts(
            Kind,
            NameTh.Trim(),
            NameEn.Trim(),
            Kind.Abbreviation(NameTh.Trim()),
            string.IsNullOrWhiteSpace(Code) ? null : Code.Trim(),
            Kind is UnitKind.Department or UnitKind.Province ? null : ProvinceId,
            Kind.IsLao() ? DistrictId : null,
            ReportOrder
        );
    }
}

/// <summary>A unit begins to exist on a day.</summary>
internal sealed class CreateUnit(AppDb db)
{
    /// <returns>The unit's id.</returns>
    /// <exception cref="Refusal">As <see cref="UnitEventEntry"/>; unit_name, unit_code, unit_place, unit_supervisor.</exception>
    public async Task<int> ExecuteAsync(
        Actor actor,
        NewUnit unit,
        UnitEventRequest request,
        CancellationToken cancellationToken
    )
    {
        await using var entry = await UnitEventEntry.OpenAsync(
            db,
            actor,
            UnitEventKind.Create,
            request,
            cancellationToken
        );
        var created = await UnitRules.CreateAsync(entry, unit, UnitEventPart.Subject, cancellationToken);
        await entry.CommitAsync("unit_created", cancellationToken);
        return created.UnitId;
    }
}

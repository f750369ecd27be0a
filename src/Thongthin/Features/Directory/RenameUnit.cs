using Thongthin.Data;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Directory;

/// <summary>A unit is called differently from a day on.</summary>
internal sealed class RenameUnit(AppDb db)
{
    /// <exception cref="Refusal">As <see cref="UnitEventEntry"/>; unit_name, unit_not_existing.</exception>
    public async Task ExecuteAsync(
        Actor actor,
        int unitId,
        string nameTh,
        string nameEn,
        UnitEventRequest request,
        CancellationToken cancellationToken
    )
    {
        UnitRules.RequireName(nameTh);
        await using var entry = await UnitEventEntry.OpenAsync(
            db,
            actor,
            UnitEventKind.Rename,
            request,
            cancellationToken
        );
        var history = await entry.LockAsync(unitId, UnitEventPart.Subject, cancellationToken);
        history.Change(
            entry.Day,
            entry.EventId,
            facts => facts.Named(nameTh.Trim(), nameEn.Trim()),
            (before, later) => before.NameTh == later.NameTh && before.NameEn == later.NameEn
        );
        await entry.CommitAsync("unit_renamed", cancellationToken);
    }
}

using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Directory;

/// <summary>Hands what was typed on the page of an event to the operation of its kind.</summary>
internal sealed class EventOperations(
    AppDb db,
    Texts texts,
    RenameUnit rename,
    ChangeUnitKind changeKind,
    MoveUnit move,
    ChangeUnitCode changeCode,
    ChangeSupervision changeSupervision,
    MergeUnits merge,
    SplitUnit split,
    AbolishUnit abolish
)
{
    /// <returns>The unit to show afterwards; null when something is missing, which is then in <paramref name="errors"/>.</returns>
    /// <exception cref="Refusal">The operation's, and unit_code_unknown with the code.</exception>
    public async Task<int?> EnterAsync(
        Actor actor,
        UnitEventKind kind,
        UnitVersionRow latest,
        int unitId,
        EventForm form,
        UnitEventRequest request,
        ModelStateDictionary errors,
        CancellationToken cancellationToken
    )
    {
        var code = EventForm.CodeOf(form.Code);
        switch (kind)
        {
            case UnitEventKind.Rename:
                await rename.ExecuteAsync(
                    actor,
                    unitId,
                    form.NameTh ?? "",
                    form.NameEn ?? "",
                    request,
                    cancellationToken
                );
                return unitId;
            case UnitEventKind.ChangeKind when Chosen(EventForm.KindOf(form.Kind), "Form.Kind", errors) is { } to:
                await changeKind.ExecuteAsync(actor, unitId, to, code, request, cancellationToken);
                return unitId;
            case UnitEventKind.Move when Chosen(form.District, "Form.District", errors) is { } district:
                var province = await ProvinceOfAsync(district, request.EffectiveOn, cancellationToken);
                await move.ExecuteAsync(actor, unitId, province, district, code, request, cancellationToken);
                return unitId;
            case UnitEventKind.ChangeCode:
                await changeCode.ExecuteAsync(actor, unitId, code, request, cancellationToken);
                return unitId;
            case UnitEventKind.ChangeSupervision
                when Chosen(form.Supervisor, "Form.Supervisor", errors) is { } supervisor:
                await changeSupervision.ExecuteAsync(actor, unitId, supervisor, request, cancellationToken);
                return unitId;
            case UnitEventKind.Merge:
                return await MergeAsync(actor, latest, unitId, form, request, errors, cancellationToken);
            case UnitEventKind.Split:
                return await SplitAsync(actor, latest, unitId, form, request, errors, cancellationToken);
            case UnitEventKind.Abolish:
                await abolish.ExecuteAsync(actor, unitId, request, cancellationToken);
                return unitId;
            default:
                return null;
        }
    }

    private async Task<int?> MergeAsync(
        Actor actor,
        UnitVersionRow latest,
        int unitId,
        EventForm form,
        UnitEventRequest request,
        ModelStateDictionary errors,
        CancellationToken cancellationToken
    )
    {
        var before = request.EffectiveOn.AddDays(-1);
        var ending = new List<int> { unitId };
        foreach (var other in (form.Others ?? "").Split([' ', ',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            ending.Add(await UnitOfAsync(EventForm.CodeOf(other)!, before, cancellationToken));
        }
        if (EventForm.CodeOf(form.Successor) is { } successor)
        {
            var stays = await UnitOfAsync(successor, request.EffectiveOn, cancellationToken);
            return await merge.ExecuteAsync(actor, ending, stays, null, request, cancellationToken);
        }
        var begins = form.NewLao(latest, form.NameTh, form.Kind, form.Code, "", errors, texts);
        return begins is null
            ? null
            : await merge.ExecuteAsync(actor, ending, null, begins, request, cancellationToken);
    }

    private async Task<int?> SplitAsync(
        Actor actor,
        UnitVersionRow latest,
        int unitId,
        EventForm form,
        UnitEventRequest request,
        ModelStateDictionary errors,
        CancellationToken cancellationToken
    )
    {
        var begin = new List<NewUnit?> { form.NewLao(latest, form.NameTh, form.Kind, form.Code, "", errors, texts) };
        if (form.Ends || !string.IsNullOrWhiteSpace(form.SecondNameTh))
        {
            begin.Add(
                form.NewLao(latest, form.SecondNameTh, form.SecondKind, form.SecondCode, "Second", errors, texts)
            );
        }
        if (!errors.IsValid)
        {
            return null;
        }
        await split.ExecuteAsync(actor, unitId, [.. begin.OfType<NewUnit>()], form.Ends, request, cancellationToken);
        return unitId;
    }

    private T? Chosen<T>(T? value, string field, ModelStateDictionary errors)
        where T : struct
    {
        if (value is null)
        {
            errors.AddModelError(field, texts["directory.event.choose_one"]);
        }
        return value;
    }

    private async Task<int> UnitOfAsync(string code, DateOnly day, CancellationToken cancellationToken)
    {
        var found = await db.Set<UnitVersion>()
            .Where(v => v.Code == code && v.ValidFrom <= day && (v.ValidTo == null || v.ValidTo > day))
            .Select(v => v.UnitId)
            .Take(2)
            .ToListAsync(cancellationToken);
        return found is [var unitId] ? unitId : throw new Refusal("unit_code_unknown", code);
    }

    private async Task<int> ProvinceOfAsync(int district, DateOnly day, CancellationToken cancellationToken) =>
        await db.Set<UnitVersion>()
            .Where(v =>
                v.UnitId == district
                && v.Kind == UnitKind.District
                && v.ValidFrom <= day
                && (v.ValidTo == null || v.ValidTo > day)
            )
            .Select(v => v.ProvinceId)
            .SingleOrDefaultAsync(cancellationToken)
        ?? throw new Refusal("unit_place");
}

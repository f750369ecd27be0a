using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Thongthin.Data;
using Thongthin.Features.Rounds;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Extensions;

/// <summary>
/// Grants an extension in two steps: what was chosen is shown with whom it covers; sent again unchanged, it is granted.
/// </summary>
[Authorize(Policies.Officer)]
internal sealed class NewExtensionModel(
    ExtensionQueries queries,
    GrantExtension grant,
    CurrentActor current,
    Texts texts
) : RoundExtensionsPage(queries, current)
{
    private static readonly char[] Separators = [',', '\n', '\r', '\t', ';'];

    [BindProperty]
    public string Target { get; set; } = "laos";

    [BindProperty]
    public string? Laos { get; set; }

    [BindProperty]
    public int? District { get; set; }

    [BindProperty]
    public int? Province { get; set; }

    [BindProperty]
    public string? NewDeadline { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Reference { get; set; }

    /// <summary>The request that this would grant.</summary>
    [BindProperty(SupportsGet = true, Name = "request")]
    public Guid? RequestId { get; set; }

    /// <summary>What the preview was of: the same again is granted.</summary>
    [BindProperty]
    public string? Shown { get; set; }

    public ExtensionPreview? Preview { get; private set; }

    public DeadlineWarning? Warning { get; private set; }

    public RequestRow? Asked { get; private set; }

    public IReadOnlyList<ExtensionPlace> Places { get; private set; } = [];

    public IEnumerable<SelectListItem> Targets =>
        Enum.GetValues<ExtensionTarget>()
            .Select(SnakeCase.Of)
            .Where(target => target != "province" || PlacesOf("province").Any())
            .Select(target => new SelectListItem(texts["extension.choose." + target], target));

    public IEnumerable<SelectListItem> PlacesOf(string kind) =>
        Places
            .Where(place => place.Kind == kind)
            .Select(place => new SelectListItem(
                kind == "province"
                    ? texts.Pick(place.NameTh, place.NameEn)
                    : $"{texts.Pick(place.NameTh, place.NameEn)} ({texts.Pick(place.ProvinceTh, place.ProvinceEn)})",
                place.UnitId.ToString(CultureInfo.InvariantCulture)
            ));

    public async Task OnGetAsync(string? lao, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        Laos = Asked?.AbbreviationTh ?? lao;
        NewDeadline = Asked is { } asked ? ThaiDate.Typed(asked.Wanted) : null;
        Reason = Asked?.Reason;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var request = await ReadAsync(cancellationToken);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }
        Warning = DeadlineWarning.Of(request.NewDeadline);
        var now = string.Join(
            '|',
            Target,
            Laos,
            District,
            Province,
            request.NewDeadline,
            request.Reason,
            request.Reference
        );
        if (Shown != now)
        {
            ModelState.Remove(nameof(Shown));
            Shown = now;
            Preview = await Queries.PreviewAsync(request, cancellationToken);
            return Page();
        }
        try
        {
            var id = await grant.ExecuteAsync(
                Actor,
                request,
                Asked is { Answer: null } asked ? (asked.LaoId, asked.ExtensionRequestId) : null,
                cancellationToken
            );
            TempData.Done(texts["extension.done"]);
            return Redirect(ExtensionPath.Of(Round.Slug, id));
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal, FieldOf(refusal.Code));
        }
    }

    private static string FieldOf(string code) =>
        code switch
        {
            "reason_required" or "reason_too_long" => nameof(Reason),
            "extension_in_past" => nameof(NewDeadline),
            _ => "",
        };

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Places = await Queries.ListPlacesAsync(Round.RoundId, cancellationToken);
        Asked = RequestId is { } id ? await Queries.FindRequestAsync(id, cancellationToken) : null;
    }

    private async Task<ExtensionRequest> ReadAsync(CancellationToken cancellationToken)
    {
        // a page's own radio button, or somebody's address: what is none of them names LAOs
        var target = Enum.GetValues<ExtensionTarget>().FirstOrDefault(value => SnakeCase.Of(value) == Target);
        if (!ThaiDate.TryParse(NewDeadline, out var day))
        {
            ModelState.AddModelError(nameof(NewDeadline), texts["accounts.date_invalid"]);
        }
        if (string.IsNullOrWhiteSpace(Reason))
        {
            ModelState.AddModelError(nameof(Reason), texts["refusal.reason_required"]);
        }
        var unit = target switch
        {
            ExtensionTarget.District => Chosen(nameof(District), District),
            ExtensionTarget.Province => Chosen(nameof(Province), Province),
            _ => null,
        };
        var laos = target == ExtensionTarget.Laos ? await ReadLaosAsync(cancellationToken) : [];
        return new ExtensionRequest(Round.RoundId, day, Reason ?? "", Reference ?? "", target, unit, laos);
    }

    private int? Chosen(string field, int? unit)
    {
        if (Places.All(place => place.UnitId != unit))
        {
            ModelState.AddModelError(field, texts["extension.missing." + field]);
        }
        return unit;
    }

    private async Task<List<int>> ReadLaosAsync(CancellationToken cancellationToken)
    {
        var names = (Laos ?? "")
            .Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Distinct()
            .ToList();
        if (names.Count == 0)
        {
            ModelState.AddModelError(nameof(Laos), texts["extension.missing.Laos"]);
        }
        var found = await Queries.FindLaosAsync(Round.RoundId, names, cancellationToken);
        foreach (var name in names.Where(name => found[name].Count() != 1))
        {
            var problem = found[name].Any() ? "extension.lao_several" : "extension.lao_unknown";
            ModelState.AddModelError(nameof(Laos), texts[problem, name]);
        }
        return [.. names.SelectMany(name => found[name]).Distinct()];
    }
}

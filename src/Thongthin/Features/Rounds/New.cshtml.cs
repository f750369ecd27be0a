using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Rounds;

/// <summary>Makes a draft of a round; who would be asked is shown on its page before it is opened.</summary>
[Authorize(Policies.DepartmentAdministrator)]
internal sealed class NewModel(
    CreateRound createRound,
    FormQueries forms,
    RoundPlaces places,
    CurrentActor current,
    Texts texts
) : PageModel
{
    [BindProperty]
    public string? TitleTh { get; set; }

    [BindProperty]
    public string? TitleEn { get; set; }

    [BindProperty]
    public string? Slug { get; set; }

    [BindProperty]
    public string? FiscalYear { get; set; }

    [BindProperty]
    public List<string> FormIds { get; set; } = [];

    [BindProperty]
    public List<string> Kinds { get; set; } = [.. CreateRound.DefaultKinds];

    [BindProperty]
    public List<int> Provinces { get; set; } = [];

    [BindProperty]
    public string? Codes { get; set; }

    [BindProperty]
    public string? OpensOn { get; set; }

    [BindProperty]
    public string? Deadline { get; set; }

    [BindProperty]
    public string? ClosesOn { get; set; }

    [BindProperty]
    public string DoneMeans { get; set; } = SnakeCase.Of(Rounds.DoneMeans.Certified);

    [BindProperty]
    public string? ReturnDays { get; set; }

    [BindProperty]
    public string? Contact { get; set; }

    public IReadOnlyList<FormRow> AllForms { get; private set; } = [];

    public IReadOnlyList<RoundPlace> AllProvinces { get; private set; } = [];

    public IEnumerable<string> AllKinds => [.. CreateRound.DefaultKinds, "special"];

    public string ProposedYear =>
        Platform.Thai.FiscalYear.Of(BangkokTime.Day(current.Value.At)).ToString(CultureInfo.InvariantCulture);

    public IEnumerable<SelectListItem> Meanings =>
        Enum.GetValues<DoneMeans>()
            .Select(SnakeCase.Of)
            .Select(meaning => new SelectListItem(texts["round.done_means." + meaning], meaning));

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var request = await ReadAsync(cancellationToken);
        AddProblems(request);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }
        try
        {
            await createRound.ExecuteAsync(current.Value, request, cancellationToken);
            TempData.Done(texts["rounds.new.done"]);
            return Redirect($"/rounds/{request.Slug}");
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal, FieldOf(refusal.Code));
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        AllForms = await forms.ListAsync(cancellationToken);
        AllProvinces = await places.ListProvincesAsync(cancellationToken);
    }

    private async Task<RoundRequest> ReadAsync(CancellationToken cancellationToken)
    {
        var codes = (Codes ?? "").Split([' ', ',', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var units = await places.FindByCodesAsync(codes, cancellationToken);
        foreach (var unknown in units.Where(u => u.Value is null).Select(u => u.Key))
        {
            ModelState.AddModelError(nameof(Codes), texts["round.code_unknown", unknown]);
        }
        return new RoundRequest(
            (Slug ?? "").Trim(),
            Number(nameof(FiscalYear), FiscalYear),
            TitleTh ?? "",
            TitleEn ?? "",
            Day(nameof(OpensOn), OpensOn),
            Day(nameof(Deadline), Deadline),
            Day(nameof(ClosesOn), ClosesOn),
            DoneMeans == SnakeCase.Of(Rounds.DoneMeans.Recorded)
                ? Rounds.DoneMeans.Recorded
                : Rounds.DoneMeans.Certified,
            Number(nameof(ReturnDays), ReturnDays),
            Contact ?? "",
            FormIds,
            [.. Kinds.Where(AllKinds.Contains)],
            Provinces,
            [.. units.Values.OfType<int>()]
        );
    }

    /// <summary>All at once; a field that could not even be read has its message already.</summary>
    private void AddProblems(RoundRequest request)
    {
        bool IsRead(params string[] fields) =>
            fields.All(field => ModelState.GetFieldValidationState(field) != ModelValidationState.Invalid);
        foreach (var code in CreateRound.ProblemsOf(request))
        {
            if (
                code == "round_days"
                    ? IsRead(nameof(OpensOn), nameof(Deadline), nameof(ClosesOn))
                    : IsRead(FieldOf(code))
            )
            {
                ModelState.AddModelError(FieldOf(code), texts["refusal." + code]);
            }
        }
    }

    private int Number(string field, string? typed)
    {
        if (int.TryParse(ThaiDigits.ToArabic(typed ?? "").Trim(), CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }
        ModelState.AddModelError(field, texts["round.not_a_number", texts[LabelOf(field)]]);
        return 0;
    }

    private DateOnly Day(string field, string? typed)
    {
        if (!ThaiDate.TryParse(typed, out var day))
        {
            ModelState.AddModelError(field, texts["round.not_a_date", texts[LabelOf(field)]]);
        }
        return day;
    }

    private static string LabelOf(string field) =>
        field switch
        {
            nameof(FiscalYear) => "rounds.fiscal_year",
            nameof(OpensOn) => "round.opens_on",
            nameof(Deadline) => "rounds.deadline",
            nameof(ClosesOn) => "round.closes_on",
            _ => "round.return_days",
        };

    private static string FieldOf(string code) =>
        code switch
        {
            "round_slug" or "round_slug_taken" => nameof(Slug),
            "round_title" => nameof(TitleTh),
            "round_fiscal_year" => nameof(FiscalYear),
            "round_days" => nameof(Deadline),
            "round_return_days" => nameof(ReturnDays),
            "round_forms" or "form_not_published" => nameof(FormIds),
            _ => "",
        };
}

using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Rounds;

/// <summary>
/// The fields of a draft, for the page that makes one and the page that changes it. A deadline on a day off is asked about
/// once: sent again unchanged, it is taken.
/// </summary>
internal abstract class DraftPage(FormQueries forms, RoundPlaces places, Texts texts) : PageModel
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
    public List<string> Kinds { get; set; } = [.. DraftContent.DefaultKinds];

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
    public string? ReturnDays { get; set; } = "15";

    [BindProperty]
    public string? Contact { get; set; }

    [BindProperty]
    public Guid? Group { get; set; }

    /// <summary>The day off that the page has warned of: kept when it comes back unchanged.</summary>
    [BindProperty]
    public DateOnly? WarnedOf { get; set; }

    public DeadlineWarning? Warning { get; private set; }

    public IReadOnlyList<FormRow> AllForms { get; private set; } = [];

    public IReadOnlyList<RoundPlace> AllProvinces { get; private set; } = [];

    public IReadOnlyList<SelectListItem> AllGroups { get; private set; } = [];

    public IEnumerable<string> AllKinds => [.. DraftContent.DefaultKinds, "special"];

    public abstract string ButtonText { get; }

    /// <summary>Where the page leads when nothing is to be kept; null without such a link.</summary>
    public virtual string? CancelPath => null;

    public IEnumerable<SelectListItem> Meanings =>
        Enum.GetValues<DoneMeans>()
            .Select(SnakeCase.Of)
            .Select(meaning => new SelectListItem(texts["round.done_means." + meaning], meaning));

    protected Texts Texts => texts;

    protected async Task LoadChoicesAsync(CancellationToken cancellationToken)
    {
        AllForms = await forms.ListAsync(cancellationToken);
        AllProvinces = await places.ListProvincesAsync(cancellationToken);
        AllGroups =
        [
            .. (await places.ListGroupsAsync(Group, cancellationToken)).Select(group => new SelectListItem(
                $"{group.Code} {texts.Pick(group.NameTh, group.NameEn)}".Trim(),
                group.UnitGroupId.ToString()
            )),
        ];
    }

    /// <summary>The fields as a round has them.</summary>
    protected void Fill(RoundDraft draft)
    {
        var round = draft.Round;
        (TitleTh, TitleEn, Slug, Contact) = (round.TitleTh, round.TitleEn, round.Slug, round.Contact);
        Group = round.UnitGroupId;
        FiscalYear = round.FiscalYear.ToString(CultureInfo.InvariantCulture);
        ReturnDays = round.ReturnDays.ToString(CultureInfo.InvariantCulture);
        OpensOn = ThaiDate.Typed(round.OpensOn);
        Deadline = ThaiDate.Typed(round.Deadline);
        ClosesOn = ThaiDate.Typed(round.ClosesOn);
        DoneMeans = SnakeCase.Of(round.DoneMeans);
        FormIds = [.. draft.Forms];
        Kinds = [.. draft.Kinds];
        Provinces = [.. draft.Provinces];
        Codes = string.Join('\n', draft.Codes);
    }

    /// <summary>What was typed; null when a field cannot be read or a day off is to be asked about.</summary>
    protected async Task<RoundRequest?> ReadAsync(CancellationToken cancellationToken)
    {
        var codes = (Codes ?? "").Split([' ', ',', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var units = await places.FindByCodesAsync(codes, cancellationToken);
        foreach (var unknown in units.Where(u => u.Value is null).Select(u => u.Key))
        {
            ModelState.AddModelError(nameof(Codes), texts["round.code_unknown", unknown]);
        }
        var request = new RoundRequest(
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
            [.. units.Values.OfType<int>()],
            Group
        );
        AddProblems(request);
        Warn(request.Deadline);
        return ModelState.IsValid && Warning is null ? request : null;
    }

    protected static string FieldOf(string code) =>
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

    /// <summary>All at once; a field that could not even be read has its message already.</summary>
    private void AddProblems(RoundRequest request)
    {
        bool IsRead(params string[] fields) =>
            fields.All(field => ModelState.GetFieldValidationState(field) != ModelValidationState.Invalid);
        foreach (var code in DraftContent.ProblemsOf(request))
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

    private static string LabelOf(string field) =>
        field switch
        {
            nameof(FiscalYear) => "rounds.fiscal_year",
            nameof(OpensOn) => "round.opens_on",
            nameof(Deadline) => "rounds.deadline",
            nameof(ClosesOn) => "round.closes_on",
            _ => "round.return_days",
        };

    private void Warn(DateOnly deadline)
    {
        if (WarnedOf == deadline || ModelState[nameof(Deadline)]?.Errors.Count > 0)
        {
            return;
        }
        Warning = DeadlineWarning.Of(deadline);
        WarnedOf = Warning?.Deadline;
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
}

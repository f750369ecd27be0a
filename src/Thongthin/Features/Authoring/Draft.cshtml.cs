using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Forms;
using Thongthin.Features.Shared;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Authoring;

/// <summary>
/// A draft: what is wrong with it beside its rows, what it changes against the published version and for answers already
/// given, a preview, and publishing it.
/// </summary>
[Authorize(Policies.DepartmentAdministrator)]
internal sealed class DraftModel(
    CurrentActor actor,
    DraftQueries queries,
    PublishDraft publish,
    DiscardDraft discard,
    Texts texts
) : PageModel
{
    [FromRoute]
    public Guid Id { get; set; }

    [BindProperty]
    public string FirstFiscalYear { get; set; } = "";

    public FormDraft Draft { get; private set; } = null!;

    public IReadOnlyList<DraftFinding> Findings { get; private set; } = [];

    /// <summary>null while there are errors.</summary>
    public FormDefinition? Definition { get; private set; }

    /// <summary>null when the form was never published.</summary>
    public DraftComparison? Comparison { get; private set; }

    public string Address => $"/forms/drafts/{Id}";

    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        var cancellationToken = HttpContext.RequestAborted;
        if (await queries.FindAsync(Id, cancellationToken) is not { } draft)
        {
            context.Result = NotFound();
            return;
        }
        (Draft, Findings, Definition) = (draft, draft.ReadFindings(), draft.ReadDefinition());
        Comparison = Definition is null ? null : await queries.CompareAsync(Definition, cancellationToken);
        await next();
    }

    public void OnGet() => FirstFiscalYear = Definition?.FirstFiscalYear.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>The draft as a workbook.</summary>
    public IActionResult OnGetWorkbook() =>
        Definition is null
            ? NotFound()
            : File(FormWorkbook.Write(Definition), XlsxWriter.ContentType, Definition.Id + ".xlsx");

    public async Task<IActionResult> OnPostPublishAsync(CancellationToken cancellationToken)
    {
        if (
            !int.TryParse(
                ThaiDigits.ToArabic(FirstFiscalYear.Trim()),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var year
            )
        )
        {
            ModelState.AddModelError(nameof(FirstFiscalYear), texts["refusal.fiscal_year_invalid"]);
            return this.Invalid();
        }
        try
        {
            var published = await publish.ExecuteAsync(actor.Value, Id, year, cancellationToken);
            Notices.Done(TempData, texts["authoring.published", published.Version]);
            return Redirect($"/forms/{published.FormId}/{published.Version}");
        }
        catch (Refusal refusal)
        {
            ModelState.AddModelError(nameof(FirstFiscalYear), texts.Refusal(refusal));
            return this.Invalid();
        }
    }

    public async Task<IActionResult> OnPostDiscardAsync(CancellationToken cancellationToken)
    {
        await discard.ExecuteAsync(actor.Value, Id, cancellationToken);
        Notices.Done(TempData, texts["authoring.discarded"]);
        return Redirect("/forms/new");
    }
}

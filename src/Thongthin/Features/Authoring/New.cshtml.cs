using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Shared;
using Thongthin.Forms.Verification;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Authoring;

/// <summary>An administrator uploads a form; the drafts that wait stand below.</summary>
[Authorize(Policies.DepartmentAdministrator)]
internal sealed class NewModel(CurrentActor actor, ReceiveForm receive, DraftQueries queries, Texts texts) : PageModel
{
    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty]
    public IReadOnlyList<IFormFile> Lists { get; set; } = [];

    public IReadOnlyList<DraftRow> Drafts { get; private set; } = [];

    /// <summary>Why the file could not be read at all.</summary>
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        Drafts = await queries.ListAsync(HttpContext.RequestAborted);
        await next();
    }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Upload is null)
        {
            ModelState.AddModelError(nameof(Upload), texts["authoring.file_missing"]);
            return this.Invalid();
        }
        var (draft, findings) = await receive.ExecuteAsync(
            actor.Value,
            new UploadedFile(Upload.FileName, Upload.OpenReadStream()),
            [.. Lists.Select(list => new UploadedFile(list.FileName, list.OpenReadStream()))],
            cancellationToken
        );
        if (draft is { } id)
        {
            return Redirect($"/forms/drafts/{id}");
        }
        Findings = findings;
        ModelState.AddModelError(nameof(Upload), texts["authoring.unreadable"]);
        return this.Invalid();
    }
}

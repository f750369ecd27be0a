using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Workbooks;

/// <summary>
/// What a workbook that was sent in changes, and what is wrong with it, cell by cell; then everything, what is right, or
/// nothing is stored. While it is stored the page shows how far it is, and leaving or cancelling stores nothing.
/// </summary>
internal sealed class UploadModel(
    AppDb db,
    WorkbookPreviews previews,
    ApplyWorkbook apply,
    CurrentActor actor,
    Texts texts
) : PageModel
{
    public const int PageSize = 100;

    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>From 1.</summary>
    [FromQuery(Name = "page")]
    public int PageNumber { get; set; } = 1;

    public WorkbookUpload Upload { get; private set; } = null!;

    /// <summary>null once it is applied.</summary>
    public WorkbookPreview? Preview { get; private set; }

    public WorkbookResult? Result { get; private set; }

    public string Address => $"/workbooks/uploads/{Id}";

    public string Back => $"/workbooks/{Upload.FormId}/{Upload.FiscalYear}";

    public IReadOnlyList<CellProblem> Problems => Result?.Problems ?? Preview!.Problems;

    /// <summary>The first of them; the file has all.</summary>
    public IEnumerable<CellProblem> ShownProblems => Problems.OrderByDescending(p => p.IsError).Take(PageSize);

    public IEnumerable<ChangeRow> ShownChanges =>
        (Preview?.Changes ?? []).Skip((Math.Max(1, PageNumber) - 1) * PageSize).Take(PageSize);

    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        var found = await db.Set<WorkbookUpload>()
            .FirstOrDefaultAsync(u => u.WorkbookUploadId == Id, HttpContext.RequestAborted);
        if (found is null)
        {
            context.Result = NotFound();
            return;
        }
        Upload = found;
        await next();
    }

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    /// <summary>How far the application is, for the page's script.</summary>
    public IActionResult OnGetProgress() =>
        new JsonResult(new { done = Upload.Done, applied = Upload.AppliedAt is not null });

    public async Task<IActionResult> OnGetProblemsAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var stream = new MemoryStream();
        using (var book = new XlsxWriter(stream))
        {
            book.BeginSheet(
                texts["workbook.problems_sheet"],
                [new(texts["workbook.cell"], 30), new(texts["workbook.kind"], 14), new(texts["workbook.problem"], 90)]
            );
            foreach (var problem in Problems)
            {
                book.Row(problem.Cell, KindOf(problem), MessageOf(problem));
            }
        }
        stream.Position = 0;
        return File(stream, XlsxWriter.ContentType, $"{Upload.FormId}-{Upload.FiscalYear}-problems.xlsx");
    }

    public async Task<IActionResult> OnPostAsync(bool good, CancellationToken cancellationToken)
    {
        try
        {
            if (await apply.ExecuteAsync(actor.Value, Id, good, cancellationToken) is { } result)
            {
                Notices.Done(TempData, texts["workbook.applied", result.Sheets, result.Answers]);
                return Redirect(Address);
            }
            ModelState.AddModelError("", texts["workbook.not_applied"]);
        }
        catch (Refusal refusal)
        {
            ModelState.AddModelError("", texts.Refusal(refusal));
        }
        await LoadAsync(cancellationToken);
        return this.Invalid();
    }

    public string MessageOf(CellProblem problem) =>
        problem.Refusal is { } code
            ? texts["refusal." + code, [.. problem.Arguments]]
            : texts.Pick(problem.MessageTh, problem.MessageEn);

    public string KindOf(CellProblem problem) => texts[problem.IsError ? "workbook.error" : "workbook.warning"];

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Result = Upload.ReadResult();
        Preview = Result is null ? await previews.ReadAsync(Upload, cancellationToken) : null;
    }
}

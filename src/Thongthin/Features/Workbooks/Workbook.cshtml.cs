using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Forms;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Workbooks;

/// <summary>
/// Filling in with Excel: the workbook to download, and where to send it back. For a recorder it holds the own LAO, for an
/// officer every LAO in scope or a part of them.
/// </summary>
internal sealed class WorkbookModel(
    CurrentActor actor,
    WorkbookQueries queries,
    ReceiveWorkbook receive,
    FormLibrary forms,
    Texts texts
) : PageModel
{
    private static readonly TableLimits FileLimits = new(MaxRows: 100_000);

    [FromRoute]
    public string FormId { get; set; } = "";

    [FromRoute]
    public int FiscalYear { get; set; }

    /// <summary>An LAO, a district or a province; null: everything in scope.</summary>
    [FromQuery]
    public int? Unit { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    public WorkbookSource Source { get; private set; } = null!;

    public FormDefinition Form { get; private set; } = null!;

    public bool IsHelper => actor.Value.Role == Role.Officer;

    public string Address => $"/workbooks/{FormId}/{FiscalYear}";

    public override async Task OnPageHandlerExecutionAsync(
        Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context,
        Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutionDelegate next
    )
    {
        var cancellationToken = HttpContext.RequestAborted;
        if (
            actor.Value.Role is not (Role.Recorder or Role.Officer)
            || await queries.FindAsync(FormId, FiscalYear, Unit, cancellationToken) is not { } source
        )
        {
            context.Result = NotFound();
            return;
        }
        (Source, Form) = (source, await forms.GetAsync(FormId, source.FormVersion, cancellationToken));
        await next();
    }

    public void OnGet() { }

    public IActionResult OnGetFile()
    {
        var stream = new MemoryStream();
        new WorkbookWriter(Form, Source, texts).Write(stream);
        stream.Position = 0;
        var place = Source.Laos is [var lao] ? "-" + (lao.Code.Length > 0 ? lao.Code : lao.LaoId) : "";
        return File(stream, XlsxWriter.ContentType, $"{FormId}-{FiscalYear}{place}.xlsx");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Upload is null)
        {
            ModelState.AddModelError(nameof(Upload), texts["workbook.file_missing"]);
            return this.Invalid();
        }
        using var content = new MemoryStream();
        if (Upload.Length <= FileLimits.MaxBytes)
        {
            await Upload.CopyToAsync(content, cancellationToken);
        }
        var reading =
            Upload.Length > FileLimits.MaxBytes
                ? WorkbookReading.Failed("too_large", $"{FileLimits.MaxBytes / 1024 / 1024}")
                : TableReader.ReadSheets(content.ToArray(), FileLimits);
        if (reading.Fault is { } fault)
        {
            ModelState.AddModelError(nameof(Upload), texts["table." + fault.Code, fault.Detail]);
            return this.Invalid();
        }
        try
        {
            var id = await receive.ExecuteAsync(
                actor.Value,
                FormId,
                FiscalYear,
                Upload.FileName,
                reading,
                cancellationToken
            );
            return Redirect($"/workbooks/uploads/{id}");
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal);
        }
    }
}

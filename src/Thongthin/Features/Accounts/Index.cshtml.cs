using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Accounts;

/// <summary>
/// Who is who: an administrator sees the people of the own unit and of all below, and manages them; anybody else sees the
/// people of the own unit.
/// </summary>
[Authorize(Policies.Member)]
internal sealed class IndexModel(AppDb db, CurrentActor current, TimeProvider clock, Texts texts) : PageModel
{
    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(Name = "role", SupportsGet = true)]
    public string? RoleText { get; set; }

    [BindProperty(Name = "ended", SupportsGet = true)]
    public bool Ended { get; set; }

    [BindProperty(Name = "sort", SupportsGet = true)]
    public string? Sort { get; set; }

    [FromQuery(Name = "page")]
    public int? AskedPage { get; set; }

    public int PageSize => 50;

    public int PageNumber { get; private set; } = 1;

    public int Total { get; private set; }

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly Today => BangkokTime.Today(clock);

    public IReadOnlyList<PersonRow> Rows { get; private set; } = [];

    public bool IsAdministrator => current.Value.Role == Role.Administrator;

    public IEnumerable<SelectListItem> Roles =>
        Enum.GetValues<Role>().Select(role => new SelectListItem(texts["role." + role], role.ToString()));

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var people = People();
        Total = await people.CountAsync(cancellationToken);
        PageNumber = Math.Clamp(AskedPage ?? 1, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Rows = await people.Skip((PageNumber - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
    }

    public async Task<IActionResult> OnGetExportAsync(string? format, CancellationToken cancellationToken)
    {
        if (!IsAdministrator)
        {
            return Forbid();
        }
        var rows = await People().ToListAsync(cancellationToken);
        return format == "xlsx" ? PeopleExport.Xlsx(rows, texts) : PeopleExport.Csv(rows);
    }

    public string ExportLink(string format) =>
        "/accounts"
        + QueryString.Create(
            new Dictionary<string, string?>
            {
                ["handler"] = "Export",
                ["format"] = format,
                ["q"] = Text,
                ["role"] = RoleText,
                ["ended"] = Ended ? "true" : null,
                ["sort"] = Sort,
            }
        );

    private IQueryable<PersonRow> People() =>
        PeopleQueries.Find(
            db,
            new PeopleFilter(
                Text,
                Enum.TryParse<Role>(RoleText, out var role) ? role : null,
                IsAdministrator ? null : current.Value.UnitId,
                Ended
            ),
            Sort,
            Today
        );
}

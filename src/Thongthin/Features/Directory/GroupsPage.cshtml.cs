using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Thongthin.Data;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Directory;

/// <summary>The groups of a unit with their contact blocks; administrators also say who belongs to which.</summary>
[Authorize(Policies.Member)]
internal sealed class GroupsPageModel(
    DirectoryQueries queries,
    AssignMembers operation,
    CurrentActor current,
    TimeProvider clock,
    Texts texts
) : PageModel
{
    [FromRoute]
    public int Id { get; set; }

    /// <summary>Posted: membership → group, empty for none.</summary>
    [BindProperty(Name = "Group")]
    public Dictionary<Guid, Guid?> GroupOfMembership { get; set; } = [];

    public UnitVersionRow Latest { get; private set; } = null!;

    public IReadOnlyList<GroupRow> Groups { get; private set; } = [];

    public IReadOnlyList<GroupMemberRow> Members { get; private set; } = [];

    public bool MayEdit { get; private set; }

    public IEnumerable<SelectListItem> GroupOptions =>
        Groups
            .Where(group => group.Active)
            .Select(group => new SelectListItem(
                $"{group.Code} {texts.Pick(group.NameTh, group.NameEn)}".Trim(),
                group.UnitGroupId.ToString()
            ));

    public string RoleName(GroupMemberRow member) => SnakeCase.Parse<Role>(member.Role).ToString();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }
        if (!MayEdit)
        {
            return Forbid();
        }
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }
        try
        {
            await operation.ExecuteAsync(current.Value, Id, GroupOfMembership, cancellationToken);
            TempData.Done(texts["directory.group.assigned"]);
            return LocalRedirect(Request.Path);
        }
        catch (Refusal refusal)
        {
            return this.Refused(refusal);
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var versions = await queries.ListVersionsAsync(Id, cancellationToken);
        if (versions.Count == 0)
        {
            return false;
        }
        Latest = versions[0];
        var today = BangkokTime.Today(clock);
        Groups = await queries.ListGroupsAsync(Id, today, cancellationToken);
        MayEdit = await queries.MayAdministerAsync(Id, cancellationToken);
        Members = MayEdit ? await queries.ListMembersAsync(Id, today, cancellationToken) : [];
        return true;
    }
}

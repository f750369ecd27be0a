using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Shared;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Directory;

/// <summary>What is typed about a group.</summary>
public sealed class GroupForm
{
    public string? Code { get; set; }

    public string? NameTh { get; set; }

    public string? NameEn { get; set; }

    public string? Telephone { get; set; }

    public string? Fax { get; set; }

    public string? Email { get; set; }

    public string? CoOrdinator { get; set; }

    public bool Active { get; set; }
}

/// <summary>An administrator makes a group or changes it. Another unit's, or one that is not there, is not found.</summary>
[Authorize(Policies.Administrator)]
internal sealed class GroupPageModel(
    DirectoryQueries queries,
    SaveGroup operation,
    CurrentActor current,
    TimeProvider clock,
    Texts texts
) : PageModel
{
    [FromRoute]
    public int Id { get; set; }

    /// <summary><c>new</c>, or the group's id.</summary>
    [FromRoute]
    public string Group { get; set; } = "";

    [BindProperty]
    public GroupForm Form { get; set; } = new() { Active = true };

    public Guid? GroupId { get; private set; }

    public UnitVersionRow Latest { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is not { } stored)
        {
            return NotFound();
        }
        Form = stored;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is null)
        {
            return NotFound();
        }
        Check();
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }
        try
        {
            await operation.ExecuteAsync(current.Value, Id, GroupId, Typed(), cancellationToken);
            TempData.Done(texts["directory.group.saved"]);
            return LocalRedirect($"/directory/units/{Id}/groups");
        }
        catch (Refusal refusal)
        {
            return this.Refused(
                refusal,
                refusal.Code.StartsWith("group_name", StringComparison.Ordinal) ? "Form.NameTh" : ""
            );
        }
    }

    /// <summary>The group as it is stored, an empty one for a new one; null when it is not the actor's to change.</summary>
    private async Task<GroupForm?> LoadAsync(CancellationToken cancellationToken)
    {
        var versions = await queries.ListVersionsAsync(Id, cancellationToken);
        if (versions.Count == 0 || !await queries.MayAdministerAsync(Id, cancellationToken))
        {
            return null;
        }
        Latest = versions[0];
        if (Group == "new")
        {
            return Form;
        }
        var groups = await queries.ListGroupsAsync(Id, BangkokTime.Today(clock), cancellationToken);
        if (!Guid.TryParse(Group, out var id) || groups.FirstOrDefault(g => g.UnitGroupId == id) is not { } group)
        {
            return null;
        }
        GroupId = id;
        return new GroupForm
        {
            Code = group.Code,
            NameTh = group.NameTh,
            NameEn = group.NameEn,
            Telephone = group.Telephone,
            Fax = group.Fax,
            Email = group.Email,
            CoOrdinator = group.CoOrdinator,
            Active = group.Active,
        };
    }

    /// <summary>Telephones have 9 digits (landline) or 10 (mobile), perhaps with an extension.</summary>
    private void Check()
    {
        foreach (var (field, number) in new[] { ("Form.Telephone", Form.Telephone), ("Form.Fax", Form.Fax) })
        {
            var main = ThaiDigits.ToArabic(number ?? "").Split("ต่อ")[0].Split('#')[0];
            if (main.Trim().Length > 0 && main.Count(char.IsAsciiDigit) is not (9 or 10))
            {
                ModelState.AddModelError(field, texts["directory.group.telephone_wrong"]);
            }
        }
        if (!string.IsNullOrWhiteSpace(Form.Email) && !System.Net.Mail.MailAddress.TryCreate(Form.Email, out _))
        {
            ModelState.AddModelError("Form.Email", texts["directory.group.email_wrong"]);
        }
    }

    private GroupRequest Typed() =>
        new(
            ThaiDigits.ToArabic(Form.Code ?? ""),
            Form.NameTh ?? "",
            Form.NameEn ?? "",
            ThaiDigits.ToArabic(Form.Telephone ?? ""),
            ThaiDigits.ToArabic(Form.Fax ?? ""),
            Form.Email ?? "",
            Form.CoOrdinator ?? "",
            Form.Active
        );
}

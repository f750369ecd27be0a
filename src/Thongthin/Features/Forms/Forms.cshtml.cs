using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Forms;

/// <summary>The topics that can be asked, with what their newest version is for.</summary>
[Authorize(Policies.Member)]
internal sealed class FormsModel(FormQueries queries, CurrentActor actor) : PageModel
{
    public bool MayPublish => actor.Value.IsDepartmentAdministrator;

    public IReadOnlyList<FormRow> Forms { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Forms = await queries.ListAsync(cancellationToken);
}

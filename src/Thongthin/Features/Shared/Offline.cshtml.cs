using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Shared;

/// <summary>
/// What the service worker shows in place of a page that a missing network keeps away: the sheets that open all the same.
/// </summary>
[AllowAnonymous]
internal sealed class OfflineModel(TextCatalog catalog) : PageModel
{
    private const string Texts = "offline.page.";

    public string Thai(string name) => catalog.Find(Texts + name)!.Th;

    public string English(string name) => catalog.Find(Texts + name)!.En;
}

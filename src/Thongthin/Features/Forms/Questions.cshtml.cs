using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Forms;

/// <summary>The questions of one version of a form, the newest when the address names none.</summary>
[Authorize(Policies.Member)]
internal sealed class QuestionsModel(FormQueries queries, FormLibrary forms) : PageModel
{
    public FormDefinition Form { get; private set; } = null!;

    public FormVersionRow Version { get; private set; } = null!;

    public IReadOnlyList<FormVersionRow> Versions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string formId, int? version, CancellationToken cancellationToken)
    {
        Versions = await queries.ListVersionsAsync(formId, cancellationToken);
        var shown = Versions.FirstOrDefault(v => version is null || v.Version == version);
        if (shown is null)
        {
            return NotFound();
        }
        Version = shown;
        Form = await forms.GetAsync(formId, shown.Version, cancellationToken);
        return Page();
    }

    public string LabelOf(FormNode node, string language) =>
        node.Label.In(language) is { Length: > 0 } label ? label : node.Name;

    /// <summary>Always, never, or depending on other answers.</summary>
    public string RequiredOf(Question question, Texts texts) =>
        question.Required is not { } required ? ""
        : required.Text == "true()" ? texts["forms.required.yes"]
        : texts["forms.required.depends"];
}

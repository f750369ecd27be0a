using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Features.Rounds;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>
/// The submissions in scope, of all years, filtered: an LAO its own, an office those of its LAOs. The filter is the
/// address, so a list can be kept and sent to a colleague.
/// </summary>
internal sealed class ListModel(AppDb db, SubmissionQueries queries, CurrentActor actor, Texts texts) : PageModel
{
    /// <summary>An LAO sees its own: the column of LAOs says nothing then.</summary>
    public bool IsOwn => actor.Value.Level == UnitLevel.Lao;

    public bool MayReview => actor.Value.Role == Role.Officer;

    [FromQuery]
    public string? Round { get; set; }

    [FromQuery]
    public string? Form { get; set; }

    /// <summary>A state in snake case; anything else means any.</summary>
    [FromQuery]
    public string? State { get; set; }

    [FromQuery]
    public bool? Done { get; set; }

    [FromQuery]
    public bool? Reviewed { get; set; }

    [FromQuery]
    public string? Q { get; set; }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public IReadOnlyList<SelectListItem> Rounds { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Forms { get; private set; } = [];

    public IReadOnlyList<SelectListItem> States { get; } =
    [
        .. Enum.GetValues<SubmissionState>()
            .Select(SnakeCase.Of)
            .Select(name => new SelectListItem(texts["state." + name], name)),
    ];

    /// <summary>Where an officer fills in the topic and year of the list for many LAOs at once; null where the list shows several.</summary>
    public string? WorkbookAddress { get; private set; }

    public ReviewPage Result { get; private set; } = new([], 0);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var rounds = await db.Set<Round>()
            .Where(r => r.OpenedAt != null && r.CancelledAt == null)
            .OrderByDescending(r => r.Deadline)
            .Select(r => new
            {
                r.RoundId,
                r.Slug,
                r.FiscalYear,
                r.TitleTh,
                r.TitleEn,
            })
            .ToListAsync(cancellationToken);
        Rounds = [.. rounds.Select(r => new SelectListItem(texts.Pick(r.TitleTh, r.TitleEn), r.Slug))];
        var forms = await db.Set<Form>()
            .OrderBy(f => f.Sector)
            .ThenBy(f => f.ReportOrder)
            .ToListAsync(cancellationToken);
        Forms = [.. forms.Select(f => new SelectListItem(texts.Pick(f.TitleTh, f.TitleEn), f.FormId))];
        var round = rounds.FirstOrDefault(r => r.Slug == Round);
        var form = forms.FirstOrDefault(f => f.FormId == Form);
        if (actor.Value.Role == Role.Officer && round is not null && form is not null)
        {
            WorkbookAddress = $"/workbooks/{form.FormId}/{round.FiscalYear}";
        }
        Number = Math.Clamp(Number, 1, 100_000);
        Result = await queries.ListReviewAsync(
            new ReviewFilter(
                RoundId: round?.RoundId,
                FormId: form?.FormId,
                State: Enum.GetValues<SubmissionState>()
                    .Cast<SubmissionState?>()
                    .FirstOrDefault(s => SnakeCase.Of(s!.Value) == State),
                Done: Done,
                Reviewed: Reviewed,
                Search: string.IsNullOrWhiteSpace(Q) ? null : Q.Trim(),
                Page: Number
            ),
            cancellationToken
        );
    }
}

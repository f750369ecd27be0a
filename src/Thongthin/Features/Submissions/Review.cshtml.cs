using Microsoft.AspNetCore.Mvc;
using Thongthin.Features.Reviewing;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>The whole submission on one page: what officers and certifiers read, with what changed and what is wrong.</summary>
internal sealed class ReviewModel(
    CurrentActor actor,
    SubmissionQueries queries,
    SheetViews views,
    FieldLinks links,
    MarkReviewed markReviewed,
    FieldQueries fieldQueries,
    Outliers outliers,
    Texts texts,
    TimeProvider clock
) : SubmissionPage(actor, queries, texts, clock)
{
    public IReadOnlyList<SheetView> Sheets { get; private set; } = [];

    public IReadOnlyList<FieldLink> Queried { get; private set; } = [];

    /// <summary>Open questions about it, and how many wait for the reader's side.</summary>
    public (int Open, int Waiting) Open { get; private set; }

    /// <summary>Numbers that stand out among similar LAOs; for officers.</summary>
    public IReadOnlyList<PeerRow> Standing { get; private set; } = [];

    public string NameOf(string question) => Sheets.Count > 0 ? links.Name(Sheets[0].Context.Form, question) : question;

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    /// <summary>An officer has looked at it and has nothing to return.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        try
        {
            await markReviewed.ExecuteAsync(Actor, Submission.Key, "", cancellationToken);
            return Done("review.done");
        }
        catch (Refusal refusal)
        {
            await LoadAsync(cancellationToken);
            return Refused(refusal);
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Sheets = await views.ListAsync(Submission, cancellationToken);
        var side = Actor.Level == UnitLevel.Lao ? "lao" : "office";
        Open = await fieldQueries.CountAsync(Submission.Key, side, cancellationToken);
        if (Actor.Role == Role.Officer && Submission.Shape == FormShape.Annual)
        {
            Standing = await outliers.ListAsync(Submission, cancellationToken);
        }
        if (Submission.Return is { Fields.Count: > 0 } back)
        {
            var register = await Queries.ReadRegisterAsync(Submission.Key, cancellationToken);
            Queried = await links.OfAsync(Submission, register, back.Fields, cancellationToken);
        }
    }
}

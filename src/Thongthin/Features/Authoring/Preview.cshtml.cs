using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Thongthin.Features.Submissions;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Authoring;

/// <summary>
/// A draft as recorders will fill it in and reviewers read it, in either language. It computes and complains as the entry page
/// does, and stores nothing.
/// </summary>
[Authorize(Policies.DepartmentAdministrator)]
internal sealed class PreviewModel(CurrentActor actor, DraftQueries queries, Texts texts) : PageModel
{
    private const string FieldPrefix = FieldView.NamePrefix;

    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>th or en; null: the reader's.</summary>
    [FromQuery(Name = "language")]
    public string? ShownLanguage { get; set; }

    public FormDefinition Form { get; private set; } = null!;

    public SheetView View { get; private set; } = null!;

    public bool IsReview { get; private set; }

    public DateOnly Today => BangkokTime.Day(actor.Value.At);

    public string Now =>
        BangkokTime.Local(actor.Value.At).ToString("yyyy-MM-dd'T'HH:mm:ss'+07:00'", CultureInfo.InvariantCulture);

    public int FiscalYear => Platform.Thai.FiscalYear.Of(Today);

    private EvaluationContext Context => SheetEvaluation.ContextOf(actor.Value, FiscalYear);

    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        var draft = await queries.FindAsync(Id, HttpContext.RequestAborted);
        if (draft?.ReadDefinition() is not { } form)
        {
            context.Result = NotFound();
            return;
        }
        Form = form;
        if (ShownLanguage is not null)
        {
            texts.Reader.Language = ShownLanguage == "en" ? Language.English : Language.Thai;
        }
        await next();
    }

    public void OnGet()
    {
        var answers = Answers.New(Form, Context);
        View = new SheetView(new EntryContext(Form, texts), SheetEvaluation.Evaluate(Form, answers, Context), "")
        {
            BlankRows = SheetViews.BlankRows(new EntryContext(Form, texts), answers, Context),
        };
    }

    /// <summary>What was typed, as a reviewer would read it.</summary>
    public async Task OnPostAsync(CancellationToken cancellationToken)
    {
        var posted = await Request.ReadFormAsync(cancellationToken);
        var fields = posted
            .Where(pair => pair.Key.StartsWith(FieldPrefix, StringComparison.Ordinal))
            .ToDictionary(
                pair => pair.Key[FieldPrefix.Length..],
                pair => string.Join(' ', pair.Value.Where(value => !string.IsNullOrEmpty(value))),
                StringComparer.Ordinal
            );
        var rows = fields
            .Keys.Select(AnswerPath.Parse)
            .OfType<AnswerPath>()
            .SelectMany(path => path.RowsAround())
            .Distinct();
        var answers = Answers.Empty.Apply(Form, new AnswerChanges(fields, [.. rows]), Context).Sheet;
        IsReview = true;
        View = new SheetView(new EntryContext(Form, texts), SheetEvaluation.Evaluate(Form, answers, Context), "")
        {
            IsReadOnly = true,
            ShowMissing = true,
        };
    }
}

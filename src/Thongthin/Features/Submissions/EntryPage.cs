using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Thongthin.Features.Submissions.Attachments;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;
using StoredAnswers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions;

/// <summary>
/// The entry page of one sheet: an annual form's, or one record's. A posted form is read whole before anything is stored;
/// what cannot be stored comes back as it was typed (422), and where somebody else changed the same field both values come
/// back (409). Scripts post the changed fields alone and get JSON; without scripts the buttons do the same.
/// </summary>
internal abstract class EntryPage(
    CurrentActor actor,
    SubmissionQueries queries,
    SheetViews views,
    FieldLinks links,
    SaveAnswers saveAnswers,
    EntryFiles files,
    Texts texts,
    TimeProvider clock
) : SubmissionPage(actor, queries, texts, clock)
{
    // Goes into an attribute, where Razor encodes it: Thai letters may stay as they are.
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Say also what is missing: after a check.</summary>
    [FromQuery(Name = "check")]
    public int Check { get; set; }

    /// <summary>null before the first save of an annual form.</summary>
    public SheetDetail? Sheet { get; private set; }

    public SheetView View { get; private set; } = null!;

    /// <summary>For the summary: path (empty: the form as a whole) and message.</summary>
    public List<(string Path, string Message)> Complaints { get; } = [];

    /// <summary>Fields that somebody else changed meanwhile, to be decided.</summary>
    public IReadOnlyList<FieldConflict> Conflicts { get; private set; } = [];

    public FormDefinition Form { get; private set; } = null!;

    /// <summary>Names this page's save; made anew for every shown page.</summary>
    public Guid SaveKey { get; } = Guid.CreateVersion7();

    /// <summary>The base of the next save.</summary>
    public int Revision { get; private set; }

    /// <summary>path → text as the page shows what is stored: what was typed and not stored counts as changed.</summary>
    public string ShownJson { get; private set; } = "{}";

    /// <summary>What the form's rules read of other forms, for the page's own evaluation; null when they read nothing.</summary>
    public string? FactsJson =>
        views.ContextOf(Submission).Facts is { } facts
            ? JsonSerializer.Serialize(
                new { unit = facts.Unit, values = facts.Values.ToDictionary(f => f.Key, f => f.Value.ToJson()) },
                Json
            )
            : null;

    public bool MayRecord => Submission.May.Contains(SubmissionAction.Save) && Sheet?.Status != SheetStatus.Removed;

    /// <summary>The form is shown for typing: always when something was typed, so that nothing of it is lost.</summary>
    public bool IsEditable => MayRecord || HttpMethods.IsPost(Request.Method);

    /// <summary>What stands in the form was refused or waits to be decided: it is not stored.</summary>
    public bool IsUnsaved => Response.StatusCode >= StatusCodes.Status400BadRequest && !isSaved;

    /// <summary>The form has fields for files.</summary>
    public bool TakesFiles => Form.Questions.Any(question => question.TakesAnswer && question.Type.IsFile());

    private bool isSaved;

    public abstract Guid? RecordId { get; }

    /// <summary>A record that there is not yet: only a script, offline, opens this page to record it.</summary>
    public virtual bool IsNew => false;

    /// <summary>The record of this address is not there (any more).</summary>
    protected abstract Task<(bool Exists, SheetDetail? Sheet)> FindSheetAsync(CancellationToken cancellationToken);

    /// <summary>After a save by a button other than "save": confirm the record, or go on to submit.</summary>
    protected abstract Task<IActionResult> ContinueAsync(string button, CancellationToken cancellationToken);

    /// <summary>Answers of the earlier year when there is no sheet yet.</summary>
    protected virtual Task<PreviousSheet?> FindPreviousAsync(CancellationToken cancellationToken) =>
        Task.FromResult<PreviousSheet?>(null);

    /// <summary>What the page shows besides the sheet itself.</summary>
    protected virtual Task ShownAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// A script saves without the page around it being read: only where the save is not stored the page is made, saves again
    /// with the same key and says why not.
    /// </summary>
    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        if (
            IsScript
            && HttpMethods.IsPost(Request.Method)
            && context.HandlerMethod?.Name is null
            && await StoreAloneAsync(HttpContext.RequestAborted) is { } stored
        )
        {
            context.Result = StoredJson(stored);
            return;
        }
        await base.OnPageHandlerExecutionAsync(context, next);
    }

    /// <summary>Null: it is not stored.</summary>
    private async Task<SaveResult?> StoreAloneAsync(CancellationToken cancellationToken)
    {
        var form = await Request.ReadFormAsync(cancellationToken);
        var posted = PostedSheet.Read(form);
        if (!posted.MayBeStoredAlone || form.Files.Count > 0)
        {
            return null;
        }
        if (await Queries.FindKeyAsync(LaoId, FormId, FiscalYear, cancellationToken) is not { } key)
        {
            return null;
        }
        try
        {
            var rows = posted.KeptRows.Concat(posted.Added).Select(row => new RowChange(RowChangeKind.Add, row));
            var removed = posted.Removed.Select(row => new RowChange(RowChangeKind.Remove, row));
            var request = RequestOf(posted, null, posted.Changed, [.. rows, .. removed]);
            var result = await saveAnswers.ExecuteAsync(Actor, key, request, cancellationToken);
            return result.Outcome is SaveOutcome.Saved or SaveOutcome.SavedBefore or SaveOutcome.Unchanged
                ? result
                : null;
        }
        catch (Refusal)
        {
            // the page meets the same refusal and says it in words
            return null;
        }
    }

    private SaveRequest RequestOf(
        PostedSheet posted,
        Guid? sheetId,
        IReadOnlyDictionary<string, string> changed,
        IReadOnlyList<RowChange> rows
    ) =>
        new(
            sheetId,
            posted.Revision,
            posted.SaveKey!.Value,
            changed,
            posted.Shown,
            rows,
            posted.Follows,
            posted.Known,
            RecordId
        );

    private JsonResult StoredJson(SaveResult result) =>
        new(
            new
            {
                revision = result.Revision,
                stored = result.Outcome is SaveOutcome.Saved or SaveOutcome.SavedBefore,
                savedAt = T.Time(Now),
            }
        );

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }
        await ShowAsync(Stored, null, cancellationToken);
        if (IsEditable)
        {
            KeptPages.Allow(HttpContext);
        }
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }
        var form = await Request.ReadFormAsync(cancellationToken);
        var posted = PostedSheet.Read(form);
        var rows = RowsOf(posted);
        var cannotAttach = await files.AttachAsync(
            Actor,
            Submission.Key,
            RecordId,
            posted,
            form.Files,
            cancellationToken
        );
        var changed = posted.Changed;
        ConfirmUnchanged(posted.Same, changed);
        var known = await files.FindAsync(LaoId, Form, changed, cancellationToken);
        var changes = new AnswerChanges(changed, [.. rows.Added], [], known);
        var applied = Stored.Apply(Form, changes, views.ContextOf(Submission));
        if (cannotAttach is not null)
        {
            return await AgainAsync(applied, changed, T.Refusal(cannotAttach), cancellationToken);
        }
        if (Reject(posted, applied.Ignored) is { } reason)
        {
            return await AgainAsync(applied, changed, reason, cancellationToken);
        }
        try
        {
            var request = RequestOf(posted, Sheet?.SheetId, changed, rows.Changes);
            var result = await saveAnswers.ExecuteAsync(Actor, Submission.Key, request, cancellationToken);
            return result.Outcome switch
            {
                SaveOutcome.Conflict => await ConflictAsync(applied, result, cancellationToken),
                SaveOutcome.TooMuch => await AgainAsync(
                    applied,
                    changed,
                    T["entry.not_saved_too_long"],
                    cancellationToken
                ),
                SaveOutcome.Unknown => await AgainAsync(
                    applied,
                    changed,
                    UnknownFields(result.Refused),
                    cancellationToken
                ),
                _ => await SavedAsync(posted, rows.Anchor, result, cancellationToken),
            };
        }
        catch (Refusal refusal)
        {
            var message = T["refusal." + refusal.Code, [.. refusal.Arguments]];
            return await AgainAsync(applied, changed, message, cancellationToken);
        }
    }

    // The earlier year's answers; null when there are none.
    private (string? Answers, int? FiscalYear) previous;

    /// <summary>What is stored; before the first save what the year starts from.</summary>
    private StoredAnswers Stored =>
        Sheet is null
            ? StoredAnswers.Start(
                Form,
                previous.Answers is { } json ? StoredAnswers.Parse(json) : null,
                views.ContextOf(Submission)
            )
            : StoredAnswers.Parse(Sheet.Answers);

    private bool IsScript => SessionEnded.IsScript(Request);

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        (var exists, Sheet) = await FindSheetAsync(cancellationToken);
        Form = await views.FormOfAsync(Submission, cancellationToken);
        Revision = Sheet?.Revision ?? 0;
        previous =
            Sheet is not null ? (Sheet.PreviousAnswers, Sheet.PreviousFiscalYear)
            : await FindPreviousAsync(cancellationToken) is { } earlier ? (earlier.Answers, earlier.FiscalYear)
            : (null, null);
        return exists;
    }

    private async Task ShowAsync(
        StoredAnswers answers,
        IReadOnlyDictionary<string, (string, string)>? refused,
        CancellationToken cancellationToken
    )
    {
        View = views.ForEntry(
            Form,
            Submission,
            answers,
            previous.Answers,
            previous.FiscalYear,
            Check > 0,
            files.WithRefused(answers, refused),
            !IsEditable
        );
        var stored = HttpMethods.IsGet(Request.Method)
            ? View
            : views.ForEntry(Form, Submission, Stored, previous.Answers, previous.FiscalYear, false, isReadOnly: true);
        ShownJson = JsonSerializer.Serialize(stored.ShownTexts(), Json);
        Complaints.AddRange(View.Complaints());
        await ShownAsync(cancellationToken);
    }

    // The button of a part, pressed without scripts: with them its boxes are ticked on the page.
    private void ConfirmUnchanged(string? part, Dictionary<string, string> changed)
    {
        if (part is null || Form.Find(part) is not { } node || previous.Answers is null)
        {
            return;
        }
        var answers = Stored.Apply(Form, changed).Sheet;
        var view = views.ForEntry(Form, Submission, answers, previous.Answers, previous.FiscalYear, false);
        foreach (var (path, _) in view.AsLastYear(node))
        {
            changed[path.Beside(Remarks.SameOf(path.Name!)).ToString()] = TypedAnswer.Confirmed;
        }
    }

    /// <summary>Why nothing of this form can be stored; null when it can. Field by field reasons are shown beside the fields.</summary>
    private string? Reject(PostedSheet posted, IReadOnlyList<IgnoredField> ignored)
    {
        var unknown = posted
            .Unknown.Concat(ignored.Where(i => i.Reason == IgnoredReason.Unknown).Select(i => i.Field))
            .ToList();
        return !posted.IsWhole || posted.SaveKey is null ? T["entry.cut_off"]
            : unknown.Count > 0 ? UnknownFields(unknown)
            : ignored.Any(i => i.Reason == IgnoredReason.TooLong) ? T["entry.not_saved_too_long"]
            : ignored.Any(i => i.Reason == IgnoredReason.TooManyRows)
                ? T["entry.too_many_rows", StoredAnswers.MaximumRows]
            : null;
    }

    private string UnknownFields(IReadOnlyList<string> names)
    {
        return T["entry.unknown_fields", names.Count, string.Join(", ", names.Take(5).Select(Short))];

        static string Short(string name) => name.Length <= 40 ? name : name[..40] + "…";
    }

    /// <summary>The same page with everything that was typed, and why it was not stored.</summary>
    private async Task<IActionResult> AgainAsync(
        AppliedChanges applied,
        Dictionary<string, string> changed,
        string reason,
        CancellationToken cancellationToken
    )
    {
        if (IsScript)
        {
            return new JsonResult(new { message = reason }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
        }
        var refused = applied
            .Ignored.Where(i => i.Reason == IgnoredReason.TooLong)
            .ToDictionary(i => i.Field, i => (changed[i.Field], TooLong(i.Field)));
        Complaints.Add(("", reason));
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await ShowAsync(applied.Sheet, refused, cancellationToken);
        return Page();
    }

    private string TooLong(string path) => T["entry.too_long", TypedAnswer.MaximumLength, links.Name(Form, path)];

    /// <summary>Both values of every field that two people changed; the rest of what was typed stands in the form.</summary>
    private async Task<IActionResult> ConflictAsync(
        AppliedChanges applied,
        SaveResult result,
        CancellationToken cancellationToken
    )
    {
        Conflicts = result.Conflicts;
        Revision = result.Revision;
        Response.StatusCode = StatusCodes.Status409Conflict;
        if (IsScript)
        {
            return Partial("_Conflicts", this);
        }
        await ShowAsync(applied.Sheet, null, cancellationToken);
        return Page();
    }

    private async Task<IActionResult> SavedAsync(
        PostedSheet posted,
        string? anchor,
        SaveResult result,
        CancellationToken cancellationToken
    )
    {
        if (IsScript)
        {
            return StoredJson(result);
        }
        if (files.AnyRefused)
        {
            // everything else is stored; the page says which file is not, and why
            isSaved = true;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            await LoadAsync(cancellationToken);
            await ShowAsync(Stored, null, cancellationToken);
            return Page();
        }
        Shared.Notices.Stored(TempData, posted.SaveKey!.Value);
        if (posted.Add is null && posted.Remove is null && posted.Do is not ("" or "save"))
        {
            return await ContinueAsync(posted.Do, cancellationToken);
        }
        Shared.Notices.Done(TempData, T["entry.saved_at", T.Time(Now)]);
        return Redirect(Path.Sheet(RecordId) + (anchor is null ? "" : "#" + anchor));
    }

    private (IReadOnlyList<RowChange> Changes, IReadOnlyList<AnswerPath> Added, string? Anchor) RowsOf(
        PostedSheet posted
    )
    {
        var added = posted.KeptRows.Concat(posted.Added).ToList();
        string? anchor = null;
        if (
            posted.Add is { } repeat
            && AnswerPath.Parse(repeat) is { Name: { } name } place
            && Form.Find(name) is Repeat
        )
        {
            var row = place.NewRow(Guid.CreateVersion7());
            added.Add(row);
            anchor = row.ToString();
        }
        var changes = added.Select(row => new RowChange(RowChangeKind.Add, row)).ToList();
        changes.AddRange(posted.Removed.Select(row => new RowChange(RowChangeKind.Remove, row)));
        if (posted.Remove is { } remove && AnswerPath.Parse(remove) is { Name: null } removed)
        {
            changes.Add(new RowChange(RowChangeKind.Remove, removed));
            anchor = removed.ToString()[..removed.ToString().LastIndexOf('[')];
        }
        return (changes, added, anchor);
    }
}

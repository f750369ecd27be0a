using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Features.Submissions.Facts;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions;

/// <summary>
/// A locked submission of a register or catalogue with its form, for the operations on single records. Everything of one LAO's
/// register and year waits at the submission's lock, so numbers are given one after the other.
/// </summary>
internal sealed class RecordWork : IAsyncDisposable
{
    private RecordWork(LockedSubmission submission, FormDefinition form, EvaluationContext context)
    {
        Submission = submission;
        Form = form;
        Sheets = new SheetWriter(submission);
        Context = context;
    }

    public LockedSubmission Submission { get; }

    public FormDefinition Form { get; }

    public SheetWriter Sheets { get; }

    public EvaluationContext Context { get; }

    /// <summary>Of a register or a catalogue.</summary>
    /// <exception cref="Refusal">submission_not_found, not_a_register, and as <see cref="LockedSubmission.RequireEditable"/>.</exception>
    public static Task<RecordWork> OpenAsync(
        AppDb db,
        FormLibrary forms,
        Actor actor,
        SubmissionKey key,
        CancellationToken cancellationToken
    ) =>
        OpenAsync(
            db,
            forms,
            actor,
            key,
            shape => shape == FormShape.Annual ? new Refusal("not_a_register") : null,
            cancellationToken
        );

    /// <summary>Of a register: its records are added and removed; those of a catalogue follow from its items.</summary>
    /// <exception cref="Refusal">submission_not_found, not_a_register, and as <see cref="LockedSubmission.RequireEditable"/>.</exception>
    public static Task<RecordWork> OpenRegisterAsync(
        AppDb db,
        FormLibrary forms,
        Actor actor,
        SubmissionKey key,
        CancellationToken cancellationToken
    ) =>
        OpenAsync(
            db,
            forms,
            actor,
            key,
            shape => shape == FormShape.Register ? null : new Refusal("not_a_register"),
            cancellationToken
        );

    /// <exception cref="Refusal">submission_not_found, not_a_catalogue, and as <see cref="LockedSubmission.RequireEditable"/>.</exception>
    public static Task<RecordWork> OpenCatalogueAsync(
        AppDb db,
        FormLibrary forms,
        Actor actor,
        SubmissionKey key,
        CancellationToken cancellationToken
    ) =>
        OpenAsync(
            db,
            forms,
            actor,
            key,
            shape => shape == FormShape.Catalogue ? null : new Refusal("not_a_catalogue"),
            cancellationToken
        );

    private static async Task<RecordWork> OpenAsync(
        AppDb db,
        FormLibrary forms,
        Actor actor,
        SubmissionKey key,
        Func<FormShape, Refusal?> refuse,
        CancellationToken cancellationToken
    )
    {
        var submission = await LockedSubmission.OpenAsync(db, actor, key, cancellationToken);
        try
        {
            var form = await forms.GetAsync(submission.Now.FormId, submission.Now.FormVersion, cancellationToken);
            if (refuse(form.Shape) is { } refusal)
            {
                throw refusal;
            }
            submission.RequireEditable();
            var context = await new FactQueries(db).ContextAsync(
                form,
                actor,
                key.LaoId,
                submission.Now.FiscalYear,
                cancellationToken
            );
            return new RecordWork(submission, form, context);
        }
        catch
        {
            await submission.DisposeAsync();
            throw;
        }
    }

    /// <summary>Only the LAO itself says what is in force; an office helps with the answers.</summary>
    /// <exception cref="Refusal">not_allowed</exception>
    public void RequireLao()
    {
        if (SubmissionAccess.HelpingUnit(Submission.Actor) is not null)
        {
            throw new Refusal("not_allowed");
        }
    }

    /// <summary>The number of the next record.</summary>
    public async Task<string> NextNumberAsync(CancellationToken cancellationToken) =>
        (await RecordNumbers.NextAsync(Submission, 1, cancellationToken))[0];

    /// <summary>
    /// This year's sheet of a record: the one that is there, or a new one with the values of the latest earlier year, whatever
    /// it is worth there.
    /// </summary>
    /// <exception cref="Refusal">record_not_found</exception>
    public async Task<AnswerSheet> FindOrCarryAsync(Guid recordId, CancellationToken cancellationToken)
    {
        if (await Sheets.FindOfRecordAsync(recordId, cancellationToken) is { } existing)
        {
            return existing;
        }
        return await new RecordCarrier(Submission, Form, Sheets, Context).CarryAsync(recordId, cancellationToken);
    }

    public Task AuditAsync(string action, Guid recordId, CancellationToken cancellationToken) =>
        Submission.AuditAsync(action, new { record = recordId }, cancellationToken);

    public ValueTask DisposeAsync() => Submission.DisposeAsync();
}

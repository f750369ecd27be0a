using Thongthin.Features.Forms;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions;

/// <summary>A link to one field of one sheet.</summary>
/// <param name="Sheet">what the record is called; empty for an annual sheet or the submission as a whole</param>
internal sealed record FieldLink(string Sheet, string Address, string Text);

/// <summary>One changed field as people read it.</summary>
internal sealed record NamedChange(string Field, string Before, string After);

/// <summary>Turns places in sheets (sheet id and path) into links that people can follow, and paths into the questions' names.</summary>
internal sealed class FieldLinks(SheetViews views, Texts texts)
{
    /// <summary>Links to what a return points at; places that are there no longer are left out.</summary>
    public async Task<IReadOnlyList<FieldLink>> OfAsync(
        SubmissionDetail submission,
        RegisterDetail register,
        IReadOnlyList<FieldReference> fields,
        CancellationToken cancellationToken
    )
    {
        if (fields.Count == 0)
        {
            return [];
        }
        var form = await views.FormOfAsync(submission, cancellationToken);
        return
        [
            .. from field in fields
            let sheet = SheetOf(register, field.SheetId)
            where sheet is not null
            select new FieldLink(
                NameOf(sheet),
                Address(submission, sheet, field.Path),
                Joined(NameOf(sheet), Name(form, field.Path))
            ),
        ];
    }

    /// <summary>Links to what prevents submitting.</summary>
    public IReadOnlyList<FieldLink> Of(
        SubmissionDetail submission,
        RegisterDetail register,
        IReadOnlyList<SheetIssue> issues
    ) =>
        [
            .. issues.Select(issue =>
            {
                var sheet = SheetOf(register, issue.SheetId);
                return new FieldLink(
                    issue.SheetLabel,
                    sheet is not null ? Address(submission, sheet, issue.Path)
                        : submission.Shape == FormShape.Annual ? PathOf(submission).Answers + "?check=1#" + issue.Path
                        : submission.Shape == FormShape.Catalogue ? $"{PathOf(submission).Items}#item-{issue.Path}"
                        : PathOf(submission).Overview,
                    texts.Pick(issue.MessageTh, issue.MessageEn)
                );
            }),
        ];

    /// <summary>What the question at a path is called, with the row it stands in; an unknown path stays as it is.</summary>
    public string Name(FormDefinition form, string path)
    {
        var language = texts.Reader.Code;
        if (path.Length == 0)
        {
            return texts["return.whole_sheet"];
        }
        if (AnswerPath.Parse(path) is not { } parsed)
        {
            return path;
        }
        var names = parsed.Rows.Select(row => row.Repeat).Append(parsed.Name).OfType<string>();
        return string.Join(
            " › ",
            names.Select(name => form.Find(name)?.Label.In(language) is { Length: > 0 } label ? label : name)
        );
    }

    /// <summary>Changes with the questions' names and the answers in words; those of values that no question shows are left out.</summary>
    public IReadOnlyList<NamedChange> Words(FormDefinition form, IEnumerable<FieldChange> changes) =>
        [
            .. from change in changes
            let question = AnswerPath.Parse(change.Path) is { Name: { } name } ? form.FindQuestion(name) : null
            where question is null || !question.Label.IsEmpty
            select new NamedChange(
                Name(form, change.Path),
                InWords(form, question, change.Before),
                InWords(form, question, change.After)
            ),
        ];

    private string InWords(FormDefinition form, Question? question, string? raw) =>
        (raw, question) switch
        {
            (null, null) => texts["conflict.removed"],
            (_, null) => texts["conflict.row_there"],
            (null or "", _) => texts["read.empty"],
            _ => AnswerWords.ForReading(form, question, raw, texts),
        };

    private static SheetRow? SheetOf(RegisterDetail register, Guid? sheetId) =>
        register.Sheets.FirstOrDefault(sheet => sheet.SheetId == sheetId);

    private static string NameOf(SheetRow sheet) =>
        sheet.RecordNumber is null ? ""
        : sheet.Label.Length > 0 ? sheet.Label
        : sheet.RecordNumber;

    private static string Joined(string sheet, string field) => sheet.Length == 0 ? field : $"{sheet}: {field}";

    private static SubmissionPath PathOf(SubmissionDetail submission) =>
        new(submission.Key.LaoId, submission.FormId, submission.FiscalYear);

    private static string Address(SubmissionDetail submission, SheetRow sheet, string path) =>
        PathOf(submission).Sheet(sheet.RecordId) + "?check=1" + (path.Length == 0 ? "" : "#" + path);
}

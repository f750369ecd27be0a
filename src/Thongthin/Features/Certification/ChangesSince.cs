using Thongthin.Features.Submissions;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Forms.Schema;

namespace Thongthin.Features.Certification;

/// <summary>What became of a sheet since a certificate.</summary>
internal enum SheetFate
{
    Changed,
    Added,
    Removed,
}

/// <summary>A sheet that is not as it was certified.</summary>
/// <param name="Title">of a record: its number and name; empty for an annual sheet</param>
/// <param name="Fields">of a changed sheet; none for one that is new or gone, which is read whole</param>
internal sealed record SheetChange(string Title, SheetFate Fate, IReadOnlyList<NamedChange> Fields);

/// <summary>What is different since a submission was certified before.</summary>
/// <param name="BecameNil">null: nil or not as before; else whether it is nil now</param>
internal sealed record SubmissionChanges(
    CertificateDetail Certificate,
    bool? BecameNil,
    IReadOnlyList<SheetChange> Sheets
)
{
    public bool Any => BecameNil is not null || Sheets.Count > 0;
}

/// <summary>
/// Compares a submission with the bytes of its newest certificate, not with a version that happened to be open then: those are
/// what was signed.
/// </summary>
internal sealed class ChangesSince(FieldLinks links)
{
    public SubmissionChanges Of(
        CertificateDetail certificate,
        SubmissionDetail submission,
        FormDefinition form,
        IReadOnlyList<SheetView> sheets
    )
    {
        var before = CertifiedContent.Read(certificate.Content);
        var known = before.Sheets.ToDictionary(sheet => sheet.SheetId);
        var changes = new List<SheetChange>();
        foreach (var sheet in sheets)
        {
            if (!known.Remove(sheet.SheetId!.Value, out var was))
            {
                changes.Add(new SheetChange(sheet.Title, SheetFate.Added, []));
                continue;
            }
            var now = sheet.Evaluation.Content.ToJsonString();
            var fields = links.Words(form, AnswerDifference.Between(was.Answers, now));
            if (fields.Count > 0)
            {
                changes.Add(new SheetChange(sheet.Title, SheetFate.Changed, fields));
            }
        }
        changes.AddRange(known.Values.Select(gone => new SheetChange(gone.Title, SheetFate.Removed, [])));
        return new SubmissionChanges(certificate, before.IsNil == submission.IsNil ? null : submission.IsNil, changes);
    }
}

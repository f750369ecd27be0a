using Thongthin.Features.Submissions.Entry;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;
using Thongthin.Platform.Web;
using StoredAnswers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions.Attachments;

/// <summary>
/// The files of one posted entry form: those that came along are attached and answer the form like anything typed; single
/// ones that are refused are remembered for the page that comes back.
/// </summary>
internal sealed class EntryFiles(AttachPostedFiles attach, AnsweredFiles answered, Texts texts)
{
    private IReadOnlyDictionary<string, Refusal> refused = new Dictionary<string, Refusal>();

    public bool AnyRefused => refused.Count > 0;

    /// <summary>Returns why no file at all can be attached here; null when nothing stands against it.</summary>
    public async Task<Refusal?> AttachAsync(
        Actor actor,
        SubmissionKey key,
        Guid? recordId,
        PostedSheet posted,
        IFormFileCollection files,
        CancellationToken cancellationToken
    )
    {
        if (!posted.IsWhole || files.Count == 0)
        {
            return null;
        }
        try
        {
            var attached = await attach.ExecuteAsync(actor, key, recordId, files, cancellationToken);
            foreach (var (path, file) in attached.Answers)
            {
                posted.Fields[path] = file.ToText();
            }
            refused = attached.Refused;
            return null;
        }
        catch (Refusal refusal)
        {
            return refusal;
        }
    }

    /// <summary>What the posted answers name, by id.</summary>
    public Task<IReadOnlyDictionary<Guid, StoredFile>> FindAsync(
        int laoId,
        FormDefinition form,
        IReadOnlyDictionary<string, string> fields,
        CancellationToken cancellationToken
    ) => answered.FindAsync(laoId, form, fields, cancellationToken);

    /// <summary>Fields that were refused, with those whose file was: path → what stands there and why.</summary>
    public Dictionary<string, (string Text, string Error)> WithRefused(
        StoredAnswers answers,
        IReadOnlyDictionary<string, (string Text, string Error)>? others
    )
    {
        var all = others?.ToDictionary() ?? [];
        foreach (var (path, refusal) in refused)
        {
            all[path] = (StoredFile.Of(answers.Get(path))?.ToText() ?? "", texts.Refusal(refusal));
        }
        return all;
    }
}

using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Forms;
using Thongthin.Features.Submissions.Facts;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Validation;
using Thongthin.Platform.Audit;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;
using Answers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Submissions.Import;

/// <summary>
/// Takes in answers of an earlier fiscal year from a file: all of it or nothing. The round of that year says which LAOs
/// there are; a submission that people have worked on is never touched. What is written is marked as imported: by the
/// event, and by the version's author. The file is read once and in batches, whatever its size; the same file again changes
/// nothing. Rules must hold, but an answer that the file lacks is only counted: earlier years asked less.
/// </summary>
internal sealed class ImportAnswers(AppDb db, FormLibrary forms)
{
    /// <summary>How many errors are kept to be shown.</summary>
    public const int ShownErrors = 200;

    private const int BatchSize = 500;

    private readonly Dictionary<int, (FormDefinition Form, AnswerColumns Columns)> _versions = [];
    private readonly List<AnswerFinding> _errors = [];
    private readonly HashSet<(int LaoId, string Record)> _seen = [];
    private readonly Dictionary<int, int> _numbered = [];
    private readonly Dictionary<(int Version, int LaoId), EvaluationContext> _contexts = [];
    private int _errorCount;
    private int _missing;

    /// <param name="table">the file, its header first; read once</param>
    /// <param name="source">the file's name, kept with what is imported</param>
    /// <param name="progress">called after each batch with the number of lines so far</param>
    /// <exception cref="Refusal">not_allowed (for the job alone), nothing_to_import_into (no round asks this form for this fiscal year).</exception>
    public async Task<ImportedAnswers> ExecuteAsync(
        Actor actor,
        string formId,
        int fiscalYear,
        TableStream table,
        string source,
        bool dryRun,
        Action<int> progress,
        CancellationToken cancellationToken
    )
    {
        if (actor.Kind != ActorKind.Job)
        {
            throw new Refusal("not_allowed");
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var targets = await TargetsAsync(formId, fiscalYear, cancellationToken);
        var writer = new ImportWriter(db, actor, formId, fiscalYear, source);
        var lines = 0;
        foreach (
            var batch in (await WithoutHeaderAsync(table.Rows(), formId, targets, cancellationToken)).Chunk(BatchSize)
        )
        {
            await ReadFactsAsync(batch, targets, actor, fiscalYear, cancellationToken);
            var read = batch.Select(row => Read(row, targets, formId, fiscalYear)).OfType<ImportLine>().ToList();
            read = await NameItemsAsync(read, formId, fiscalYear, cancellationToken);
            if (_errorCount == 0)
            {
                await writer.WriteAsync(read, cancellationToken);
            }
            lines += batch.Length;
            progress(lines);
        }
        if (table.Fault is { } fault)
        {
            Add(new(fault.Line ?? 1, null, fault.Code, null, fault.Detail) { TextKey = "table." + fault.Code });
        }
        if (_errorCount == 0)
        {
            await writer.FinishAsync(cancellationToken);
            await FactBatches.RebuildAsync(db, forms, actor, formId, fiscalYear, _ => { }, cancellationToken);
            await AuditLog.WriteAsync(
                db,
                actor,
                "answers_imported",
                $"form/{formId}",
                null,
                new
                {
                    fiscal_year = fiscalYear,
                    file = source,
                    submissions = writer.Submissions,
                },
                cancellationToken
            );
        }
        var saved = _errorCount == 0 && !dryRun;
        await (saved ? transaction.CommitAsync(cancellationToken) : transaction.RollbackAsync(cancellationToken));
        return new(lines, writer.Submissions, writer.Unchanged, _missing, _errorCount, _errors, saved);
    }

    private async Task<Dictionary<string, ImportTarget>> TargetsAsync(
        string formId,
        int fiscalYear,
        CancellationToken cancellationToken
    )
    {
        var targets = await db
            .Database.SqlQuery<ImportTarget>(
                $"""
                select coalesce(o.code, '') as code, s.lao_id, s.submission_id, s.form_version, s.state, s.event_count,
                    not exists (
                        select from submission_event e
                        where e.lao_id = s.lao_id and e.submission_id = s.submission_id and e.action <> 'import')
                    and not exists (
                        select from answer_sheet a
                        where a.lao_id = s.lao_id and a.submission_id = s.submission_id and s.state = 'not_started') as is_untouched
                from submission s join round_roster o using (round_id, lao_id)
                where s.form_id = {formId} and s.fiscal_year = {fiscalYear} and o.code is not null
                """
            )
            .ToListAsync(cancellationToken);
        return targets.Count > 0
            ? targets.ToDictionary(t => t.Code, StringComparer.Ordinal)
            : throw new Refusal("nothing_to_import_into", formId, fiscalYear);
    }

    /// <summary>Reads the header for every version of the form that a round of the year asks.</summary>
    private async Task<IEnumerable<TableRow>> WithoutHeaderAsync(
        IEnumerable<TableRow> rows,
        string formId,
        Dictionary<string, ImportTarget> targets,
        CancellationToken cancellationToken
    )
    {
        // The first row is taken from the same enumeration that then gives the others: the file is read once.
        var reader = rows.GetEnumerator();
        if (!reader.MoveNext())
        {
            reader.Dispose();
            Add(new(1, null, "no_lines", null));
            return [];
        }
        var header = reader.Current;
        foreach (var version in targets.Values.Select(t => t.FormVersion).Distinct().Order())
        {
            var form = await forms.GetAsync(formId, version, cancellationToken);
            var findings = new List<AnswerFinding>();
            _versions.Add(version, (form, AnswerColumns.Read(header, form, findings)));
            findings.ForEach(Add);
        }
        return _errorCount > 0 ? [] : Rest(reader);

        static IEnumerable<TableRow> Rest(IEnumerator<TableRow> reader)
        {
            using (reader)
            {
                while (reader.MoveNext())
                {
                    yield return reader.Current;
                }
            }
        }
    }

    private static string CodeOf(string written) => written.PadLeft(8, '0');

    /// <summary>What the rules of this batch's lines read of other forms.</summary>
    private async Task ReadFactsAsync(
        IReadOnlyList<TableRow> batch,
        Dictionary<string, ImportTarget> targets,
        Actor actor,
        int fiscalYear,
        CancellationToken cancellationToken
    )
    {
        var columns = _versions.Values.First().Columns;
        var laos = batch
            .Select(row => targets.GetValueOrDefault(CodeOf(columns.Cell(row, "lao_code"))))
            .OfType<ImportTarget>()
            .ToLookup(target => target.FormVersion, target => target.LaoId);
        foreach (var version in laos)
        {
            var contexts = await new FactQueries(db).ContextsAsync(
                _versions[version.Key].Form,
                actor,
                [.. version],
                fiscalYear,
                cancellationToken
            );
            foreach (var (lao, context) in contexts)
            {
                _contexts[(version.Key, lao)] = context;
            }
        }
    }

    private ImportLine? Read(TableRow row, Dictionary<string, ImportTarget> targets, string formId, int fiscalYear)
    {
        var anyColumns = _versions.Values.First().Columns;
        var written = anyColumns.Cell(row, "lao_code");
        if (!targets.TryGetValue(CodeOf(written), out var target))
        {
            return Wrong(row, anyColumns.PlaceOf("lao_code"), "lao_unknown", written);
        }
        if (!target.IsUntouched)
        {
            return Wrong(row, anyColumns.PlaceOf("lao_code"), "has_answers", written);
        }
        var (form, columns) = _versions[target.FormVersion];
        var number = NumberOf(row, form, columns, target, formId, fiscalYear);
        if (form.Shape == FormShape.Catalogue && number.Length == 0)
        {
            return Wrong(row, columns.PlaceOf("item"), "item_missing");
        }
        if (!_seen.Add((target.LaoId, number)))
        {
            return Wrong(row, columns.PlaceOf("lao_code"), "line_twice", written, number);
        }
        var context = _contexts[(target.FormVersion, target.LaoId)];
        var applied = Answers.Empty.Apply(form, columns.Answers(row, form), context);
        var evaluation = SheetEvaluation.Evaluate(form, applied.Sheet, context);
        return Check(row, columns, evaluation)
            ? new(
                row.Line,
                target,
                number,
                evaluation.RecordLabel,
                applied.Sheet.ToJsonString(),
                evaluation.Completeness
            )
            : null;
    }

    /// <summary>
    /// A record without a number gets one by its place among the LAO's lines, so that the same file gives the same numbers.
    /// </summary>
    private string NumberOf(
        TableRow row,
        FormDefinition form,
        AnswerColumns columns,
        ImportTarget target,
        string formId,
        int fiscalYear
    )
    {
        if (form.Shape != FormShape.Register)
        {
            return columns.Cell(row, "item");
        }
        if (columns.Cell(row, "record_number") is { Length: > 0 } number)
        {
            return number;
        }
        var next = _numbered.GetValueOrDefault(target.LaoId) + 1;
        _numbered[target.LaoId] = next;
        return RecordNumbers.Of(RecordNumbers.Prefix(formId, target.Code, target.LaoId, fiscalYear), next);
    }

    private bool Check(TableRow row, AnswerColumns columns, FormEvaluation evaluation)
    {
        var before = _errorCount;
        foreach (var issue in evaluation.Issues.Where(i => i.Severity == Severity.Block))
        {
            if (issue.Code is IssueCodes.Required or IssueCodes.NoRows)
            {
                _missing++;
            }
            else
            {
                Add(new(row.Line, columns.PlaceOf(issue.Path.ToString()), issue.Code, issue.Message));
            }
        }
        return _errorCount == before;
    }

    /// <summary>Of a catalogue: each line's item must apply to its LAO; its name becomes the label.</summary>
    private async Task<List<ImportLine>> NameItemsAsync(
        List<ImportLine> lines,
        string formId,
        int fiscalYear,
        CancellationToken cancellationToken
    )
    {
        if (lines.Count == 0 || _versions[lines[0].Target.FormVersion].Form.Shape != FormShape.Catalogue)
        {
            return lines;
        }
        int[] laos = [.. lines.Select(l => l.Target.LaoId).Distinct()];
        var items = await db
            .Database.SqlQuery<Item>(
                $"""
                select lao_id, code, name_th as name from submission_item
                where form_id = {formId} and fiscal_year = {fiscalYear} and lao_id = any ({laos})
                """
            )
            .ToDictionaryAsync(i => (i.LaoId, i.Code), i => i.Name, cancellationToken);
        var named = new List<ImportLine>();
        foreach (var line in lines)
        {
            if (items.TryGetValue((line.Target.LaoId, line.RecordNumber), out var name))
            {
                named.Add(line with { Label = name });
            }
            else
            {
                var place = _versions[line.Target.FormVersion].Columns.PlaceOf("item");
                Add(new(line.Line, place, "item_unknown", null, line.RecordNumber));
            }
        }
        return named;
    }

    private ImportLine? Wrong(TableRow row, int? column, string code, params object[] arguments)
    {
        Add(new(row.Line, column, code, null, arguments));
        return null;
    }

    private void Add(AnswerFinding finding)
    {
        _errorCount++;
        if (_errors.Count < ShownErrors)
        {
            _errors.Add(finding);
        }
    }

    private sealed record Item(int LaoId, string Code, string Name);
}

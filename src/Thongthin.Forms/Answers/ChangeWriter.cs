using System.Text.Json.Nodes;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Answers;

/// <summary>Applies changes to a copy of a sheet's JSON. Fields are read by their question's type; the rest is reported.</summary>
internal sealed class ChangeWriter(FormDefinition definition, JsonObject root, EvaluationContext? context)
{
    private readonly List<IgnoredField> ignored = [];

    public AppliedChanges Apply(AnswerSheet before, AnswerChanges changes)
    {
        foreach (var row in changes.RemovedRows ?? [])
        {
            Remove(row);
        }
        foreach (var row in changes.AddedRows ?? [])
        {
            Add(row);
        }
        foreach (var (field, typed) in changes.Fields)
        {
            Write(field, typed, changes.Files);
        }
        var after = AnswerSheet.Owning(root);
        return new AppliedChanges(after, AnswerSheet.Changes(before, after), ignored);
    }

    /// <summary>Sets or, for null, removes a member.</summary>
    public static void Set(JsonObject container, string name, JsonNode? value)
    {
        if (value is null)
        {
            container.Remove(name);
        }
        else
        {
            container[name] = value;
        }
    }

    private void Ignore(string field, IgnoredReason reason) => ignored.Add(new IgnoredField(field, reason));

    private void Write(string field, string typed, IReadOnlyDictionary<Guid, StoredFile>? files)
    {
        if (AnswerPath.Parse(field) is not { Name: { } name } path || QuestionAt(path, name) is not { } question)
        {
            Ignore(field, IgnoredReason.Unknown);
        }
        else if (!question.TakesAnswer)
        {
            Ignore(field, IgnoredReason.NotTyped);
        }
        else if (typed.Length > TypedAnswer.MaximumLength)
        {
            Ignore(field, IgnoredReason.TooLong);
        }
        else if (AnswerSheet.Container(root, path.Rows) is not { } container)
        {
            Ignore(field, IgnoredReason.NoSuchRow);
        }
        else if (question.Type.IsFile() && typed.Length > 0)
        {
            WriteFile(field, typed, container, name, files);
        }
        else
        {
            Set(container, name, TypedAnswer.Parse(question, definition.ListOf(question), typed));
        }
    }

    private void WriteFile(
        string field,
        string typed,
        JsonObject container,
        string name,
        IReadOnlyDictionary<Guid, StoredFile>? files
    )
    {
        if (StoredFile.Parse(typed) is not { Id: var id })
        {
            Ignore(field, IgnoredReason.NotTyped);
        }
        else if (files?.TryGetValue(id, out var file) == true)
        {
            container[name] = file.ToJson();
        }
        else if (StoredFile.Of(container[name])?.Id != id)
        {
            Ignore(field, IgnoredReason.NoSuchFile);
        }
    }

    private Question? QuestionAt(AnswerPath path, string name) =>
        definition.FindQuestion(name) is { } question && StandsIn(question, path.Rows, path.Rows.Count)
            ? question
            : null;

    // The repeats around the node must be exactly those of the path, innermost last.
    private bool StandsIn(FormNode node, IReadOnlyList<RowStep> rows, int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            var repeat = definition.RepeatOf(node);
            if (repeat is null || repeat.Name != rows[i].Repeat)
            {
                return false;
            }
            node = repeat;
        }
        return definition.RepeatOf(node) is null;
    }

    private bool IsRow(AnswerPath row) =>
        row is { Name: null, Rows.Count: > 0 }
        && definition.Find(row.Rows[^1].Repeat) is Repeat repeat
        && StandsIn(repeat, row.Rows, row.Rows.Count - 1);

    private void Add(AnswerPath row)
    {
        if (!IsRow(row) || row.Rows[^1].RowId == Guid.Empty)
        {
            Ignore(row.ToString(), IgnoredReason.Unknown);
            return;
        }
        if (AnswerSheet.Container(root, [.. row.Rows.SkipLast(1)]) is not { } container)
        {
            Ignore(row.ToString(), IgnoredReason.NoSuchRow);
            return;
        }
        var step = row.Rows[^1];
        if (container[step.Repeat] is not JsonArray rows)
        {
            container[step.Repeat] = rows = [];
        }
        if (AnswerSheet.Rows(container, step.Repeat).Any(r => AnswerSheet.IdOf(r) == step.RowId))
        {
            return;
        }
        if (rows.Count >= AnswerSheet.MaximumRows)
        {
            Ignore(row.ToString(), IgnoredReason.TooManyRows);
            return;
        }
        var added = new JsonObject { [AnswerSheet.IdMember] = step.RowId.ToString("D") };
        if (context is not null)
        {
            var questions = definition.Questions.Where(q => definition.RepeatOf(q)?.Name == step.Repeat);
            Defaults.Fill(added, questions, definition, context);
        }
        rows.Add(added);
    }

    private void Remove(AnswerPath row)
    {
        if (!IsRow(row))
        {
            Ignore(row.ToString(), IgnoredReason.Unknown);
            return;
        }
        var step = row.Rows[^1];
        var container = AnswerSheet.Container(root, [.. row.Rows.SkipLast(1)]);
        var found = container is null
            ? null
            : AnswerSheet.Rows(container, step.Repeat).FirstOrDefault(r => AnswerSheet.IdOf(r) == step.RowId);
        if (found is null)
        {
            Ignore(row.ToString(), IgnoredReason.NoSuchRow);
            return;
        }
        var rows = (JsonArray)container![step.Repeat]!;
        rows.Remove(found);
        if (rows.Count == 0)
        {
            container.Remove(step.Repeat);
        }
    }
}

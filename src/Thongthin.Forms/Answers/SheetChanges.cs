using System.Text.Json.Nodes;

namespace Thongthin.Forms.Answers;

/// <summary>Finds the paths at which two sheets differ; rows are matched by their ids, wherever they stand.</summary>
internal static class SheetChanges
{
    public static IReadOnlyList<AnswerPath> Between(JsonObject before, JsonObject after)
    {
        var changes = new List<AnswerPath>();
        Compare(before, after, null, changes);
        return changes;
    }

    private static void Compare(JsonObject before, JsonObject after, AnswerPath? row, List<AnswerPath> changes)
    {
        var names = before.Select(m => m.Key).Concat(after.Select(m => m.Key)).Distinct(StringComparer.Ordinal);
        foreach (var name in names.Where(n => n != AnswerSheet.IdMember))
        {
            if (IsRepeat(before, name) || IsRepeat(after, name))
            {
                CompareRows(before, after, name, row, changes);
            }
            else if (!JsonNode.DeepEquals(before[name], after[name]))
            {
                changes.Add(row is null ? AnswerPath.Of(name) : row.Question(name));
            }
        }
    }

    private static bool IsRepeat(JsonObject container, string name) => AnswerSheet.Rows(container, name).Any();

    private static void CompareRows(
        JsonObject before,
        JsonObject after,
        string repeat,
        AnswerPath? parent,
        List<AnswerPath> changes
    )
    {
        var old = ById(before, repeat);
        var now = ById(after, repeat);
        foreach (var id in old.Keys.Concat(now.Keys).Distinct())
        {
            var path = parent is null ? AnswerPath.OfRow(repeat, id) : parent.Row(repeat, id);
            if (old.TryGetValue(id, out var oldRow) && now.TryGetValue(id, out var newRow))
            {
                Compare(oldRow, newRow, path, changes);
            }
            else
            {
                changes.Add(path);
            }
        }
    }

    private static Dictionary<Guid, JsonObject> ById(JsonObject container, string repeat)
    {
        var rows = new Dictionary<Guid, JsonObject>();
        foreach (var row in AnswerSheet.Rows(container, repeat))
        {
            rows.TryAdd(AnswerSheet.IdOf(row), row);
        }
        return rows;
    }
}

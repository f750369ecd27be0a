using Thongthin.Forms.Answers;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Spreadsheets;

namespace Thongthin.Features.Submissions.Import;

/// <summary>
/// The columns of a file of answers: <c>lao_code</c>; of a register <c>record_number</c> (may be missing), of a catalogue
/// <c>item</c>; and questions by their names. Choices may be written by name or by label in either language, several joined by
/// <c>;</c> or <c>|</c>. Questions of repeats have no place in a line.
/// </summary>
internal sealed class AnswerColumns
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    private AnswerColumns() { }

    /// <summary>Questions with the column in which they stand, from 0.</summary>
    public List<(int Column, Question Question)> Questions { get; } = [];

    public static AnswerColumns Read(TableRow header, FormDefinition form, List<AnswerFinding> findings)
    {
        var columns = new AnswerColumns();
        string[] own = form.Shape switch
        {
            FormShape.Register => ["lao_code", "record_number"],
            FormShape.Catalogue => ["lao_code", "item"],
            _ => ["lao_code"],
        };
        foreach (var (index, name) in header.Cells.Index().Where(c => c.Item.Length > 0))
        {
            if (!columns._places.TryAdd(name, index))
            {
                findings.Add(new(header.Line, index + 1, "column_twice", null, name));
            }
            else if (own.Contains(name))
            {
                continue;
            }
            else if (
                form.FindQuestion(name) is not { TakesAnswer: true } question
                || form.RepeatOf(question) is not null
            )
            {
                findings.Add(new(header.Line, index + 1, "column_unknown", null, name));
            }
            else
            {
                columns.Questions.Add((index, question));
            }
        }
        foreach (var name in own.Where(name => name != "record_number" && !columns._places.ContainsKey(name)))
        {
            findings.Add(new(header.Line, null, "column_missing", null, name));
        }
        return columns;
    }

    /// <summary>The cell of one of the file's own columns; empty without it.</summary>
    public string Cell(TableRow row, string column) => _places.TryGetValue(column, out var index) ? row[index] : "";

    /// <summary>From 1; null without it.</summary>
    public int? PlaceOf(string column) => _places.TryGetValue(column, out var index) ? index + 1 : null;

    /// <summary>The line's answers as they would have been typed.</summary>
    public AnswerChanges Answers(TableRow row, FormDefinition form) =>
        new(
            Questions
                .Where(c => row[c.Column].Length > 0)
                .ToDictionary(c => c.Question.Name, c => Typed(form, c.Question, row[c.Column]), StringComparer.Ordinal)
        );

    private static string Typed(FormDefinition form, Question question, string cell)
    {
        if (form.ListOf(question) is not { } list)
        {
            return cell;
        }
        if (question.Type == QuestionType.SelectOne)
        {
            return NameOf(list, cell) ?? cell;
        }
        var parts = cell.Split(
            [';', '|', '\n'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        return string.Join(' ', parts.Select(part => NameOf(list, part) ?? part));
    }

    private static string? NameOf(ChoiceList list, string text)
    {
        return list.Find(text)?.Name ?? list.Choices.FirstOrDefault(c => Is(c.Label.Th) || Is(c.Label.En))?.Name;

        bool Is(string? label) => string.Equals(label, text, StringComparison.OrdinalIgnoreCase);
    }
}

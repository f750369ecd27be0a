using System.Globalization;
using System.Text.Json.Nodes;
using Thongthin.Features.Submissions.Entry;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;
using StoredAnswers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Workbooks;

/// <summary>
/// Writes answers as a workbook to be filled in: what is stored stands in it, choices are drop-down lists, units and last
/// year's values stand beside the cells, and everything but the cells for typing is locked. A single annual sheet is a
/// page to be read from top to bottom; several, and the records of a register, are lines.
/// </summary>
internal sealed class WorkbookWriter(FormDefinition form, WorkbookSource source, Texts texts)
{
    private readonly Dictionary<string, string> _lists = form
        .ChoiceLists.Keys.Index()
        .ToDictionary(
            list => list.Item,
            list => string.Create(CultureInfo.InvariantCulture, $"choices_{list.Index + 1}"),
            StringComparer.Ordinal
        );

    private bool IsPage => form.Shape == FormShape.Annual && source.Sheets.Count == 1;

    private bool IsRegister => form.Shape != FormShape.Annual;

    private string Language => texts.Reader.Code;

    private string Title => $"{form.Title.In(Language)} · {texts.FiscalYear(source.FiscalYear)}";

    /// <param name="stream">must be readable, writable and seekable; it stays open</param>
    public void Write(Stream stream)
    {
        using var book = new XlsxWriter(stream);
        WriteHelp(book);
        if (IsPage)
        {
            WritePage(book, source.Sheets[0]);
        }
        else
        {
            WriteLines(book);
        }
        foreach (var repeat in WorkbookLayout.RepeatsOf(form))
        {
            WriteRows(book, repeat);
        }
        WriteBase(book);
        WriteLists(book);
    }

    private void WriteHelp(XlsxWriter book)
    {
        book.BeginSheet(
            texts["workbook.help"],
            [new(texts["workbook.help_title"], 110)],
            new SheetPurpose(IsProtected: true),
            [Title]
        );
        foreach (
            var line in new[] { "fill", "choices", "dates", "others", IsRegister ? "add" : "blank", "rows", "send" }
        )
        {
            book.Row(texts["workbook.help." + line]);
        }
    }

    private void WritePage(XlsxWriter book, WorkbookSheet sheet)
    {
        book.BeginSheet(
            texts["workbook.sheet"],
            [
                new("", 10) { IsHidden = true },
                new(texts["workbook.question"], 52),
                new(texts["workbook.answer"], 34, CellFormat.Text),
                new(texts["workbook.unit"], 14),
                new(texts["workbook.previous"], 24),
                new(texts["workbook.hint"], 60),
            ],
            new SheetPurpose([WorkbookLayout.Form, "", WorkbookLayout.Answer], IsProtected: true),
            [Title, sheet.Lao]
        );
        WriteNodes(book, form.Nodes, sheet);
    }

    private void WriteNodes(XlsxWriter book, IReadOnlyList<FormNode> nodes, WorkbookSheet sheet)
    {
        foreach (var node in nodes)
        {
            if (node is Group group)
            {
                if (!group.Label.IsEmpty)
                {
                    book.Row("", new SheetCell(group.Label.In(Language), IsBold: true));
                }
                WriteNodes(book, group.Nodes, sheet);
            }
            else if (node is Question question && WorkbookLayout.IsCell(question))
            {
                var path = AnswerPath.Of(question.Name);
                book.Row(
                    question.Name,
                    question.Label.In(Language),
                    new SheetCell(ValueOf(question, sheet.Answers, path), IsInput: true, ListOf(question)),
                    question.Unit.In(Language),
                    PreviousOf(question, sheet.Previous, path),
                    question.Hint.In(Language)
                );
            }
        }
    }

    private void WriteLines(XlsxWriter book)
    {
        var questions = WorkbookLayout.QuestionsOf(form, null);
        var hasPrevious = source.Sheets.Any(sheet => sheet.Previous is not null);
        var columns = new List<SheetColumn>
        {
            new("", 10) { IsHidden = true },
            new(texts["workbook.lao"], 30)
            {
                IsInput = IsRegister,
                List = IsRegister && source.Laos.Count > 1 ? "laos" : null,
            },
            new(texts["workbook.mark"], 24, CellFormat.Text) { IsHidden = !IsRegister, IsInput = IsRegister },
        };
        var keys = new List<string> { WorkbookLayout.Sheets, WorkbookLayout.Lao, WorkbookLayout.Mark };
        foreach (var question in questions)
        {
            columns.Add(
                new SheetColumn(HeadOf(question), 22, WorkbookLayout.FormatOf(question))
                {
                    IsInput = true,
                    List = ListOf(question),
                }
            );
            keys.Add(question.Name);
            if (question.IsNumber && hasPrevious)
            {
                columns.Add(new SheetColumn(texts["workbook.previous"], 14, CellFormat.General));
                keys.Add("");
            }
        }
        book.BeginSheet(
            texts["workbook.sheets"],
            columns,
            new SheetPurpose(keys, IsProtected: true, Landscape: true),
            [Title]
        );
        foreach (var sheet in source.Sheets)
        {
            var cells = new List<object?> { KeyOf(sheet.Key), new SheetCell(sheet.Lao), new SheetCell(sheet.Mark) };
            foreach (var question in questions)
            {
                var path = AnswerPath.Of(question.Name);
                cells.Add(ValueOf(question, sheet.Answers, path));
                if (question.IsNumber && hasPrevious)
                {
                    cells.Add(sheet.Previous is { } before ? ValueOf(question, before, path) : null);
                }
            }
            book.Row([.. cells]);
        }
    }

    private void WriteRows(XlsxWriter book, Repeat repeat)
    {
        var questions = WorkbookLayout.QuestionsOf(form, repeat);
        var columns = new List<SheetColumn>
        {
            new("", 10) { IsHidden = true },
            new(texts["workbook.lao"], 30)
            {
                IsHidden = source.Laos.Count == 1,
                IsInput = true,
                List = source.Laos.Count > 1 ? "laos" : null,
            },
            new(texts["workbook.mark"], 24, CellFormat.Text) { IsHidden = !IsRegister, IsInput = true },
        };
        columns.AddRange(
            questions.Select(question => new SheetColumn(HeadOf(question), 22, WorkbookLayout.FormatOf(question))
            {
                IsInput = true,
                List = ListOf(question),
            })
        );
        book.BeginSheet(
            repeat.Label.In(Language) is { Length: > 0 } label ? label : repeat.Name,
            columns,
            new SheetPurpose(
                [
                    WorkbookLayout.Rows + repeat.Name,
                    WorkbookLayout.Lao,
                    WorkbookLayout.Mark,
                    .. questions.Select(q => q.Name),
                ],
                IsProtected: true,
                Landscape: true
            ),
            [Title]
        );
        foreach (var sheet in source.Sheets)
        {
            foreach (var row in sheet.Answers.RowIds(repeat.Name))
            {
                var path = AnswerPath.OfRow(repeat.Name, row);
                book.Row([
                    row.ToString("D"),
                    new SheetCell(sheet.Lao),
                    new SheetCell(sheet.Mark),
                    .. questions.Select(q => ValueOf(q, sheet.Answers, path.Question(q.Name))),
                ]);
            }
        }
    }

    private void WriteBase(XlsxWriter book)
    {
        book.BeginSheet(
            "base",
            [new("key"), new("sheet"), new("revision"), new("answers")],
            new SheetPurpose(
                [
                    WorkbookLayout.Base,
                    form.Id,
                    source.FiscalYear.ToString(CultureInfo.InvariantCulture),
                    source.FormVersion.ToString(CultureInfo.InvariantCulture),
                ],
                IsProtected: true,
                IsHidden: true
            )
        );
        foreach (var sheet in source.Sheets)
        {
            book.Row([
                KeyOf(sheet.Key),
                sheet.SheetId?.ToString("D") ?? "",
                sheet.Revision,
                .. sheet.Answers.ToJsonString().Chunk(WorkbookLayout.Piece).Select(piece => new string(piece)),
            ]);
        }
    }

    // Below the sheets that offer them: a list is named after its column.
    private void WriteLists(XlsxWriter book)
    {
        var lists = form.ChoiceLists.Values.Select(list =>
            (List<string>)[.. list.Choices.Select(c => LabelOf(list, c))]
        );
        List<List<string>> columns =
        [
            [.. source.Laos.Select(lao => lao.Lao)],
            .. lists,
        ];
        book.BeginSheet(
            "lists",
            [.. columns.Select(_ => new SheetColumn("", 30))],
            new SheetPurpose(IsProtected: true, IsHidden: true)
        );
        for (var row = 0; row < columns.Max(column => column.Count); row++)
        {
            book.Row([.. columns.Select(column => row < column.Count ? (object)column[row] : null)]);
        }
        book.DefineList("laos", 0, source.Laos.Count);
        foreach (var (index, list) in form.ChoiceLists.Index())
        {
            book.DefineList(_lists[list.Key], index + 1, list.Value.Choices.Count);
        }
    }

    /// <summary>The name that stands in a cell: the label, with the choice's own name where two labels are alike.</summary>
    private string LabelOf(ChoiceList list, Choice choice)
    {
        var label = choice.Label.In(Language);
        return label.Length == 0 ? choice.Name
            : list.Choices.Count(other => other.Label.In(Language) == label) > 1 ? $"{label} ({choice.Name})"
            : label;
    }

    private string HeadOf(Question question)
    {
        var unit = question.Unit.In(Language);
        return question.Label.In(Language) + (unit.Length == 0 ? "" : $" ({unit})");
    }

    private string? ListOf(Question question) =>
        question is { Type: QuestionType.SelectOne, List: { } list } ? _lists.GetValueOrDefault(list) : null;

    private string? PreviousOf(Question question, StoredAnswers? previous, AnswerPath path) =>
        previous?.Get(path) is { } value ? AnswerWords.ForReading(form, question, value, texts) : null;

    private object? ValueOf(Question question, StoredAnswers answers, AnswerPath path)
    {
        var stored = answers.Get(path);
        if (stored is null)
        {
            return null;
        }
        var raw = TypedAnswer.ToRaw(stored);
        if (TypedAnswer.RawOf(stored) is not null || form.ListOf(question) is not { } list)
        {
            return question switch
            {
                { IsNumber: true } when stored is JsonValue number && number.TryGetValue(out double value) => value,
                { Type: QuestionType.Date } => AnswerWords.ForField(form, question, stored, "th"),
                _ => raw,
            };
        }
        return string.Join(
            WorkbookLayout.Between,
            raw.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(name => list.Find(name) is { } choice ? LabelOf(list, choice) : name)
        );
    }

    private static string KeyOf(SheetKey key) =>
        string.Create(CultureInfo.InvariantCulture, $"{key.LaoId}/{key.RecordId}");
}

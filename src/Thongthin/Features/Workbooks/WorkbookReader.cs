using System.Globalization;
using System.Text.Json.Nodes;
using Thongthin.Features.Submissions;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Spreadsheets;
using StoredAnswers = Thongthin.Forms.Answers.AnswerSheet;

namespace Thongthin.Features.Workbooks;

/// <summary>
/// Understands a filled-in workbook: which cells differ from what stood there when it was made, and which new lines were
/// added. Whatever cannot be understood is named with its cell; nothing is stored here. Lines that are missing are not
/// removed: removing needs a reason, which the pages ask for.
/// </summary>
internal sealed class WorkbookReader(FormDefinition form, WorkbookSource source)
{
    private readonly Dictionary<SheetKey, (WorkbookBase Base, WorkbookLao Lao)> _bases = [];
    private readonly Dictionary<Guid, SheetKey> _rowOwners = [];
    private readonly Dictionary<SheetKey, SheetEdit> _edits = [];
    private readonly Dictionary<(int LaoId, string Mark), SheetKey> _marks = [];
    private readonly List<CellProblem> _problems = [];
    private readonly Dictionary<string, ChoiceNames> _choices = form.ChoiceLists.ToDictionary(
        list => list.Key,
        list => new ChoiceNames(list.Value),
        StringComparer.Ordinal
    );

    private readonly ILookup<string, WorkbookLao> _laosByName = source
        .Laos.SelectMany(
            lao => new[] { lao.Lao, lao.Code, lao.Name }.Where(name => name.Length > 0).Distinct(),
            (lao, name) => (Name: name, Lao: lao)
        )
        .ToLookup(pair => pair.Name, pair => pair.Lao, StringComparer.OrdinalIgnoreCase);

    public WorkbookContent Read(WorkbookReading reading)
    {
        if (reading.Sheets.FirstOrDefault(sheet => KeyOf(sheet) == WorkbookLayout.Base) is not { } baseSheet)
        {
            return WorkbookContent.Unreadable(
                "ไฟล์นี้ไม่ใช่แบบกรอกที่ดาวน์โหลดจากระบบ โปรดดาวน์โหลดแบบกรอกแล้วกรอกในไฟล์นั้น",
                "This file is not a workbook that was downloaded here. Download one and fill that in."
            );
        }
        if (FaultOfBase(baseSheet) is { } fault)
        {
            return fault;
        }
        ReadBases(baseSheet);
        foreach (var sheet in reading.Sheets)
        {
            switch (KeyOf(sheet))
            {
                case WorkbookLayout.Form:
                    ReadPage(sheet);
                    break;
                case WorkbookLayout.Sheets:
                    ReadLines(sheet);
                    break;
            }
        }
        foreach (var sheet in reading.Sheets)
        {
            if (
                KeyOf(sheet).StartsWith(WorkbookLayout.Rows, StringComparison.Ordinal)
                && form.Find(KeyOf(sheet)[WorkbookLayout.Rows.Length..]) is Repeat repeat
            )
            {
                ReadRows(sheet, repeat);
            }
        }
        var edits = _edits.Values.Where(edit => edit.IsNew || edit.Fields.Count > 0 || edit.Rows.Count > 0);
        return new WorkbookContent([.. edits], _problems);
    }

    private static string KeyOf(SheetRows sheet) => sheet.Rows is [{ Line: 1 } keys, ..] ? keys[0] : "";

    private WorkbookContent? FaultOfBase(SheetRows sheet)
    {
        var keys = sheet.Rows[0];
        if (keys[1] != form.Id || keys[2] != source.FiscalYear.ToString(CultureInfo.InvariantCulture))
        {
            return WorkbookContent.Unreadable(
                "ไฟล์นี้เป็นแบบกรอกของหัวข้อหรือปีงบประมาณอื่น",
                "This workbook is for another topic or fiscal year."
            );
        }
        return keys[3] == source.FormVersion.ToString(CultureInfo.InvariantCulture)
            ? null
            : WorkbookContent.Unreadable(
                "แบบบันทึกเปลี่ยนรุ่นหลังจากที่ดาวน์โหลดไฟล์นี้ โปรดดาวน์โหลดแบบกรอกใหม่",
                "The form has a newer version than this workbook. Download the workbook again."
            );
    }

    private void ReadBases(SheetRows sheet)
    {
        var laos = source.Laos.ToDictionary(lao => lao.LaoId);
        var marks = source.Sheets.ToLookup(s => s.Key, s => s.Mark);
        foreach (var row in sheet.Rows.Skip(2))
        {
            if (ParseKey(row[0]) is not { } key || !laos.TryGetValue(key.LaoId, out var lao))
            {
                // an LAO that is not in scope any more: its lines are named where they stand
                continue;
            }
            var answers = StoredAnswers.Parse(string.Concat(row.Cells.Skip(3)));
            var revision = int.Parse(row[2], CultureInfo.InvariantCulture);
            var sheetId = Guid.TryParse(row[1], out var id) ? id : (Guid?)null;
            var mark = marks[key].FirstOrDefault() ?? "";
            _bases[key] = (new WorkbookBase(sheetId, revision, answers, mark), lao);
            foreach (var rowId in WorkbookLayout.RepeatsOf(form).SelectMany(repeat => answers.RowIds(repeat.Name)))
            {
                _rowOwners[rowId] = key;
            }
            if (mark.Length > 0)
            {
                _marks[(key.LaoId, mark)] = key;
            }
        }
    }

    private void ReadPage(SheetRows sheet)
    {
        if (_bases.Keys.ToList() is not [var key])
        {
            return;
        }
        var answer = sheet.Rows[0].Cells.ToList().IndexOf(WorkbookLayout.Answer);
        foreach (var row in sheet.Rows.Skip(1))
        {
            if (row[0].Length > 0 && Ask(row[0], null) is { } question)
            {
                Take(sheet, row, answer, question, key, AnswerPath.Of(question.Name), byField: true);
            }
        }
    }

    private void ReadLines(SheetRows sheet)
    {
        var columns = Columns(sheet, null);
        var (laoColumn, markColumn) = (ColumnOf(sheet, WorkbookLayout.Lao), ColumnOf(sheet, WorkbookLayout.Mark));
        foreach (var row in Lines(sheet))
        {
            SheetKey? key = ParseKey(row[0]);
            if (key is null && columns.Any(column => row[column.Index].Length > 0))
            {
                key = NewRecord(sheet, row, laoColumn, markColumn);
            }
            else if (key is { } known && !_bases.ContainsKey(known))
            {
                Problem(
                    Place(sheet, row, laoColumn),
                    "ไม่พบรายการนี้ หรือไม่อยู่ในความรับผิดชอบของท่าน",
                    "There is no such line, or it is not in your scope"
                );
                continue;
            }
            foreach (var (index, question) in columns)
            {
                if (key is { } of)
                {
                    Take(sheet, row, index, question, of, AnswerPath.Of(question.Name), byField: false);
                }
            }
        }
    }

    private SheetKey? NewRecord(SheetRows sheet, TableRow row, int laoColumn, int markColumn)
    {
        if (form.Shape != FormShape.Register)
        {
            Problem(
                Place(sheet, row, laoColumn),
                "เพิ่มบรรทัดใหม่ในแบบนี้ไม่ได้ โปรดกรอกในบรรทัดที่มีอยู่",
                "This workbook takes no new lines: fill in the ones that are there"
            );
            return null;
        }
        if (FindLao(sheet, row, laoColumn) is not { } lao)
        {
            return null;
        }
        var key = new SheetKey(lao.LaoId, Guid.CreateVersion7());
        var mark = row[markColumn];
        if (mark.Length > 0 && !_marks.TryAdd((lao.LaoId, mark), key))
        {
            Problem(
                Place(sheet, row, markColumn),
                $"เลขรายการ “{mark}” ซ้ำ โปรดตั้งเลขอื่นให้รายการใหม่",
                $"The record number “{mark}” stands twice: give the new record another mark"
            );
            return null;
        }
        _bases[key] = (new WorkbookBase(null, 0, StoredAnswers.Empty, mark), lao);
        EditOf(sheet, row, key, byField: false, isNew: true);
        return key;
    }

    private void ReadRows(SheetRows sheet, Repeat repeat)
    {
        var columns = Columns(sheet, repeat);
        var (laoColumn, markColumn) = (ColumnOf(sheet, WorkbookLayout.Lao), ColumnOf(sheet, WorkbookLayout.Mark));
        foreach (var row in Lines(sheet))
        {
            if (Guid.TryParse(row[0], out var id))
            {
                if (!_rowOwners.TryGetValue(id, out var owner))
                {
                    Problem(Place(sheet, row, 1), "ไม่พบแถวนี้", "There is no such row");
                    continue;
                }
                TakeRow(sheet, row, columns, owner, AnswerPath.OfRow(repeat.Name, id));
            }
            else if (
                columns.Any(column => row[column.Index].Length > 0)
                && OwnerOf(sheet, row, laoColumn, markColumn) is { } key
            )
            {
                var added = Guid.CreateVersion7();
                EditOf(sheet, row, key, byField: false)
                    .Rows.Add(new AddedRow(repeat.Name, added, Place(sheet, row, columns[0].Index)));
                TakeRow(sheet, row, columns, key, AnswerPath.OfRow(repeat.Name, added));
            }
        }
    }

    private void TakeRow(
        SheetRows sheet,
        TableRow row,
        IReadOnlyList<(int Index, Question Question)> columns,
        SheetKey key,
        AnswerPath path
    )
    {
        foreach (var (index, question) in columns)
        {
            Take(sheet, row, index, question, key, path.Question(question.Name), byField: false);
        }
    }

    /// <summary>The sheet that a new row belongs to: the LAO's annual sheet, or the record with this number or mark.</summary>
    private SheetKey? OwnerOf(SheetRows sheet, TableRow row, int laoColumn, int markColumn)
    {
        if (FindLao(sheet, row, laoColumn) is not { } lao)
        {
            return null;
        }
        if (form.Shape == FormShape.Annual)
        {
            return new SheetKey(lao.LaoId, null);
        }
        if (_marks.TryGetValue((lao.LaoId, row[markColumn]), out var key))
        {
            return key;
        }
        Problem(
            Place(sheet, row, markColumn),
            "ไม่พบรายการเลขนี้ โปรดใส่เลขรายการ หรือเลขที่ท่านตั้งให้รายการใหม่",
            "There is no record of this number: enter a record's number, or the mark that you gave a new one"
        );
        return null;
    }

    private WorkbookLao? FindLao(SheetRows sheet, TableRow row, int column)
    {
        if (source.Laos is [var only])
        {
            return only;
        }
        var found = _laosByName[row[column]].ToList();
        if (found is [var lao])
        {
            return lao;
        }
        Problem(
            Place(sheet, row, column),
            found.Count == 0
                ? $"ไม่พบ อปท. “{row[column]}” ในความรับผิดชอบของท่าน"
                : $"มีหลาย อปท. ชื่อ “{row[column]}” โปรดใช้รหัส",
            found.Count == 0
                ? $"There is no local authority “{row[column]}” in your scope"
                : $"Several local authorities are called “{row[column]}”: use the code"
        );
        return null;
    }

    private void Take(
        SheetRows sheet,
        TableRow row,
        int column,
        Question question,
        SheetKey key,
        AnswerPath path,
        bool byField
    )
    {
        var text = question.List is { } list ? _choices[list].NamesIn(row[column], question.Type) : row[column];
        var before = _bases[key].Base.Answers.Get(path);
        if (!JsonNode.DeepEquals(TypedAnswer.Parse(question, form.ListOf(question), text), before))
        {
            EditOf(sheet, row, key, byField).Fields[path.ToString()] = new CellText(
                Place(sheet, row, column),
                text,
                TypedAnswer.ToRaw(before)
            );
        }
    }

    private SheetEdit EditOf(SheetRows sheet, TableRow row, SheetKey key, bool byField, bool isNew = false)
    {
        if (!_edits.TryGetValue(key, out var edit))
        {
            var (origin, lao) = _bases[key];
            _edits[key] = edit = new SheetEdit(
                key,
                lao.Submission,
                $"{lao.Lao} {origin.Mark}".Trim(),
                isNew,
                origin.SheetId,
                origin.Revision,
                byField,
                Place(sheet, row, 1),
                [],
                []
            );
        }
        return edit;
    }

    private IReadOnlyList<(int Index, Question Question)> Columns(SheetRows sheet, Repeat? repeat) =>
        [
            .. sheet
                .Rows[0]
                .Cells.Index()
                .Select(cell => (cell.Index, Question: Ask(cell.Item, repeat)))
                .Where(column => column.Question is not null)
                .Select(column => (column.Index, column.Question!)),
        ];

    private Question? Ask(string name, Repeat? repeat) =>
        form.FindQuestion(name) is { } question
        && WorkbookLayout.IsCell(question)
        && form.RepeatOf(question)?.Name == repeat?.Name
            ? question
            : null;

    // Below the titles and the header: the first line with a key, or after the header's line.
    private static IEnumerable<TableRow> Lines(SheetRows sheet) => sheet.Rows.Where(row => row.Line > HeaderLine);

    /// <summary>The hidden keys, one title, the header.</summary>
    private const int HeaderLine = 3;

    private static int ColumnOf(SheetRows sheet, string key) => sheet.Rows[0].Cells.ToList().IndexOf(key);

    private static string Place(SheetRows sheet, TableRow row, int column) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{sheet.Name}!{XlsxWriter.ColumnName(Math.Max(0, column))}{row.Line}"
        );

    private static SheetKey? ParseKey(string text) =>
        text.Split('/') is [var lao, var record]
        && int.TryParse(lao, NumberStyles.None, CultureInfo.InvariantCulture, out var laoId)
            ? new SheetKey(laoId, Guid.TryParse(record, out var id) ? id : null)
            : null;

    private void Problem(string cell, string th, string en) =>
        _problems.Add(new CellProblem(cell, th, en, IsError: true));

    private sealed record WorkbookBase(Guid? SheetId, int Revision, StoredAnswers Answers, string Mark);
}

/// <summary>Choices by whatever people write into a cell: the label in either language, or the name.</summary>
internal sealed class ChoiceNames(ChoiceList list)
{
    private readonly Dictionary<string, string> _names = list
        .Choices.SelectMany(choice =>
            new[]
            {
                choice.Name,
                choice.Label.In("th"),
                choice.Label.In("en"),
                $"{choice.Label.In("th")} ({choice.Name})",
                $"{choice.Label.In("en")} ({choice.Name})",
            }.Select(text => (Text: text.Trim(), choice.Name))
        )
        .Where(pair => pair.Text.Length > 0)
        .DistinctBy(pair => pair.Text, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(pair => pair.Text, pair => pair.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The choices' names joined by spaces; the text as it is where one of them is unknown.</summary>
    public string NamesIn(string cell, QuestionType type)
    {
        if (_names.TryGetValue(cell, out var only))
        {
            return only;
        }
        if (type is not (QuestionType.SelectMultiple or QuestionType.Rank))
        {
            return cell;
        }
        var parts = cell.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.All(_names.ContainsKey) ? string.Join(' ', parts.Select(part => _names[part])) : cell;
    }
}

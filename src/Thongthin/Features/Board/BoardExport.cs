using Thongthin.Features.Accounts;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Board;

/// <summary>The board as a file: a line for each unit and topic, so that it can be filtered and pivoted.</summary>
internal static class BoardExport
{
    public static byte[] Csv(Board board, DateOnly today)
    {
        using var stream = new MemoryStream();
        using (var csv = new CsvWriter(stream, byteOrderMark: true))
        {
            csv.Row(
                "unit",
                "kind",
                "round",
                "topic",
                "deadline",
                "asked",
                "recorded_or_certified_as_asked",
                "not_started",
                "in_progress",
                "returned",
                "recorded",
                "certified",
                "exempt",
                "late"
            );
            foreach (var (row, column, cell) in Lines(board))
            {
                csv.Row(
                    UnitLabel.Thai(row.Kind, row.NameTh, row.AbbreviationTh),
                    row.Kind,
                    column.Round.Slug,
                    column.FormId,
                    column.Round.Deadline,
                    cell.Asked,
                    cell.Done(column.Round.DoneMeans),
                    cell.NotStarted,
                    cell.InProgress,
                    cell.Returned,
                    cell.Recorded,
                    cell.Certified,
                    cell.Exempt,
                    cell.Late(column.Round, today)
                );
            }
        }
        return stream.ToArray();
    }

    public static byte[] Xlsx(Board board, Texts t, string title, string shown, DateOnly today)
    {
        using var stream = new MemoryStream();
        using (var book = new XlsxWriter(stream))
        {
            book.BeginSheet(
                t["board.sheet"],
                [
                    new(t["board.column.unit"], 28),
                    new(t["progress.column.topic"], 34),
                    new(t["progress.column.deadline"], 18),
                    new(t["board.column.asked"], 10, CellFormat.Grouped),
                    new(t["board.column.done"], 10, CellFormat.Grouped),
                    new(t["state.not_started"], 14, CellFormat.Grouped),
                    new(t["state.in_progress"], 14, CellFormat.Grouped),
                    new(t["state.returned"], 14, CellFormat.Grouped),
                    new(t["state.recorded"], 14, CellFormat.Grouped),
                    new(t["state.certified"], 14, CellFormat.Grouped),
                    new(t["state.exempt"], 10, CellFormat.Grouped),
                    new(t["board.late"], 10, CellFormat.Grouped),
                ],
                [title, shown, t["progress.as_of_note", t.Date(today)]],
                landscape: true
            );
            foreach (var (row, column, cell) in Lines(board))
            {
                book.Row(
                    BoardWords.Unit(t, row),
                    t.Pick(column.TitleTh, column.TitleEn),
                    t.Date(column.Round.Deadline),
                    cell.Asked,
                    cell.Done(column.Round.DoneMeans),
                    cell.NotStarted,
                    cell.InProgress,
                    cell.Returned,
                    cell.Recorded,
                    cell.Certified,
                    cell.Exempt,
                    cell.Late(column.Round, today)
                );
            }
        }
        return stream.ToArray();
    }

    private static IEnumerable<(BoardRow Row, BoardColumn Column, BoardCell Cell)> Lines(Board board) =>
        from row in board.Rows
        from column in board.Columns
        let cell = board.Cell(row, column)
        where cell != BoardCell.Empty
        select (row, column, cell);
}

using Thongthin.Data;
using Thongthin.Features.Rounds;
using Thongthin.Features.Submissions;

namespace Thongthin.Features.Board;

/// <summary>A round that has been opened and not cancelled.</summary>
internal sealed record BoardRound(
    Guid RoundId,
    string Slug,
    int FiscalYear,
    string TitleTh,
    string TitleEn,
    DateOnly OpensOn,
    DateOnly Deadline,
    DateOnly ClosesOn,
    DoneMeans DoneMeans
);

/// <summary>A topic of a round.</summary>
internal sealed record BoardColumn(BoardRound Round, string FormId, int Sector, string TitleTh, string TitleEn);

/// <summary>A unit one level below the place that is looked at.</summary>
/// <param name="Kind">as in the directory: <c>province</c>, <c>district</c>, or an LAO's</param>
internal sealed record BoardRow(int UnitId, string Kind, string NameTh, string NameEn, string AbbreviationTh)
{
    public bool IsLao => Kind is not ("province" or "district");
}

/// <summary>How many submissions of a topic are in each of the six states; of an LAO's row it is the one.</summary>
/// <param name="Extended">of the outstanding, how many have a later deadline that has not passed</param>
internal sealed record BoardCell(
    int NotStarted,
    int InProgress,
    int Returned,
    int Recorded,
    int Certified,
    int Exempt,
    int Extended = 0
)
{
    public static BoardCell Empty { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>The exempt have left the denominator.</summary>
    public int Asked => Outstanding + Recorded + Certified;

    /// <summary>Nothing was recorded, or it was returned: what a deadline that has passed makes late.</summary>
    public int Outstanding => NotStarted + InProgress + Returned;

    public int Done(DoneMeans means) => means == DoneMeans.Certified ? Certified : Recorded + Certified;

    public int NotDone(DoneMeans means) => Asked - Done(means);

    public int Late(BoardRound round, DateOnly today) => today > round.Deadline ? Outstanding - Extended : 0;

    public int this[SubmissionState state] =>
        state switch
        {
            SubmissionState.NotStarted => NotStarted,
            SubmissionState.InProgress => InProgress,
            SubmissionState.Returned => Returned,
            SubmissionState.Recorded => Recorded,
            SubmissionState.Certified => Certified,
            _ => Exempt,
        };

    /// <summary>The state of the one submission that a cell of an LAO holds; null when it is not asked.</summary>
    public SubmissionState? Only
    {
        get
        {
            foreach (var state in Enum.GetValues<SubmissionState>())
            {
                if (this[state] > 0)
                {
                    return state;
                }
            }
            return null;
        }
    }

    public static BoardCell operator +(BoardCell left, BoardCell right) =>
        new(
            left.NotStarted + right.NotStarted,
            left.InProgress + right.InProgress,
            left.Returned + right.Returned,
            left.Recorded + right.Recorded,
            left.Certified + right.Certified,
            left.Exempt + right.Exempt,
            left.Extended + right.Extended
        );
}

/// <summary>All topics × units: what the page and its files show. Totals are sums of these cells and of nothing else.</summary>
internal sealed class Board
{
    private readonly Dictionary<(int Unit, Guid Round, string Form), BoardCell> _cells;

    public Board(
        IReadOnlyList<BoardColumn> columns,
        IReadOnlyList<BoardRow> rows,
        Dictionary<(int Unit, Guid Round, string Form), BoardCell> cells
    ) => (Columns, Rows, _cells) = (columns, rows, cells);

    public IReadOnlyList<BoardColumn> Columns { get; }

    public IReadOnlyList<BoardRow> Rows { get; }

    public BoardCell Cell(BoardRow row, BoardColumn column) =>
        _cells.GetValueOrDefault((row.UnitId, column.Round.RoundId, column.FormId), BoardCell.Empty);

    public BoardCell Total(BoardColumn column) =>
        Rows.Aggregate(BoardCell.Empty, (sum, row) => sum + Cell(row, column));

    /// <summary>Over all topics: submissions done, and asked.</summary>
    public (int Done, int Asked) Total(BoardRow row)
    {
        var (done, asked) = (0, 0);
        foreach (var column in Columns)
        {
            var cell = Cell(row, column);
            (done, asked) = (done + cell.Done(column.Round.DoneMeans), asked + cell.Asked);
        }
        return (done, asked);
    }
}

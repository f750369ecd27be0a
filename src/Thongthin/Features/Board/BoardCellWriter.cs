using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Html;
using Thongthin.Data;
using Thongthin.Features.Progress;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Board;

/// <summary>
/// Writes the cells of offices: done of asked, the states that there are (or, in the summary, what is not done) and what is
/// late, every number a link to the list that it counts. A board has thousands of such links, so the words are looked up
/// and encoded once and the cells are written without the blanks of a page.
/// </summary>
internal sealed class BoardCellWriter(Texts texts, bool inSummary, DateOnly today)
{
    private static readonly HtmlString Nothing = new("");

    private readonly StringBuilder _html = new();
    private readonly string _late = Encoded(texts["board.late"]);
    private readonly string _notDone = Encoded(texts["board.not_done"]);
    private readonly (SubmissionState State, string Key, string Word)[] _states =
    [
        .. StateCounts.States.Select(s => (s, SnakeCase.Of(s), Encoded(texts["board.state." + SnakeCase.Of(s)]))),
    ];

    /// <param name="list">address of all that the cell counts; it has a query</param>
    public IHtmlContent Write(BoardColumn column, BoardCell cell, string list)
    {
        if (cell == BoardCell.Empty)
        {
            return Nothing;
        }
        _html.Clear();
        var (address, means) = (Encoded(list), column.Round.DoneMeans);
        _html.Append("<b>");
        Link(address, "done", "", cell.Done(means));
        _html.Append(CultureInfo.InvariantCulture, $"/<a href=\"{address}\">{texts.Number(cell.Asked)}</a></b>");
        if (inSummary)
        {
            Link(address, "not_done", _notDone, cell.NotDone(means));
        }
        else
        {
            foreach (var (state, key, word) in _states)
            {
                if (cell[state] > 0)
                {
                    Link(address, key, word, cell[state]);
                }
            }
        }
        if (cell.Late(column.Round, today) is > 0 and var late)
        {
            Link(address, "late", _late, late);
        }
        return new HtmlString(_html.ToString());
    }

    private void Link(string address, string state, string word, int number)
    {
        _html.Append("<a href=\"").Append(address).Append("&amp;state=").Append(state).Append('"');
        if (state == "late")
        {
            _html.Append(" class=\"board-late\"");
        }
        _html.Append('>').Append(word).Append(word.Length > 0 ? " " : "").Append(texts.Number(number)).Append("</a>");
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}

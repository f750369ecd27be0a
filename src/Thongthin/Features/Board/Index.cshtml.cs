using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Thongthin.Features.Accounts;
using Thongthin.Features.Progress;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Board;

/// <summary>
/// The board: the units of the reader's scope, one level down, × all topics of a fiscal year or of one round. The filter
/// is the address.
/// </summary>
internal sealed class BoardModel(BoardQueries queries, CurrentActor current, Texts texts) : PageModel
{
    /// <summary>Show how many of how many are done, without the six states.</summary>
    public const string Summary = "summary";

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    /// <summary>A round's slug; empty = all of the year.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Round { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Sector { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    /// <summary>An office or LAO of the reader's scope; empty = the reader's own unit.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Unit { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    /// <summary><c>csv</c> or <c>xlsx</c>; empty = the page.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Format { get; set; }

    public DateOnly Today => BangkokTime.Day(current.Value.At);

    public IReadOnlyList<BoardRound> Rounds { get; private set; } = [];

    public BoardPlace Place { get; private set; } = null!;

    public Board Board { get; private set; } = null!;

    public IReadOnlyList<int> Sectors { get; private set; } = [];

    public bool IsOwnPlace => Place.UnitId == current.Value.UnitId;

    public bool IsOfLao => UnitLabel.LevelOf(Place.Kind) == UnitLevel.Lao;

    public string Title =>
        texts[
            "board.title",
            texts.Pick(
                UnitLabel.Thai(Place.Kind, Place.NameTh, Place.AbbreviationTh),
                UnitLabel.English(Place.Kind, Place.NameEn)
            )
        ];

    /// <summary>What is looked at, in words.</summary>
    public string Shown =>
        Rounds.FirstOrDefault(r => r.Slug == Round) is { } round
            ? texts.Digits(texts.Pick(round.TitleTh, round.TitleEn))
            : texts["board.year", Text(Year ?? 0)];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (
            !ModelState.IsValid
            || (Unit ?? current.Value.UnitId) is not { } unit
            || await queries.PlaceAsync(unit, cancellationToken) is not { } place
        )
        {
            return NotFound();
        }
        Place = place;
        Rounds = await queries.RoundsAsync(cancellationToken);
        if (ChooseRounds() is not { } chosen)
        {
            return NotFound();
        }
        var columns = await queries.ColumnsAsync(chosen, cancellationToken);
        Sectors = [.. columns.Select(c => c.Sector).Distinct().Order()];
        columns = [.. columns.Where(c => Sector is null || c.Sector == Sector)];
        Board = await queries.DrawAsync(place, columns, string.IsNullOrEmpty(Kind) ? null : Kind, cancellationToken);
        return Format switch
        {
            "csv" => File(BoardExport.Csv(Board, Today), TableExport.CsvType, FileName("csv")),
            "xlsx" => File(BoardExport.Xlsx(Board, texts, Title, Shown, Today), TableExport.XlsxType, FileName("xlsx")),
            _ => Page(),
        };
    }

    public IEnumerable<SelectListItem> Years =>
        Rounds
            .Select(r => r.FiscalYear)
            .Distinct()
            .Select(year => new SelectListItem(texts.Digits(Text(year)), Text(year)));

    public IEnumerable<SelectListItem> RoundsOfYear =>
        Rounds
            .Where(r => r.FiscalYear == Year)
            .Select(r => new SelectListItem(texts.Digits(texts.Pick(r.TitleTh, r.TitleEn)), r.Slug));

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// A round that is named decides the year. Without either, the year of the open round whose deadline is nearest, or the
    /// newest. Null: the address names a round that there is not; empty: there is no round yet.
    /// </summary>
    private List<BoardRound>? ChooseRounds()
    {
        Round = string.IsNullOrWhiteSpace(Round) ? null : Round;
        if (Round is not null)
        {
            var named = Rounds.FirstOrDefault(r => r.Slug == Round);
            if (named is not null && Year is { } other && other != named.FiscalYear)
            {
                // another year was chosen in the form while its round still stood there
                Round = null;
            }
            else
            {
                Year = named?.FiscalYear;
                return named is null ? null : [named];
            }
        }
        Year ??= (
            Rounds.Where(r => r.OpensOn <= Today && Today <= r.ClosesOn).MinBy(r => r.Deadline)
            ?? (Rounds.Count > 0 ? Rounds[0] : null)
        )?.FiscalYear;
        return [.. Rounds.Where(r => r.FiscalYear == Year)];
    }

    private string FileName(string extension) =>
        string.Create(CultureInfo.InvariantCulture, $"board-{Year}-{Place.UnitId}-{Today:yyyy-MM-dd}.{extension}");
}

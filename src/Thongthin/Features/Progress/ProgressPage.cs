using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>
/// What the pages of one round share: the round, the filters of the address and the day. A filter that names something
/// that the round does not have is a wrong address (404); a day that cannot be read is said at its field.
/// </summary>
internal abstract class ProgressPage(ProgressQueries queries, CurrentActor current, Texts texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Slug { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? Topic { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Sector { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    /// <summary><c>done</c> or <c>not_done</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    /// <summary>A past day as typed; empty = now.</summary>
    [BindProperty(SupportsGet = true, Name = "as_of")]
    public string? AsOf { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    /// <summary><c>csv</c>, <c>xlsx</c> or, of a table, <c>pdf</c>; empty = the page.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Format { get; set; }

    public ProgressRound Round { get; private set; } = null!;

    public IReadOnlyList<ProgressTopic> Topics { get; private set; } = [];

    public ProgressScope Scope { get; private set; } = null!;

    public DateOnly Today => BangkokTime.Day(Actor.At);

    public Actor Actor => current.Value;

    public TableLinks Links => new(Round.Slug, Kept);

    /// <summary>Values of the address that the filter form must send back.</summary>
    public virtual IEnumerable<(string Name, string Value)> KeptFields => Sort is { } sort ? [("sort", sort)] : [];

    /// <summary>Whether the filter form has a search field <c>q</c>.</summary>
    public virtual bool HasSearch => false;

    /// <summary>Whether the filter form has the choice of done or not.</summary>
    public virtual bool HasState => true;

    /// <summary>Whether the filter form asks for the reader's own scope or everybody.</summary>
    public virtual bool HasScopeChoice => false;

    public virtual bool IsMine => false;

    /// <summary>Further choices of the state filter.</summary>
    public virtual IEnumerable<SelectListItem> MoreStates => [];

    protected ProgressQueries Queries => queries;

    protected Texts Texts => texts;

    private static readonly HashSet<string> Kinds =
    [
        "pao",
        "city_municipality",
        "town_municipality",
        "subdistrict_municipality",
        "sao",
        "special",
    ];

    private List<KeyValuePair<string, string?>> Kept =>
        [
            new("topic", Topic),
            new("sector", Sector?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new("kind", Kind),
            new("as_of", Scope.AsOf is { } day ? ThaiDate.Typed(day) : null),
        ];

    public static string StateText(bool done) => done ? "done" : "not_done";

    /// <summary>Reads the round and the filters.</summary>
    /// <returns>false: there is no such page</returns>
    protected async Task<bool> FindAsync(CancellationToken cancellationToken)
    {
        if (await queries.FindRoundAsync(Slug, cancellationToken) is not { } round)
        {
            return false;
        }
        Round = round;
        Topics = await queries.TopicsAsync(round.RoundId, cancellationToken);
        (Topic, Kind, State) = (NullIfEmpty(Topic), NullIfEmpty(Kind), NullIfEmpty(State));
        if (
            (Kind is not null && !Kinds.Contains(Kind))
            || (State is not (null or "done" or "not_done") && !IsKnownState(State))
            || !ModelState.IsValid
        )
        {
            return false;
        }
        var forms = Topics.Where(f => (Topic is null || f.FormId == Topic) && (Sector is null || f.Sector == Sector));
        string[] asked = [.. forms.Select(f => f.FormId)];
        if (asked.Length == 0)
        {
            return false;
        }
        var topic = Topics.FirstOrDefault(f => f.FormId == Topic);
        Scope = new ProgressScope(
            round,
            asked.Length == Topics.Count ? null : asked,
            ReadDay(),
            Today,
            new TableFilter(
                topic?.TitleTh,
                topic?.TitleEn,
                Sector,
                Kind,
                State switch
                {
                    "done" => true,
                    "not_done" => false,
                    _ => null,
                }
            )
        );
        return true;
    }

    /// <summary>Other values of <see cref="State"/> that a page knows.</summary>
    protected virtual bool IsKnownState(string state) => false;

    /// <summary>The table as the spreadsheet that the address asks for; null = the page.</summary>
    protected FileContentResult? Export(ProgressTable table) =>
        Format switch
        {
            "csv" => File(
                TableExport.Csv(table, byteOrderMark: true),
                TableExport.CsvType,
                TableExport.FileName(table, "csv")
            ),
            "xlsx" => File(TableExport.Xlsx(table, texts), TableExport.XlsxType, TableExport.FileName(table, "xlsx")),
            _ => null,
        };

    private DateOnly? ReadDay()
    {
        if (string.IsNullOrWhiteSpace(AsOf))
        {
            return null;
        }
        if (!ThaiDate.TryParse(AsOf, out var day))
        {
            ModelState.AddModelError("as_of", texts["progress.as_of.unreadable"]);
            return null;
        }
        if (day > Today)
        {
            ModelState.AddModelError("as_of", texts["progress.as_of.future", texts.Date(Today)]);
            return null;
        }
        return day;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>The ways to look at a round, for <c>_Views</c>.</summary>
/// <param name="Here">which of them the page is</param>
internal sealed record ViewsModel(ProgressPage Page, string Here);

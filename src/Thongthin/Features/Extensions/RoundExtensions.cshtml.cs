using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Thongthin.Platform.Security;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Extensions;

/// <summary>The extensions of a round, and what was asked for.</summary>
internal sealed class RoundExtensionsModel(ExtensionQueries queries, CurrentActor current, Texts texts)
    : RoundExtensionsPage(queries, current)
{
    private const int MostRequests = 200;
    private const int MostExported = 100_000;

    [FromQuery(Name = "q")]
    public string? Search { get; set; }

    [FromQuery(Name = "page")]
    public int PageNumber { get; set; } = 1;

    /// <summary><c>csv</c> or <c>xlsx</c>; empty = the page.</summary>
    [FromQuery]
    public string? Format { get; set; }

    public IReadOnlyList<ExtensionRow> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public IReadOnlyList<RequestRow> Waiting { get; private set; } = [];

    public IReadOnlyList<RequestRow> Answered { get; private set; } = [];

    public bool MayGrant => Actor.Role == Role.Officer && Round.CancelledAt is null;

    public bool MayAsk => Actor.Role is Role.Recorder or Role.Certifier && Round.CancelledAt is null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (Format is "csv" or "xlsx")
        {
            return await ExportAsync(cancellationToken);
        }
        (Rows, Total) = await Queries.ListAsync(
            Round.RoundId,
            Search,
            PageNumber,
            ExtensionQueries.PageSize,
            cancellationToken
        );
        Waiting = await Queries.ListRequestsAsync(Round.RoundId, false, MostRequests, cancellationToken);
        Answered = await Queries.ListRequestsAsync(Round.RoundId, true, MostRequests, cancellationToken);
        return Page();
    }

    private async Task<IActionResult> ExportAsync(CancellationToken cancellationToken)
    {
        var (rows, _) = await Queries.ListAsync(Round.RoundId, Search, 1, MostExported, cancellationToken);
        var stream = new MemoryStream();
        if (Format == "csv")
        {
            using (var csv = new CsvWriter(stream, byteOrderMark: true))
            {
                csv.Row(
                    "new_deadline",
                    "target",
                    "laos",
                    "submissions",
                    "reason",
                    "reference",
                    "granted_at",
                    "granted_by_unit",
                    "withdrawn_at",
                    "withdraw_reason"
                );
                foreach (var row in rows)
                {
                    csv.Row(
                        row.NewDeadline,
                        ExtensionWords.Target(texts, row),
                        row.Laos,
                        row.Submissions,
                        row.Reason,
                        row.Reference,
                        Iso(row.GrantedAt),
                        row.GrantedByTh,
                        Iso(row.WithdrawnAt),
                        row.WithdrawReason
                    );
                }
            }
            stream.Position = 0;
            return File(stream, "text/csv", $"extensions-{Round.Slug}.csv");
        }
        using (var book = new XlsxWriter(stream))
        {
            book.BeginSheet(
                texts["extension.title"],
                [
                    new(texts["extension.new_deadline"], 16),
                    new(texts["extension.for"], 34),
                    new(texts["extension.laos"], 10),
                    new(texts["extension.reason"], 50),
                    new(texts["extension.reference"], 24),
                    new(texts["extension.granted"], 26),
                    new(texts["extension.withdrawn"], 40),
                ]
            );
            foreach (var row in rows)
            {
                book.Row(
                    row.NewDeadline,
                    ExtensionWords.Target(texts, row),
                    row.Laos,
                    row.Reason,
                    row.Reference,
                    texts.Moment(row.GrantedAt),
                    row.WithdrawReason
                );
            }
        }
        stream.Position = 0;
        return File(stream, XlsxWriter.ContentType, $"extensions-{Round.Slug}.xlsx");
    }

    private static string? Iso(DateTimeOffset? at) =>
        at?.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}

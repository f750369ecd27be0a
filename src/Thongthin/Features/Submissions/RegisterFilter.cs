using Thongthin.Platform.Thai;

namespace Thongthin.Features.Submissions;

/// <summary>The records of one page of a register's list, and how many match.</summary>
internal sealed record RegisterPage(IReadOnlyList<SheetRow> Rows, int Total, int Number);

/// <summary>
/// Which records of a register somebody looks for, and in which order. One LAO's register of one year is read whole for
/// its counts, so it is searched where it is.
/// </summary>
/// <param name="Search">part of a record's name or number</param>
/// <param name="State"><c>draft</c>, <c>confirmed</c> or <c>problems</c>; anything else means any</param>
/// <param name="Sort"><c>number</c> (assumed), <c>name</c> or <c>saved</c> (newest first)</param>
internal sealed record RegisterFilter(string? Search, string? State, string? Sort, int Page)
{
    public const int PageSize = 25;

    public static readonly IReadOnlyList<string> States = ["draft", "confirmed", "problems"];

    public static readonly IReadOnlyList<string> Sorts = ["number", "name", "saved"];

    public bool IsEmpty => Search is null && !States.Contains(State);

    public RegisterPage Of(IReadOnlyList<SheetRow> sheets)
    {
        var found = sheets.Where(Matches);
        var sorted = Sort switch
        {
            "name" => [.. found.OrderBy(s => s.Label, ThaiCollation.Comparer)],
            "saved" => [.. found.OrderByDescending(s => s.SavedAt)],
            _ => found.ToList(),
        };
        var last = Math.Max(1, (sorted.Count + PageSize - 1) / PageSize);
        var number = Math.Clamp(Page, 1, last);
        return new([.. sorted.Skip((number - 1) * PageSize).Take(PageSize)], sorted.Count, number);
    }

    private bool Matches(SheetRow sheet) =>
        State switch
        {
            "draft" => sheet is { Status: SheetStatus.Draft, BlockingIssues: 0 },
            "confirmed" => sheet is { Status: SheetStatus.Confirmed, BlockingIssues: 0 },
            "problems" => sheet.BlockingIssues > 0,
            _ => true,
        }
        && (
            Search is null
            || sheet.Label.Contains(Search, StringComparison.OrdinalIgnoreCase)
            || sheet.RecordNumber?.Contains(Search, StringComparison.OrdinalIgnoreCase) == true
        );
}

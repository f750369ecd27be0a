using Microsoft.AspNetCore.Mvc.Rendering;
using Thongthin.Data;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Submissions.Items;

/// <summary>The items of one area that a filter shows, with how many of all of the area are answered.</summary>
internal sealed record ItemArea(int Area, int Answered, int Applicable, IReadOnlyList<ItemRow> Shown);

/// <summary>Which items somebody looks for. A catalogue is short enough to be searched where it is shown.</summary>
/// <param name="Search">part of a name, a code or a department</param>
internal sealed record ItemFilter(string? Search, int? Area, ItemState? State)
{
    public bool IsEmpty => Search is null && Area is null && State is null;

    /// <summary>Areas in order, each with the items that match; areas without any are left out unless nothing is filtered.</summary>
    public IReadOnlyList<ItemArea> Of(IReadOnlyList<ItemRow> items) =>
        [
            .. items
                .GroupBy(item => item.Area)
                .OrderBy(area => area.Key)
                .Select(area => new ItemArea(
                    area.Key,
                    area.Count(item => item.State == ItemState.Answered),
                    area.Count(),
                    [.. area.Where(Matches)]
                ))
                .Where(area => area.Shown.Count > 0),
        ];

    private bool Matches(ItemRow item) =>
        (Area is null || item.Area == Area)
        && (State is null || item.State == State)
        && (
            Search is null
            || new[] { item.Code, item.NameTh, item.NameEn, item.DepartmentTh }.Any(text =>
                text.Contains(Search, StringComparison.OrdinalIgnoreCase)
            )
        );
}

/// <summary>What the filter offers, in the reader's language.</summary>
internal static class ItemChoices
{
    public static IReadOnlyList<SelectListItem> Areas(Texts texts, IReadOnlyList<ItemRow> items) =>
        [
            .. items
                .Select(item => item.Area)
                .Distinct()
                .Order()
                .Select(area => new SelectListItem(
                    texts["catalogue.area." + area],
                    area.ToString(System.Globalization.CultureInfo.InvariantCulture)
                )),
        ];

    public static IReadOnlyList<SelectListItem> States(Texts texts) =>
        [
            .. Enum.GetValues<ItemState>()
                .Select(SnakeCase.Of)
                .Select(name => new SelectListItem(texts["item.state." + name], name)),
        ];

    /// <summary>An answer to the main question in words; null when there is none.</summary>
    public static string? Words(Texts texts, ChoiceList? list, string? answer) =>
        answer is null ? null : list?.Find(answer)?.Label.In(texts.Reader.Code) ?? answer;
}

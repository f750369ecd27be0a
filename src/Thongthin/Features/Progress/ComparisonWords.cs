using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>The words around a comparison, the same on page, print and spreadsheet.</summary>
internal static class ComparisonWords
{
    /// <summary>เปรียบเทียบ… with the table's own title.</summary>
    public static string Title(Texts t, Comparison comparison) =>
        t["progress.compare.title", TableWords.Title(t, comparison.After.Table)];

    /// <summary>ตารางที่ 12/2563 ข้อมูล ณ วันที่ … / the present</summary>
    public static string Side(Texts t, ComparedTable side) =>
        side.Number is { } number
            ? t["progress.compare.side", number, side.Table.AsOf]
            : t["progress.compare.now", side.Table.AsOf];

    public static string Sentence(Texts t, Comparison comparison) =>
        t[
            "progress.compare.sentence",
            comparison.Before.Table.Recorded,
            comparison.After.Table.Recorded,
            Signed(t, comparison.Difference)
        ];

    public static string? Moved(Texts t, Comparison comparison) =>
        comparison.NamesLaos ? t["progress.compare.moved", comparison.Became.Length, comparison.Undone.Length] : null;

    public static IReadOnlyList<string> Columns(Texts t, Comparison comparison) =>
        [
            t["progress.column.no"],
            t[
                comparison.After.Table.Level == ProgressLevel.National
                    ? "progress.column.province"
                    : "progress.column.district"
            ],
            t["progress.column.lao_count"],
            t["progress.column.before"],
            t["progress.column.after"],
            t["progress.column.difference"],
        ];

    /// <summary>+12, −3, 0</summary>
    public static string Signed(Texts t, int number) =>
        number switch
        {
            > 0 => "+" + t.Number(number),
            < 0 => "−" + t.Number(-number),
            _ => t.Number(0),
        };
}

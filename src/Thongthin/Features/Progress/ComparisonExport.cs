using System.Globalization;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>A comparison as a file: CSV for programs, the places or the LAOs that moved; XLSX for people, both as sheets.</summary>
internal static class ComparisonExport
{
    public static byte[] Csv(Comparison comparison)
    {
        var place = comparison.After.Table.Level == ProgressLevel.National ? "province_th" : "district_th";
        using var stream = new MemoryStream();
        using (var csv = new CsvWriter(stream, byteOrderMark: true))
        {
            csv.Row(
                "no",
                place,
                "lao_count_before",
                "lao_count_after",
                "recorded_before",
                "recorded_after",
                "difference"
            );
            foreach (var r in comparison.Rows)
            {
                csv.Row(
                    r.No,
                    r.NameTh,
                    r.LaoCountBefore,
                    r.LaoCountAfter,
                    r.RecordedBefore,
                    r.RecordedAfter,
                    r.Difference
                );
            }
        }
        return stream.ToArray();
    }

    public static byte[] MovedCsv(IReadOnlyList<MovedLao> moved)
    {
        using var stream = new MemoryStream();
        using (var csv = new CsvWriter(stream, byteOrderMark: true))
        {
            csv.Row("no", "lao", "kind", "district_th", "province_th", "recorded");
            foreach (var (index, lao) in moved.Index())
            {
                csv.Row(index + 1, lao.LaoTh, lao.Kind, lao.DistrictTh, lao.ProvinceTh, lao.IsDone);
            }
        }
        return stream.ToArray();
    }

    public static byte[] Xlsx(Comparison comparison, IReadOnlyList<MovedLao> moved, Texts t)
    {
        using var stream = new MemoryStream();
        using (var book = new XlsxWriter(stream))
        {
            WritePlaces(book, comparison, t);
            WriteMoved(book, comparison, moved, t);
        }
        return stream.ToArray();
    }

    public static string FileName(int year, int number, string extension) =>
        string.Create(CultureInfo.InvariantCulture, $"progress-comparison-{year}-{number}.{extension}");

    private static void WritePlaces(XlsxWriter book, Comparison comparison, Texts t)
    {
        var names = ComparisonWords.Columns(t, comparison);
        book.BeginSheet(
            t["progress.compare.sheet"],
            [
                new(names[0], 8),
                new(names[1], 24),
                new(names[2], 14, CellFormat.Grouped),
                new(names[3], 18, CellFormat.Grouped),
                new(names[4], 18, CellFormat.Grouped),
                new(names[5], 14, CellFormat.Grouped),
            ],
            Titles(t, comparison)
        );
        foreach (var r in comparison.Rows)
        {
            book.Row(
                r.No,
                t.Pick(r.NameTh, r.NameEn),
                r.LaoCountAfter,
                r.RecordedBefore,
                r.RecordedAfter,
                r.Difference
            );
        }
        var (before, after) = (comparison.Before.Table, comparison.After.Table);
        book.TotalRow(
            null,
            t["progress.total.national"],
            after.LaoCount,
            before.Recorded,
            after.Recorded,
            comparison.Difference
        );
    }

    private static void WriteMoved(XlsxWriter book, Comparison comparison, IReadOnlyList<MovedLao> moved, Texts t)
    {
        book.BeginSheet(
            t["progress.compare.laos"],
            [
                new(t["progress.column.no"], 8),
                new(t["progress.column.lao"], 32),
                new(t["progress.column.district"], 22),
                new(t["progress.column.province"], 22),
                new(t["progress.column.moved"], 26),
            ],
            Titles(t, comparison)
        );
        foreach (var (index, lao) in moved.Index())
        {
            book.Row(
                index + 1,
                TableWords.Lao(t, lao.Kind, lao.LaoTh, lao.LaoEn),
                t.Pick(lao.DistrictTh, lao.DistrictEn),
                t.Pick(lao.ProvinceTh, lao.ProvinceEn),
                t[lao.IsDone ? "progress.compare.became" : "progress.compare.undone"]
            );
        }
    }

    private static List<string> Titles(Texts t, Comparison comparison)
    {
        var titles = new List<string>
        {
            ComparisonWords.Title(t, comparison),
            ComparisonWords.Side(t, comparison.Before),
            ComparisonWords.Side(t, comparison.After),
        };
        if (TableWords.Filter(t, comparison.After.Table) is { } filter)
        {
            titles.Insert(1, filter);
        }
        return titles;
    }
}

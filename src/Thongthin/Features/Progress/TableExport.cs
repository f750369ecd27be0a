using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>
/// A table as a file, always in report order. CSV is for programs: English headers, Arabic digits, no total row. XLSX is
/// for people: title, columns and words of the page, and the total row.
/// </summary>
internal static class TableExport
{
    public const string XlsxType = XlsxWriter.ContentType;
    public const string CsvType = "text/csv; charset=utf-8";

    public static byte[] Csv(ProgressTable table, bool byteOrderMark)
    {
        using var stream = new MemoryStream();
        using (var csv = new CsvWriter(stream, byteOrderMark))
        {
            if (table.Level == ProgressLevel.National)
            {
                csv.Row("no", "province_th", "lao_count", "recorded", "not_recorded", "percent");
                foreach (var r in table.Provinces)
                {
                    var percent = Percent.Format(r.Recorded, r.LaoCount);
                    csv.Row(r.No, r.ProvinceTh, r.LaoCount, r.Recorded, r.NotRecorded, percent);
                }
            }
            else
            {
                csv.Row("no", "district_th", "lao", "recorded");
                foreach (var r in table.Laos)
                {
                    csv.Row(r.No, r.DistrictTh, r.LaoTh, r.Recorded);
                }
            }
        }
        return stream.ToArray();
    }

    public static byte[] Xlsx(ProgressTable table, Texts t)
    {
        using var stream = new MemoryStream();
        using (var book = new XlsxWriter(stream))
        {
            var titles = new List<string> { TableWords.Title(t, table) };
            if (TableWords.Filter(t, table) is { } filter)
            {
                titles.Add(filter);
            }
            titles.Add(TableWords.AsOf(t, table));
            if (table.Level == ProgressLevel.National)
            {
                WriteProvinces(book, table, t, titles);
            }
            else
            {
                WriteLaos(book, table, t, titles);
            }
            foreach (var sentence in TableWords.Sentences(t, table))
            {
                book.Note(sentence);
            }
        }
        return stream.ToArray();
    }

    /// <summary>progress-agreements-2563-province-53-2020-06-11.csv</summary>
    public static string FileName(ProgressTable table, string extension) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"progress-{table.Round.Slug}{(table.UnitId is { } unit ? $"-{unit}" : "")}-{table.AsOf:yyyy-MM-dd}.{extension}"
        );

    private static void WriteProvinces(XlsxWriter book, ProgressTable table, Texts t, List<string> titles)
    {
        var names = TableWords.Columns(t, table.Level);
        book.BeginSheet(
            t["progress.sheet.national"],
            [
                new(names[0], 8),
                new(names[1], 24),
                new(names[2], 14, CellFormat.Grouped),
                new(names[3], 20, CellFormat.Grouped),
                new(names[4], 28, CellFormat.Grouped),
                new(names[5], 22, CellFormat.TwoDecimals),
            ],
            titles
        );
        foreach (var r in table.Provinces)
        {
            book.Row(r.No, t.Pick(r.ProvinceTh, r.ProvinceEn), r.LaoCount, r.Recorded, r.NotRecorded, r.Percent);
        }
        book.TotalRow(
            null,
            t["progress.total.national"],
            table.LaoCount,
            table.Recorded,
            table.NotRecorded,
            table.Percent
        );
    }

    private static void WriteLaos(XlsxWriter book, ProgressTable table, Texts t, List<string> titles)
    {
        var names = TableWords.Columns(t, table.Level);
        book.BeginSheet(
            t.Pick((table.District ?? table.Province!).NameTh, (table.District ?? table.Province!).NameEn),
            [
                new(names[0], 8),
                new(names[1], 24),
                new(names[2], 32),
                new(names[3], 20, CellFormat.Grouped),
                new(names[4], 28, CellFormat.Grouped),
            ],
            titles
        );
        foreach (var r in table.Laos)
        {
            var lao =
                TableWords.Lao(t, r) + (table.Level == ProgressLevel.District && !r.SupervisedByDistrict ? " *" : "");
            book.Row(r.No, t.Pick(r.DistrictTh, r.DistrictEn), lao, r.Recorded ? "✓" : null, r.Recorded ? null : "×");
        }
        book.TotalRow(
            null,
            t["progress.total.laos"],
            t["progress.total.lao_count", table.LaoCount],
            table.Recorded,
            table.NotRecorded
        );
    }
}

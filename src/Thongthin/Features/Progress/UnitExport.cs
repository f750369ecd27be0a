using System.Globalization;
using Thongthin.Data;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>The list of LAOs as a file: for programs (CSV) and for people (XLSX). The state column is filled in scope.</summary>
internal static class UnitExport
{
    public static byte[] Csv(IReadOnlyList<UnitRow> units)
    {
        using var stream = new MemoryStream();
        using (var csv = new CsvWriter(stream, byteOrderMark: true))
        {
            csv.Row("no", "code", "lao", "kind", "district_th", "province_th", "recorded", "exempt", "state");
            foreach (var (index, u) in units.Index())
            {
                var state = u.State is { } s ? SnakeCase.Of(s) : null;
                csv.Row(index + 1, u.Code, u.LaoTh, u.Kind, u.DistrictTh, u.ProvinceTh, u.Recorded, u.IsExempt, state);
            }
        }
        return stream.ToArray();
    }

    public static byte[] Xlsx(IReadOnlyList<UnitRow> units, Texts t, string title, ProgressScope scope)
    {
        using var stream = new MemoryStream();
        using (var book = new XlsxWriter(stream))
        {
            book.BeginSheet(
                t["progress.column.lao"],
                [
                    new(t["progress.column.no"], 8),
                    new(t["progress.column.lao"], 32),
                    new(t["progress.column.kind"], 34),
                    new(t["progress.column.district"], 22),
                    new(t["progress.column.province"], 22),
                    new(t["progress.column.progress"], 16),
                    new(t["progress.column.state"], 26),
                ],
                [title, t["progress.as_of_note", t.Date(scope.AsOf ?? scope.Today)]],
                landscape: true
            );
            foreach (var (index, u) in units.Index())
            {
                book.Row(
                    index + 1,
                    TableWords.Lao(t, u.Kind, u.LaoTh, u.LaoEn),
                    t["kind." + u.Kind],
                    t.Pick(u.DistrictTh, u.DistrictEn),
                    t.Pick(u.ProvinceTh, u.ProvinceEn),
                    u.Recorded ? "✓" : "×",
                    u.State is { } state ? t["state." + SnakeCase.Of(state)] : null
                );
            }
        }
        return stream.ToArray();
    }

    public static string FileName(ProgressScope scope, string extension) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"units-{scope.Round.Slug}-{scope.AsOf ?? scope.Today:yyyy-MM-dd}.{extension}"
        );
}

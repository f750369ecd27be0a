using System.Globalization;
using Thongthin.Data;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Progress;

/// <summary>The list of LAOs as a file: for programs (CSV) and for people (XLSX). The state column is filled in scope.</summary>
internal static class UnitExport
{
    public static byte[] Csv(IReadOnlyList<UnitRow> units, ProgressScope scope)
    {
        using var stream = new MemoryStream();
        using (var csv = new CsvWriter(stream, byteOrderMark: true))
        {
            csv.Row(
                "no",
                "code",
                "lao",
                "kind",
                "district_th",
                "province_th",
                "supervising_unit_th",
                "recorded",
                "exempt",
                "state",
                "changed_on",
                "days_late"
            );
            foreach (var (index, u) in units.Index())
            {
                csv.Row(
                    index + 1,
                    u.Code,
                    u.LaoTh,
                    u.Kind,
                    u.DistrictTh,
                    u.ProvinceTh,
                    UnitWords.SupervisorTh(u),
                    u.Recorded,
                    u.IsExempt,
                    u.State is { } s ? SnakeCase.Of(s) : null,
                    u.ChangedAt is { } at ? BangkokTime.Day(at) : null,
                    u.DaysLate(scope.Round, scope.Today)
                );
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
                    new(t["progress.column.lao"], 30),
                    new(t["progress.column.kind"], 30),
                    new(t["progress.column.district"], 20),
                    new(t["progress.column.province"], 20),
                    new(t["progress.column.supervisor"], 26),
                    new(t["progress.column.progress"], 14),
                    new(t["progress.column.state"], 26),
                    new(t["progress.column.changed"], 24),
                    new(t["progress.column.days_late"], 14, CellFormat.Grouped),
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
                    UnitWords.Supervisor(t, u),
                    u.Recorded ? "✓" : "×",
                    u.State is { } state ? t["state." + SnakeCase.Of(state)] : null,
                    u.ChangedAt is { } at ? t.Moment(at) : null,
                    u.DaysLate(scope.Round, scope.Today)
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

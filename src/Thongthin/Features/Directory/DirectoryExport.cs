using Microsoft.AspNetCore.Mvc;
using Thongthin.Data;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Directory;

/// <summary>A list of units as a file: CSV with English snake_case columns for programs, XLSX with the reader's words.</summary>
internal static class DirectoryExport
{
    public static FileResult Csv(IReadOnlyList<UnitRow> units)
    {
        var stream = new MemoryStream();
        using (var csv = new CsvWriter(stream, byteOrderMark: true))
        {
            csv.Row(
                "code",
                "kind",
                "abbreviation_th",
                "name_th",
                "name_en",
                "district_th",
                "district_en",
                "province_th",
                "province_en",
                "supervising_kind",
                "supervising_th"
            );
            foreach (var unit in units)
            {
                csv.Row(
                    unit.Code,
                    SnakeCase.Of(unit.Kind),
                    unit.AbbreviationTh,
                    unit.NameTh,
                    unit.NameEn,
                    unit.DistrictTh,
                    unit.DistrictEn,
                    unit.ProvinceTh,
                    unit.ProvinceEn,
                    unit.SupervisingKind is { } kind ? SnakeCase.Of(kind) : null,
                    unit.SupervisingTh
                );
            }
        }
        stream.Position = 0;
        return new FileStreamResult(stream, "text/csv") { FileDownloadName = "directory.csv" };
    }

    public static FileResult Xlsx(IReadOnlyList<UnitRow> units, DateOnly day, Texts texts)
    {
        var stream = new MemoryStream();
        using (var workbook = new XlsxWriter(stream))
        {
            workbook.BeginSheet(
                texts["directory.title"],
                [
                    new(texts["directory.code"], 12),
                    new(texts["directory.name"], 30),
                    new(texts["directory.kind"], 34),
                    new(texts["directory.district"], 20),
                    new(texts["directory.province"], 20),
                    new(texts["directory.supervisor"], 30),
                ],
                [texts["directory.as_of", texts.Date(day)]],
                landscape: true
            );
            foreach (var unit in units)
            {
                workbook.Row(
                    unit.Code,
                    texts.Unit(unit.Kind, unit.NameTh, unit.NameEn, unit.AbbreviationTh),
                    texts.Kind(unit.Kind),
                    unit.DistrictTh is null ? null : texts.Pick(unit.DistrictTh, unit.DistrictEn),
                    unit.ProvinceTh is null ? null : texts.Pick(unit.ProvinceTh, unit.ProvinceEn),
                    unit.SupervisingKind is { } kind
                        ? texts.Unit(kind, unit.SupervisingTh!, unit.SupervisingEn, null)
                        : null
                );
            }
        }
        stream.Position = 0;
        return new FileStreamResult(stream, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        {
            FileDownloadName = "directory.xlsx",
        };
    }
}

using Microsoft.AspNetCore.Mvc;
using Thongthin.Data;
using Thongthin.Platform.Spreadsheets;
using Thongthin.Platform.Web;

namespace Thongthin.Features.Accounts;

/// <summary>The list of people as a file: CSV with English snake_case columns for programs, XLSX with the reader's words.</summary>
internal static class PeopleExport
{
    public static FileResult Csv(IReadOnlyList<PersonRow> rows)
    {
        var stream = new MemoryStream();
        using (var csv = new CsvWriter(stream, byteOrderMark: true))
        {
            csv.Row(
                "display_name",
                "user_name",
                "email",
                "unit_th",
                "province_th",
                "role",
                "position",
                "valid_from",
                "valid_to"
            );
            foreach (var row in rows)
            {
                csv.Row(
                    row.DisplayName,
                    row.UserName,
                    row.Email,
                    row.UnitThai,
                    row.ProvinceTh,
                    SnakeCase.Of(row.Role),
                    row.Position,
                    row.ValidFrom,
                    row.ValidTo
                );
            }
        }
        stream.Position = 0;
        return new FileStreamResult(stream, "text/csv") { FileDownloadName = "people.csv" };
    }

    public static FileResult Xlsx(IReadOnlyList<PersonRow> rows, Texts texts)
    {
        var stream = new MemoryStream();
        using (var workbook = new XlsxWriter(stream))
        {
            workbook.BeginSheet(
                texts["accounts.people.title"],
                [
                    new(texts["accounts.display_name"], 28),
                    new(texts["accounts.user_name"], 22),
                    new(texts["accounts.email"], 26),
                    new(texts["accounts.unit"], 26),
                    new(texts["accounts.province_label"], 18),
                    new(texts["accounts.role_label"], 20),
                    new(texts["accounts.position"], 26),
                    new(texts["accounts.from"], 14),
                    new(texts["accounts.to"], 14),
                ]
            );
            foreach (var row in rows)
            {
                workbook.Row(
                    row.DisplayName,
                    row.UserName,
                    row.Email,
                    texts.Pick(row.UnitThai, row.UnitEnglish),
                    row.ProvinceTh,
                    texts["role." + row.Role],
                    row.Position,
                    row.ValidFrom,
                    row.ValidTo
                );
            }
        }
        stream.Position = 0;
        return new FileStreamResult(stream, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        {
            FileDownloadName = "people.xlsx",
        };
    }
}

using System.Diagnostics;
using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Npgsql;

namespace Thongthin.Bench;

/// <summary>
/// A register of 10,000 records of one LAO as a workbook: made, changed in one cell of every line, sent in and previewed, and
/// stored. Seconds at the wall, one after the other.
/// </summary>
internal static class ExcelBench
{
    private const string UserName = "recorder.06530407";
    private const string FormId = "community-enterprises";
    private const string Question = "members";
    private const int Records = 10_000;

    public static async Task RunAsync(BenchSite site)
    {
        await PlantAsync(site);
        using var recorder = await BenchVisitor.SignInAsync(site.Address, UserName);
        var home = await recorder.GetAsync("/");
        var at = home.IndexOf($"/{FormId}/", StringComparison.Ordinal) + FormId.Length + 2;
        var address = $"/workbooks/{FormId}/{home.Substring(at, 4)}";

        var (workbook, making) = await TimeAsync(() => recorder.GetBytesAsync($"{address}?handler=File"));
        var changed = ChangeEveryLine(workbook);
        var token = BenchVisitor.Hidden(await recorder.GetAsync(address), "_token");
        var (preview, reading) = await TimeAsync(() => recorder.UploadAsync(address, token, "Upload", changed));
        token = BenchVisitor.Hidden(preview.Text, "_token");
        var fields = new Dictionary<string, string> { ["_token"] = token, ["good"] = "false" };
        var (result, storing) = await TimeAsync(() => recorder.PostAsync(preview.Path, fields));

        Console.WriteLine("| step | s | what it says |");
        Console.WriteLine("|---|---:|---|");
        Row("made and downloaded", making, $"{workbook.Length / 1024} KB");
        Row("sent in, read, compared, previewed", reading, Lead(preview.Text));
        Row("stored", storing, Lead(result.Text));
    }

    private static void Row(string step, double seconds, string says) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {step} | {seconds:0.0} | {says} |"));

    private static string Lead(string page)
    {
        var from = page.IndexOf("class=\"lead\">", StringComparison.Ordinal) + "class=\"lead\">".Length;
        return page[from..page.IndexOf('<', from)].Trim();
    }

    private static async Task<(T Result, double Seconds)> TimeAsync<T>(Func<Task<T>> work)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await work();
        return (result, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    // Copies of one record that the demonstration has of the same form elsewhere.
    private static async Task PlantAsync(BenchSite site)
    {
        await using var connection = new NpgsqlConnection(site.OwnerConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"""
            with target as (
                select s.lao_id, s.submission_id, s.form_id, s.fiscal_year
                from submission s
                join membership m on m.unit_id = s.lao_id
                join app_user u on u.id = m.user_id
                where u.user_name = '{UserName}' and s.form_id = '{FormId}'
                order by s.fiscal_year desc limit 1),
            model as (
                select a.answers, a.label from answer_sheet a
                join submission s on s.lao_id = a.lao_id and s.submission_id = a.submission_id
                where s.form_id = '{FormId}' and a.answers ? '{Question}' and a.blocking_issues = 0 limit 1),
            made as (
                insert into record (lao_id, record_id, form_id, record_number, first_fiscal_year, created_at)
                select t.lao_id, gen_random_uuid(), t.form_id, 'BENCH-' || lpad(n::text, 6, '0'), t.fiscal_year, now()
                from target t, generate_series(1, {Records}) n
                returning lao_id, record_id)
            insert into answer_sheet (lao_id, answer_sheet_id, submission_id, record_id, label, answers, revision, saved_at)
            select d.lao_id, gen_random_uuid(), t.submission_id, d.record_id, o.label, o.answers, 1, now()
            from made d, target t, model o
            """,
            connection
        );
        command.CommandTimeout = 300;
        if (await command.ExecuteNonQueryAsync() != Records)
        {
            throw new InvalidOperationException("The records could not be planted.");
        }
    }

    /// <summary>Another number in the question's cell of every line below the headers.</summary>
    private static byte[] ChangeEveryLine(byte[] workbook)
    {
        var changed = 0;
        using var stream = new MemoryStream();
        stream.Write(workbook);
        using (var document = SpreadsheetDocument.Open(stream, isEditable: true))
        {
            foreach (var part in document.WorkbookPart!.WorksheetParts)
            {
                var rows = part.Worksheet!.GetFirstChild<SheetData>()!.Elements<Row>().ToList();
                var key =
                    rows.Count < Records
                        ? null
                        : rows[0].Elements<Cell>().FirstOrDefault(cell => cell.InnerText == Question);
                if (key is null)
                {
                    continue;
                }
                var column = new string([.. key.CellReference!.Value!.TakeWhile(char.IsLetter)]);
                foreach (var row in rows.Skip(1))
                {
                    var cell = row.Elements<Cell>()
                        .FirstOrDefault(c => c.CellReference!.Value == column + row.RowIndex!.Value);
                    if (int.TryParse(cell?.CellValue?.Text, CultureInfo.InvariantCulture, out var number))
                    {
                        cell!.CellValue!.Text = (number + 1).ToString(CultureInfo.InvariantCulture);
                        changed++;
                    }
                }
                part.Worksheet.Save();
            }
        }
        return changed == Records
            ? stream.ToArray()
            : throw new InvalidOperationException($"{changed} lines were changed, not {Records}.");
    }
}

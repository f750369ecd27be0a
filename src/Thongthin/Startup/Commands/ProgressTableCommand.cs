using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Thongthin.Data;
using Thongthin.Features.Progress;
using Thongthin.Platform;
using Thongthin.Platform.Print;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Startup.Commands;

/// <summary>
/// <c>progress national|province|district</c>: one table of a round, drawn by the queries of the pages, as CSV, XLSX, a
/// document to print (HTML) or a print (PDF). Provinces and districts are named by their TIS codes (53, 5306).
/// </summary>
internal sealed class ProgressTableCommand
{
    private static readonly string[] Formats = ["csv", "xlsx", "html", "pdf"];

    private readonly CommandServices _services;
    private readonly string _level;
    private readonly int? _codeDigits;

    private readonly Option<string> _round = new("--round") { Description = "The round's slug", Required = true };
    private readonly Option<string?> _unit = new("--unit") { Description = "TIS code of the unit", Required = true };
    private readonly Option<string?> _asOf = new("--as-of")
    {
        Description = "End of this day: 2020-06-11 or 2563-06-11; left out: now",
    };
    private readonly Option<string> _format = new("--format")
    {
        Description = "csv, xlsx, html or pdf",
        DefaultValueFactory = _ => "csv",
    };
    private readonly Option<FileInfo?> _out = new("--out")
    {
        Description = "The file to write; left out: standard output",
    };

    private ProgressTableCommand(CommandServices services, string level, int? codeDigits) =>
        (_services, _level, _codeDigits) = (services, level, codeDigits);

    /// <param name="level">national, province or district</param>
    /// <param name="codeDigits">length of the unit's code; null = the table has no unit</param>
    public static Command Create(CommandServices services, string level, string description, int? codeDigits)
    {
        var verb = new ProgressTableCommand(services, level, codeDigits);
        var command = new Command(level, description) { verb._round, verb._asOf, verb._format, verb._out };
        if (codeDigits is not null)
        {
            command.Add(verb._unit);
        }
        command.Validators.Add(verb.Check);
        command.SetAction(verb.RunAsync);
        return command;
    }

    private void Check(CommandResult result)
    {
        if (
            _codeDigits is { } digits
            && result.GetValue(_unit) is { } code
            && !(code.Length == digits && code.All(char.IsAsciiDigit))
        )
        {
            result.AddError($"--unit: รหัสต้องเป็นตัวเลข {digits} หลัก / the code of a {_level} has {digits} digits.");
        }
        if (result.GetValue(_asOf) is { } text && !ThaiDate.TryParse(text, out _))
        {
            result.AddError($"--as-of: ไม่ใช่วันที่ / '{text}' is not a date; write 2020-06-11 or 2563-06-11.");
        }
        var format = result.GetResult(_format) is null ? "csv" : result.GetValue(_format);
        if (!Formats.Contains(format))
        {
            result.AddError($"--format: csv, xlsx, html หรือ pdf / '{format}' is none of csv, xlsx, html, pdf.");
        }
        else if (format is "xlsx" or "pdf" && result.GetValue(_out) is null)
        {
            result.AddError($"--format {format}: ต้องระบุ --out / name the file with --out.");
        }
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var database = await _services.OpenDatabaseAsync(cancellationToken);
        await using var databases = new AppDbFactory(database.ConnectionString);
        await using var db = databases.Create(Actor.Job(_services.TimeProvider, "progress"));
        var table = await DrawAsync(new ProgressQueries(db), parsed, cancellationToken);
        var bytes = parsed.GetValue(_format) switch
        {
            "xlsx" => TableExport.Xlsx(table, ThaiTexts()),
            "html" => Encoding.UTF8.GetBytes(await HtmlAsync(table)),
            "pdf" => await PdfAsync(table, cancellationToken),
            _ => TableExport.Csv(table, byteOrderMark: false),
        };
        if (parsed.GetValue(_out) is { } file)
        {
            await WriteFileAsync(file, bytes, cancellationToken);
        }
        else
        {
            await _services.Out.WriteAsync(Encoding.UTF8.GetString(bytes));
        }
        return CommandLine.Done;
    }

    private async Task<ProgressTable> DrawAsync(
        ProgressQueries queries,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        var slug = parsed.GetValue(_round)!;
        var round =
            await queries.FindRoundAsync(slug, cancellationToken)
            ?? throw new OperatorException(
                $"ไม่มีรอบการบันทึก {slug} ที่เปิดแล้ว",
                $"There is no opened round '{slug}'."
            );
        var today = BangkokTime.Today(_services.TimeProvider);
        DateOnly? asOf = ThaiDate.TryParse(parsed.GetValue(_asOf), out var day) ? day : null;
        if (asOf > today)
        {
            throw new OperatorException("--as-of: เลือกได้ไม่เกินวันนี้", "--as-of: choose a day no later than today.");
        }
        var scope = new ProgressScope(round, null, asOf, today, new TableFilter());
        if (_codeDigits is null)
        {
            return await queries.NationalAsync(scope, cancellationToken);
        }
        var code = parsed.GetValue(_unit)!;
        if (_level == "province")
        {
            var province = await queries.FindProvinceAsync(round.RoundId, null, code, cancellationToken);
            return await queries.ProvinceAsync(scope, province ?? throw Unknown(slug, code), cancellationToken);
        }
        var found = await queries.FindDistrictAsync(round.RoundId, null, code, cancellationToken);
        var (inProvince, district) = found ?? throw Unknown(slug, code);
        return await queries.DistrictAsync(scope, inProvince, district, cancellationToken);
    }

    private OperatorException Unknown(string slug, string code) =>
        new($"รอบ {slug} ไม่มีหน่วยงานรหัส {code}", $"The round '{slug}' has no {_level} with the code {code}.");

    private static async Task WriteFileAsync(FileInfo file, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllBytesAsync(file.FullName, bytes, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(
                $"เขียนไฟล์ {file.FullName} ไม่ได้: {exception.Message}",
                $"The file {file.FullName} could not be written: {exception.Message}",
                exception
            );
        }
    }

    private static async Task<string> HtmlAsync(ProgressTable table)
    {
        await using var pages = Web.BuildForDocuments(InstalledBrowser.Named);
        var document = pages.Services.GetRequiredService<TableDocument>();
        return await document.RenderAsync(table, null, Language.Thai);
    }

    private static async Task<byte[]> PdfAsync(ProgressTable table, CancellationToken cancellationToken)
    {
        await using var pages = Web.BuildForDocuments(InstalledBrowser.Named);
        var document = pages.Services.GetRequiredService<TableDocument>();
        try
        {
            return await document.PrintAsync(table, null, Language.Thai, cancellationToken);
        }
        catch (Refusal refusal)
        {
            var english = new ReaderPreferences(new HttpContextAccessor()) { Language = Language.English };
            throw new OperatorException(
                ThaiTexts().Refusal(refusal),
                new Texts(pages.Services.GetRequiredService<TextCatalog>(), english).Refusal(refusal)
            );
        }
    }

    private static Texts ThaiTexts() =>
        new(TextCatalog.LoadEmbedded(missingIsAnError: true), new ReaderPreferences(new HttpContextAccessor()));
}

using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Thongthin.Features.Forms;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Verification;
using Thongthin.Forms.XlsForm;
using Thongthin.Platform;

namespace Thongthin.Startup.Commands;

/// <summary>
/// <c>forms check FILE… [--json]</c>: finds what is wrong with forms. Every finding is one line
/// <c>FILE:SHEET:ROW:COLUMN: error|warning CODE: …</c>. Exit code 0 when all of them can be published, warnings or not.
/// </summary>
internal static class FormsCheck
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static Command Create(CommandServices services)
    {
        var files = new Argument<FileInfo[]>("FILE")
        {
            Description = "XLSForms: .xlsx, .xls, .csv, or Markdown tables",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Write the findings as JSON" };
        var command = new Command("check", "Find what is wrong with forms") { files, json };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(services, parsed.GetRequiredValue(files), parsed.GetValue(json), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        CommandServices services,
        FileInfo[] files,
        bool asJson,
        CancellationToken cancellationToken
    )
    {
        var readings = new List<(string File, FormReading Reading)>();
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            readings.Add((file.Name, Read(file)));
        }
        if (asJson)
        {
            var array = new JsonArray([.. readings.Select(r => FindingReport.ToJson(r.File, r.Reading))]);
            await services.Out.WriteLineAsync(array.ToJsonString(Json));
        }
        else
        {
            await WriteLinesAsync(services, readings);
        }
        return readings.TrueForAll(r => r.Reading.IsPublishable) ? CommandLine.Done : CommandLine.Findings;
    }

    /// <summary>Reads a form that a person named, with the choice lists in files beside it.</summary>
    public static FormReading Read(FileInfo file)
    {
        using var stream = Open(file);
        return XlsFormReader.Read(stream, file.Name, name => ListBeside(file, name));
    }

    /// <summary>A choice list in a CSV file beside a form, or one of our own; null when there is neither.</summary>
    /// <exception cref="OperatorException">the file is there and is no choice list.</exception>
    public static ChoiceList? ListBeside(FileInfo form, string name)
    {
        var file = new FileInfo(Path.Combine(form.DirectoryName!, Path.GetFileName(name)));
        if (!file.Exists)
        {
            return OwnLists.Find(name);
        }
        using var stream = Open(file);
        var (list, findings) = XlsFormReader.ReadList(stream, file.Name);
        return list
            ?? throw new OperatorException(
                $"ไฟล์รายการตัวเลือก {file.FullName} ใช้ไม่ได้: {findings[0].Message.Th}",
                $"The choice list {file.FullName} cannot be used: {findings[0].Message.En}"
            );
    }

    /// <exception cref="OperatorException">there is no such file, or it cannot be opened.</exception>
    public static FileStream Open(FileInfo file)
    {
        try
        {
            return file.OpenRead();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(
                $"เปิดไฟล์ {file.FullName} ไม่ได้",
                $"The file {file.FullName} cannot be opened.",
                e
            );
        }
    }

    private static async Task WriteLinesAsync(
        CommandServices services,
        List<(string File, FormReading Reading)> readings
    )
    {
        foreach (var (file, reading) in readings)
        {
            foreach (var line in FindingReport.Lines(reading))
            {
                await services.Error.WriteLineAsync(line);
            }
            var outcome = reading.IsPublishable
                ? "เผยแพร่ได้ / can be published"
                : "เผยแพร่ไม่ได้ / cannot be published";
            await services.Out.WriteLineAsync($"{file}: {outcome}");
        }
    }
}

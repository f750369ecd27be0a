using System.CommandLine;
using Thongthin.Forms.XForms;
using Thongthin.Platform;

namespace Thongthin.Startup.Commands;

/// <summary><c>forms xform FILE [--out FILE]</c>: a form as an ODK XForm, for engines of others. Exit code 0 when it was written.</summary>
internal static class FormsXForm
{
    public static Command Create(CommandServices services)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "XLSForm: .xlsx, .xls, .csv, or Markdown tables" };
        var output = new Option<FileInfo?>("--out") { Description = "Where to write it; the screen without it" };
        var command = new Command("xform", "Write a form as an ODK XForm") { file, output };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(services, parsed.GetRequiredValue(file), parsed.GetValue(output), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        CommandServices services,
        FileInfo file,
        FileInfo? output,
        CancellationToken cancellationToken
    )
    {
        var reading = FormsCheck.Read(file);
        if (reading.Definition is not { } definition)
        {
            foreach (var line in Thongthin.Forms.Verification.FindingReport.Lines(reading))
            {
                await services.Error.WriteLineAsync(line);
            }
            return CommandLine.Findings;
        }
        var text = XFormWriter.Write(definition).ToString();
        if (output is null)
        {
            await services.Out.WriteLineAsync(text);
        }
        else
        {
            await File.WriteAllTextAsync(output.FullName, text, cancellationToken);
        }
        return CommandLine.Done;
    }
}

using System.CommandLine;
using Thongthin.Features.Forms;
using Thongthin.Forms.XlsForm;
using Thongthin.Platform;

namespace Thongthin.Startup.Commands;

/// <summary>
/// <c>forms write FILE --out FILE</c>: reads a form and writes it out again as a workbook (<c>.xlsx</c>) or as Markdown tables
/// (<c>.md</c>), with the choice lists that it uses. Exit code 0 when it was written.
/// </summary>
internal static class FormsWrite
{
    public static Command Create(CommandServices services)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "XLSForm: .xlsx, .xls, .csv, or Markdown tables" };
        var output = new Option<FileInfo>("--out") { Description = "Where to write it: .xlsx or .md", Required = true };
        var command = new Command("write", "Write a form out again as a workbook or as Markdown") { file, output };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(services, parsed.GetRequiredValue(file), parsed.GetRequiredValue(output), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        CommandServices services,
        FileInfo file,
        FileInfo output,
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
        switch (output.Extension.ToLowerInvariant())
        {
            case ".md":
                await File.WriteAllTextAsync(output.FullName, XlsFormWriter.ToMarkdown(definition), cancellationToken);
                return CommandLine.Done;
            case ".xlsx":
                await using (var workbook = FormWorkbook.Write(definition))
                await using (var stream = File.Create(output.FullName))
                {
                    await workbook.CopyToAsync(stream, cancellationToken);
                }
                return CommandLine.Done;
            default:
                throw new OperatorException("เขียนได้เฉพาะ .xlsx และ .md", "A form is written as .xlsx or .md.");
        }
    }
}

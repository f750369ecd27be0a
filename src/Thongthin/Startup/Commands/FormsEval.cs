using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Thongthin.Forms.Expressions;
using Thongthin.Platform;
using Thongthin.Platform.Thai;

namespace Thongthin.Startup.Commands;

/// <summary>
/// <c>forms eval EXPRESSION [--answers FILE.json]</c>: tries an expression. Prints the value, one line for each of several;
/// or the expression with a mark under its error, and exit code 1.
/// </summary>
internal static class FormsEval
{
    public static Command Create(CommandServices services)
    {
        var expression = new Argument<string>("EXPRESSION") { Description = "As it stands in a form: ${a} + 1" };
        var answers = new Option<FileInfo?>("--answers") { Description = "Answers as JSON", HelpName = "FILE.json" };
        var command = new Command("eval", "Try an expression") { expression, answers };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(services, parsed.GetRequiredValue(expression), parsed.GetValue(answers), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        CommandServices services,
        string expression,
        FileInfo? file,
        CancellationToken cancellationToken
    )
    {
        var answers = file is null ? [] : await ReadAsync(file, cancellationToken);
        var today = BangkokTime.Today(services.TimeProvider);
        var outcome = ExpressionTrial.Run(expression, answers, new EvaluationContext(today, FiscalYear.Of(today)));
        if (outcome.Error is { } error)
        {
            foreach (var line in ExpressionTrial.Explain(expression, error))
            {
                await services.Error.WriteLineAsync(line);
            }
            return CommandLine.Findings;
        }
        foreach (var line in outcome.Lines)
        {
            await services.Out.WriteLineAsync(line);
        }
        return CommandLine.Done;
    }

    private static async Task<JsonObject> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        await using var stream = FormsCheck.Open(file);
        try
        {
            return await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken) as JsonObject
                ?? throw new JsonException("Not an object.");
        }
        catch (JsonException e)
        {
            var line = (e.LineNumber + 1)?.ToString(CultureInfo.InvariantCulture) ?? "1";
            throw new OperatorException(
                $"{file.Name}:{line}: คำตอบต้องเป็น JSON แบบ {{\"ชื่อคำถาม\": ค่า}}",
                $"{file.Name}:{line}: Answers are JSON like {{\"name\": value}}.",
                e
            );
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Thongthin.Features.Forms;
using Thongthin.Forms.Answers;
using Thongthin.Forms.Expressions;
using Thongthin.Forms.Schema;
using Thongthin.Forms.Validation;
using Thongthin.Forms.XlsForm;

namespace Thongthin.Bench;

/// <summary>
/// The form engine by itself: a workbook of 1,000 questions read and verified, a form of 500 evaluated whole in C#, and what one
/// keystroke costs in the browser's modules, run by Node. Medians after a warm-up.
/// </summary>
internal static class FormBench
{
    private const int WarmUp = 30;
    private const int Runs = 101;

    public static async Task RunAsync()
    {
        var large = Read(SyntheticForm.Of("synthetic-1000", 1_000));
        using var workbook = FormWorkbook.Write(large);
        var bytes = workbook.ToArray();
        Console.WriteLine("| what | median ms | 95th ms | aim ms |");
        Console.WriteLine("|---|---:|---:|---:|");
        Row(
            "read a workbook of 1,000 questions",
            Measure(() => XlsFormReader.Read(new MemoryStream(bytes), "form.xlsx")),
            200
        );

        var form = Read(SyntheticForm.Of("synthetic-500", 500));
        var sheet = Answered(form);
        var context = new EvaluationContext(new DateOnly(2026, 6, 11), 2569);
        Row("evaluate 500 questions in C#", Measure(() => FormEvaluation.Evaluate(form, sheet, context)), 2);
        Row("a keystroke with 500 questions in the browser's modules", await KeystrokeAsync(form, sheet), 16);
    }

    private static FormDefinition Read(string markdown)
    {
        var reading = XlsFormReader.Read(markdown, "form.md");
        return reading.Definition ?? throw new InvalidOperationException(string.Join('\n', reading.Findings.Take(5)));
    }

    private static AnswerSheet Answered(FormDefinition form)
    {
        var answers = new JsonObject();
        foreach (var question in form.Questions.Where(q => q.TakesAnswer))
        {
            answers[question.Name] = question.Type switch
            {
                QuestionType.Integer => 12,
                QuestionType.Decimal => 3.5,
                QuestionType.Date => "2026-01-15",
                QuestionType.SelectOne => "c1",
                _ => "ข้อความสมมติ",
            };
        }
        return AnswerSheet.Of(answers);
    }

    private static Percentiles Measure(Action work)
    {
        for (var i = 0; i < WarmUp; i++)
        {
            work();
        }
        var times = new List<double>();
        for (var i = 0; i < Runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return Percentiles.Of(times);
    }

    // What the page does on a keystroke: the fields' texts are read again and the form is evaluated whole.
    private static async Task<Percentiles> KeystrokeAsync(FormDefinition form, AnswerSheet sheet)
    {
        var folder = Directory.CreateTempSubdirectory("thongthin-bench-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "form.json"), form.ToBrowserText());
            await File.WriteAllTextAsync(Path.Combine(folder, "answers.json"), sheet.ToJsonString());
            var modules = Path.GetFullPath(Path.Combine(Root(), "src", "Thongthin", "wwwroot", "js", "forms"));
            var script = $$"""
                import { readFileSync } from "node:fs";
                import { evaluateForm } from "file://{{modules}}/form.js";
                import { parseTyped, toRaw } from "file://{{modules}}/answers.js";
                const form = JSON.parse(readFileSync("form.json", "utf8"));
                const stored = JSON.parse(readFileSync("answers.json", "utf8"));
                const types = new Map(form.nodes.map((n) => [n.name, n]));
                const raw = Object.entries(stored).map(([name, value]) => [name, toRaw(value)]);
                const keystroke = () => {
                  const answers = Object.fromEntries(raw.map(([name, text]) => [name, parseTyped(types.get(name).type, text, form.lists[types.get(name).list])]));
                  return evaluateForm(form, answers, { today: "2026-06-11", fiscalYear: 2569 });
                };
                for (let i = 0; i < {{WarmUp}}; i++) keystroke();
                for (let i = 0; i < {{Runs}}; i++) {
                  const start = performance.now();
                  keystroke();
                  console.log(performance.now() - start);
                }
                """;
            await File.WriteAllTextAsync(Path.Combine(folder, "keystroke.mjs"), script);
            using var node = Process.Start(
                new ProcessStartInfo("node", "keystroke.mjs")
                {
                    WorkingDirectory = folder,
                    RedirectStandardOutput = true,
                }
            )!;
            var output = await node.StandardOutput.ReadToEndAsync();
            await node.WaitForExitAsync();
            return Percentiles.Of(
                output
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => double.Parse(line, CultureInfo.InvariantCulture))
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Thongthin.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new DirectoryNotFoundException("The repository is not around the program.");
    }

    private static void Row(string what, Percentiles time, int aim) =>
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"| {what} | {time.P50:0.00} | {time.P95:0.00} | {aim} |")
        );
}

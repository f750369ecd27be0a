using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Accounts;
using Thongthin.Features.Forms;
using Thongthin.Features.Rounds;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Bench;

/// <summary>
/// The entry page of a synthetic form of 120 questions: how large it is, how much of our JavaScript it loads, and its time at the
/// server as a multiple of the yardstick page.
/// </summary>
internal static partial class SheetBench
{
    private const string UserName = "recorder.namphai";

    public static async Task RunAsync(BenchSite site)
    {
        var address = await AskAsync(site);
        using var recorder = await BenchVisitor.SignInAsync(site.Address, UserName);
        var page = await recorder.GetAsync(address);
        var scripts = await ScriptsAsync(recorder, page);
        var figures = await PageBench.TakeTurnsAsync(
            [new("yardstick", () => recorder.GetAsync("/yardstick")), new("sheet", () => recorder.GetAsync(address))],
            turns: 60
        );
        figures = await PageBench.TakeTurnsAsync(
            [new("yardstick", () => recorder.GetAsync("/yardstick")), new("sheet", () => recorder.GetAsync(address))],
            turns: 300
        );
        var ratio = figures["sheet"] / figures["yardstick"];
        Console.WriteLine("| figure | value | aim |");
        Console.WriteLine("|---|---:|---:|");
        Row("HTML, KB", Encoding.UTF8.GetByteCount(page) / 1024.0, 100);
        Row("our JavaScript before compression, KB", scripts / 1024.0, 60);
        Row("p50 ms", figures["sheet"].P50, double.NaN);
        Row("p50 / yardstick", ratio.P50, 3);
        Row("p95 / yardstick", ratio.P95, double.NaN);
    }

    private static void Row(string figure, double value, double aim) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {figure} | {value:0.0} | {(double.IsNaN(aim) ? "" : aim.ToString(CultureInfo.InvariantCulture))} |"
            )
        );

    // Every module that the page's scripts import, once.
    private static async Task<int> ScriptsAsync(BenchVisitor visitor, string page)
    {
        var waiting = new Queue<string>(Sources().Matches(page).Select(m => m.Groups["path"].Value));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var bytes = 0;
        while (waiting.TryDequeue(out var path))
        {
            if (path.Contains("/lib/", StringComparison.Ordinal) || !seen.Add(path.Split('?')[0]))
            {
                continue;
            }
            var text = await visitor.GetAsync(path);
            bytes += Encoding.UTF8.GetByteCount(text);
            foreach (var import in Imports().Matches(text).Select(m => m.Groups["path"].Value))
            {
                waiting.Enqueue(new Uri(new Uri("http://a" + path), import).AbsolutePath);
            }
        }
        return bytes;
    }

    private static async Task<string> AskAsync(BenchSite site)
    {
        var token = CancellationToken.None;
        await using var factory = new AppDbFactory(site.ConnectionString);
        var today = BangkokTime.Today(TimeProvider.System);
        var year = FiscalYear.Of(today);
        await using var db = factory.Create(Actor.Job(TimeProvider.System, "bench"));
        var laoId = await db.Set<Membership>()
            .Join(db.Set<User>(), m => m.UserId, u => u.Id, (m, u) => new { m.UnitId, u.UserName })
            .Where(row => row.UserName == UserName)
            .Select(row => row.UnitId)
            .SingleAsync(token);
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(SyntheticForm.Of("synthetic-120", 120)));
        var published = await new PublishForm(db).ExecuteAsync(db.Actor, file, "synthetic.md", token);
        var request = new RoundRequest(
            "synthetic",
            year,
            "รอบสมมติ",
            "Synthetic round",
            today.AddDays(-1),
            today.AddDays(30),
            today.AddDays(60),
            DoneMeans.Certified,
            15,
            "",
            [published.FormId!],
            [],
            [],
            [laoId]
        );
        await using var rounds = factory.Create(Actor.Job(TimeProvider.System, "bench"));
        var round = await new CreateRound(rounds).ExecuteAsync(rounds.Actor, request, token);
        await new OpenRound(rounds).ExecuteAsync(rounds.Actor, round, token);
        return new SubmissionPath(laoId, published.FormId!, year).Answers;
    }

    [GeneratedRegex("""<script[^>]*\bsrc="(?<path>/js/[^"]+)["]""")]
    private static partial Regex Sources();

    [GeneratedRegex("""(?:from|import)\s*"(?<path>\.{1,2}/[^"]+)["]""")]
    private static partial Regex Imports();
}

using System.Text;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Accounts;
using Thongthin.Features.Forms;
using Thongthin.Features.Rounds;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Browser.Tests.Support;

/// <summary>A topic besides the demonstration's own, published and asked by the operations themselves.</summary>
internal static class SiteTopic
{
    public static async Task<string> AskAsync(string connection, string userName, string formId, string markdown)
    {
        var token = CancellationToken.None;
        await using var factory = new AppDbFactory(connection);
        var today = BangkokTime.Day(TimeProvider.System.GetUtcNow());
        var year = FiscalYear.Of(today);
        int laoId;
        await using (var db = factory.Create(Actor.Job(TimeProvider.System, "test")))
        {
            laoId = await db.Set<Membership>()
                .Join(db.Set<User>(), m => m.UserId, u => u.Id, (m, u) => new { m.UnitId, u.UserName })
                .Where(row => row.UserName == userName)
                .Select(row => row.UnitId)
                .SingleAsync(token);
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(markdown));
            var published = await new PublishForm(db).ExecuteAsync(db.Actor, file, formId + ".md", token);
            published.Version.ShouldNotBeNull(string.Join('\n', published.Findings));
        }
        await using (var db = factory.Create(Actor.Job(TimeProvider.System, "test")))
        {
            var request = new RoundRequest(
                "round-" + formId,
                year,
                "รอบสมมติ " + formId,
                "Invented round " + formId,
                today.AddDays(-7),
                today.AddDays(30),
                today.AddDays(60),
                DoneMeans.Certified,
                15,
                "",
                [formId],
                [],
                [],
                [laoId]
            );
            var round = await new CreateRound(db).ExecuteAsync(db.Actor, request, token);
            await new OpenRound(db).ExecuteAsync(db.Actor, round, token);
        }
        return new SubmissionPath(laoId, formId, year).Answers;
    }
}

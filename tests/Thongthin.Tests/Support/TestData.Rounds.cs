using Microsoft.EntityFrameworkCore;
using Thongthin.Features.Rounds;
using Thongthin.Features.SavedFilters;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;

namespace Thongthin.Tests.Support;

/// <summary>What a test says about its round; the rest is invented. Days are counted from <see cref="TestData.Noon"/>.</summary>
internal sealed record RoundOptions
{
    public int FiscalYear { get; init; } = 2563;
    public DateOnly OpensOn { get; init; } = BangkokTime.Day(TestData.Noon).AddDays(-14);
    public DateOnly Deadline { get; init; } = BangkokTime.Day(TestData.Noon).AddDays(14);
    public DateOnly ClosesOn { get; init; } = BangkokTime.Day(TestData.Noon).AddDays(30);
    public DoneMeans DoneMeans { get; init; } = DoneMeans.Certified;
    public int ReturnDays { get; init; } = 15;

    /// <summary>Null: made up.</summary>
    public string? TitleTh { get; init; }
}

/// <summary>A round that a test opened.</summary>
internal sealed record TestRound(Guid RoundId, string Slug, RoundRequest Request);

internal sealed partial class TestData
{
    /// <summary>A round for exactly these LAOs, opened by the operations themselves on its opening day.</summary>
    public async Task<TestRound> OpenRoundAsync(
        IReadOnlyList<string> forms,
        IReadOnlyList<TestUnit> laos,
        RoundOptions? options = null
    )
    {
        var round = await CreateRoundAsync(forms, laos, options);
        await using var job = AsJob(BangkokTime.StartOfDay(round.Request.OpensOn));
        await job.Get<OpenRound>().ExecuteAsync(job.Actor, round.RoundId, CancellationToken.None);
        return round;
    }

    /// <summary>The same, left as a draft.</summary>
    public async Task<TestRound> CreateRoundAsync(
        IReadOnlyList<string> forms,
        IReadOnlyList<TestUnit> laos,
        RoundOptions? options = null
    )
    {
        options ??= new RoundOptions();
        var n = Next();
        var request = new RoundRequest(
            "round-" + Text(n),
            options.FiscalYear,
            options.TitleTh ?? "รอบสมมติ " + Text(n),
            "Invented round " + Text(n),
            options.OpensOn,
            options.Deadline,
            options.ClosesOn,
            options.DoneMeans,
            options.ReturnDays,
            "",
            forms,
            [.. laos.Select(l => l.Kind).Distinct()],
            [],
            [.. laos.Select(l => l.UnitId)]
        );
        await using var job = AsJob();
        var id = await job.Get<CreateRound>().ExecuteAsync(job.Actor, request, CancellationToken.None);
        return new TestRound(id, request.Slug, request);
    }

    /// <summary>A filter that the person saved.</summary>
    public async Task<int> SaveFilterAsync(TestPerson person, string name, string address)
    {
        await using var session = As(person);
        return await session.Get<SaveFilter>().ExecuteAsync(session.Actor, name, address, CancellationToken.None);
    }

    /// <summary>The LAO's submission to a form in a round.</summary>
    public async Task<SubmissionKey> SubmissionOfAsync(TestRound round, TestUnit lao, string formId)
    {
        await using var job = AsJob();
        var id = await job
            .Db.Set<Submission>()
            .Where(s => s.RoundId == round.RoundId && s.LaoId == lao.UnitId && s.FormId == formId)
            .Select(s => s.SubmissionId)
            .SingleAsync();
        return new SubmissionKey(lao.UnitId, id);
    }

    /// <summary>The state as it is stored.</summary>
    public async Task<SubmissionState> StateOfAsync(SubmissionKey key)
    {
        await using var job = AsJob();
        return await job
            .Db.Set<Submission>()
            .Where(s => s.LaoId == key.LaoId && s.SubmissionId == key.SubmissionId)
            .Select(s => s.State)
            .SingleAsync();
    }
}

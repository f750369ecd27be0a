using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Submissions;

/// <summary>The table in code is the table in the database, and what domain.md's table says.</summary>
public sealed class SubmissionMoveTests
{
    [Fact]
    public async Task All_EqualsTheTableInTheDatabase()
    {
        var data = await TestData.OpenAsync();
        await using var job = data.AsJob();
        var stored = await job
            .Db.Database.SqlQuery<StoredMove>($"select action, from_state, to_state, role, level from submission_move")
            .ToListAsync(TestContext.Current.CancellationToken);

        stored
            .Select(m => new SubmissionMove(m.Action, m.FromState, m.ToState, m.Role, m.Level))
            .ShouldBe(SubmissionMoves.All, ignoreOrder: true);
    }

    [Theory]
    [InlineData("save", "not_started", "in_progress")]
    [InlineData("nil", "not_started", "recorded")]
    [InlineData("nil", "in_progress", "recorded")]
    [InlineData("nil", "returned", "recorded")]
    [InlineData("submit", "in_progress", "recorded")]
    [InlineData("submit", "returned", "recorded")]
    [InlineData("recall", "recorded", "in_progress")]
    [InlineData("send_back", "recorded", "in_progress")]
    [InlineData("certify", "recorded", "certified")]
    [InlineData("return", "recorded", "returned")]
    [InlineData("return", "certified", "returned")]
    [InlineData("amend", "certified", "in_progress")]
    [InlineData("submit", "not_started", null)]
    [InlineData("submit", "certified", null)]
    [InlineData("exempt", "certified", null)]
    [InlineData("lift", "exempt", null)] // four states: only the history knows which
    public void Target_IsWhereTheActionLeads(string action, string from, string? to) =>
        SubmissionMoves
            .Target(SnakeCase.Parse<SubmissionAction>(action), SnakeCase.Parse<SubmissionState>(from))
            .ShouldBe(to is null ? null : SnakeCase.Parse<SubmissionState>(to));

    [Fact]
    public void Allows_WithoutARole_AllowsNothing()
    {
        foreach (var action in Enum.GetValues<SubmissionAction>())
        {
            SubmissionMoves.Allows(action, SubmissionState.Recorded, null, null).ShouldBeFalse();
        }
    }

    private sealed record StoredMove(
        SubmissionAction Action,
        SubmissionState FromState,
        SubmissionState ToState,
        Role Role,
        UnitLevel Level
    );
}

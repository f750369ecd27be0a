using System.Text.RegularExpressions;

namespace Thongthin.Tests.Inventories;

/// <summary>
/// Every operation (a class whose <c>ExecuteAsync</c> takes the actor first) says what was done in the audit log, and
/// docs/audit-events.md tells every action, no more and no less.
/// </summary>
public sealed partial class OperationTests
{
    /// <summary>Operations that leave no line of their own, and why.</summary>
    private static readonly Dictionary<string, string> Silent = new()
    {
        ["ChooseLanguage"] = "a preference",
        ["StartUpload"] = "announces a file; what becomes of it is told when it is attached",
        ["ReceivePiece"] = "a part of a file that is not attached yet",
        ["CancelUpload"] = "gives up what was not attached",
        ["AttachPostedFiles"] = "each of its files is attached by AttachFile",
        ["PublishDraft"] = "PublishForm, which it calls, writes it",
        ["ConfirmPassword"] = "asks for the password again and changes nothing",
    };

    [Fact]
    public void Operation_WritesAnAuditEvent()
    {
        var operations = Operations(SourceTree.Program);
        operations.Count.ShouldBeGreaterThan(15);

        operations
            .Where(operation => Actions(operation).Count == 0 && !Silent.ContainsKey(Stem(operation)))
            .Select(operation => operation.Path)
            .ShouldBeEmpty("write an audit event in the operation's transaction");
        Silent.Keys.Except(operations.Select(Stem)).ShouldBeEmpty("no such operation");
    }

    [Fact]
    public void Operation_TakesTheActorFirst() =>
        SourceTree
            .Program.Where(file => file.Feature is not null && ExecuteOfAnything().IsMatch(file.Code))
            .Select(file => file.Path)
            .ShouldBeEmpty("forgetting who did it must not compile");

    [Fact]
    public void Operation_WhenItWritesNoAuditEvent_IsFound()
    {
        var planted = new SourceFile(
            "src/Thongthin/Features/Rounds/Planted.cs",
            "internal sealed class Planted { public Task ExecuteAsync(Actor actor, int id) => db.SaveChangesAsync(); }"
        );

        Operations([planted]).ShouldHaveSingleItem();
        Actions(planted).ShouldBeEmpty();
        Actions(
                planted with
                {
                    Text = """AuditLog.WriteAsync(db, actor with { UserId = id }, "round_planted", $"round/{id}")""",
                }
            )
            .ShouldBe(["round_planted"]);
        ExecuteOfAnything().IsMatch("public async Task ExecuteAsync(Guid id, Actor actor)").ShouldBeTrue();
    }

    [Fact]
    public void Document_TellsEveryAction()
    {
        var written = SourceTree.Program.SelectMany(Actions).Distinct().Order(StringComparer.Ordinal).ToList();
        var told = Told(SourceTree.Read("docs/audit-events.md"));

        written.Except(told).ShouldBeEmpty("add these to docs/audit-events.md");
        told.Except(written).ShouldBeEmpty("docs/audit-events.md tells of actions that nothing writes");
        told.ShouldBeUnique();
    }

    private static List<SourceFile> Operations(IReadOnlyList<SourceFile> files) =>
        [.. files.Where(file => file.Feature is not null && ExecuteOfActor().IsMatch(file.Code))];

    private static string Stem(SourceFile file) => file.Name[..file.Name.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>The actions that a file writes: the first action's name in each call, and those it chooses an action from.</summary>
    private static List<string> Actions(SourceFile file)
    {
        var calls = AuditCall().Split(file.Code).Skip(1).ToList();
        return calls.Count == 0
            ? []
            :
            [
                .. calls
                    .SelectMany(call => ActionName().Matches(call.Split(';')[0]).Take(1))
                    .Concat(ChosenAction().Matches(file.Code).SelectMany(choice => ActionName().Matches(choice.Value)))
                    .SelectMany(name => name.Groups.Values.Skip(1).Where(group => group.Success))
                    .Select(name => name.Value)
                    .Distinct(),
            ];
    }

    private static List<string> Told(string document) =>
        [.. TableRow().Matches(document).Select(row => row.Groups[1].Value)];

    [GeneratedRegex(@"\bExecuteAsync\(\s*Actor\s+actor\b")]
    private static partial Regex ExecuteOfActor();

    [GeneratedRegex(@"\bpublic\s+(async\s+)?[\w<>?,\[\] ()]+\s+ExecuteAsync\((?!\s*Actor\s+actor\b)")]
    private static partial Regex ExecuteOfAnything();

    [GeneratedRegex(@"\bAuditLog\s*\.\s*WriteAsync\(|\bAuditAsync\(|\bCommitAsync\(\s*(?="")")]
    private static partial Regex AuditCall();

    [GeneratedRegex(@"\baction\s*=[^;]*;")]
    private static partial Regex ChosenAction();

    [GeneratedRegex(@"""([a-z]+(?:_[a-z]+)+)""(?:\s*:\s*""([a-z]+(?:_[a-z]+)+)"")?")]
    private static partial Regex ActionName();

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}

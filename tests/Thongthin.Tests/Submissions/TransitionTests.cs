using Thongthin.Data;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Submissions;

/// <summary>
/// domain.md's table of moves through the operations themselves: each state × each person tries every action, and only what the
/// table allows happens. The submission is a register with one confirmed record, so nothing but state and role decides.
/// </summary>
public sealed class TransitionTests
{
    private static readonly CancellationToken Token = CancellationToken.None;

    public static TheoryData<string, string> StatesAndPeople()
    {
        var cases = new TheoryData<string, string>();
        foreach (var state in Enum.GetValues<SubmissionState>())
        {
            foreach (
                var person in new[]
                {
                    "lao/recorder",
                    "lao/certifier",
                    "lao/administrator",
                    "lao/viewer",
                    "district/officer",
                    "district/viewer",
                    "province/officer",
                    "province/administrator",
                    "department/officer",
                    "department/administrator",
                }
            )
            {
                cases.Add(SnakeCase.Of(state), person);
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(StatesAndPeople))]
    public async Task EveryAction_HappensExactlyWhenTheTableAllowsIt(string state, string person)
    {
        var data = await TestData.OpenAsync();
        var from = SnakeCase.Parse<SubmissionState>(state);
        var topic = await NewAsync();
        // what the pages offer is what the operations do
        (await MayAsync(topic, await PersonAsync(topic, person))).ShouldBe(
            Actions.Keys.Append(SubmissionAction.Save).Where(a => Allows(a, from, person)),
            ignoreOrder: true
        );
        foreach (var action in Actions.Keys)
        {
            var who = await PersonAsync(topic, person);
            var allowed = Allows(action, from, person);

            var refusal = await TryAsync(topic, who, action);

            var context = $"{state}: {action} by {person}";
            (refusal is null).ShouldBe(allowed, $"{context}: {refusal}");
            var expected = allowed ? TargetOf(action, from) : from;
            (await topic.StateAsync()).ShouldBe(expected, context);
            if (!allowed)
            {
                // what was refused left nothing behind: the next action finds the same submission
                refusal.ShouldBeOneOf([
                    "wrong_state",
                    "move_not_allowed",
                    "not_allowed",
                    "answers_frozen",
                    "submission_not_found",
                ]);
                continue;
            }
            await using var session = data.As(who);
            var last = (await session.Get<SubmissionQueries>().ListEventsAsync(topic.Key, Token))[0];
            (last.Action, last.From, last.To, last.UserName).ShouldBe(
                (action, from, expected, who.DisplayName),
                context
            );
            topic = await NewAsync();
        }

        async Task<TestTopic> NewAsync()
        {
            var made = await data.CreateTopicAsync(await Register.Value);
            await made.BringToAsync(from);
            return made;
        }
    }

    private static readonly Lazy<Task<string>> Register = new(async () =>
        await (await TestData.OpenAsync()).PublishRegisterAsync()
    );

    private static async Task<IReadOnlySet<SubmissionAction>> MayAsync(TestTopic topic, TestPerson who)
    {
        await using var session = topic.Data.As(who);
        return (await session.Get<SubmissionQueries>().FindAsync(topic.Key, Token))!.May;
    }

    // saving within in progress or returned is no move; a nil return needs a register without records
    private static bool Allows(SubmissionAction action, SubmissionState from, string person)
    {
        var (role, level) = (RoleOf(person), LevelOf(person));
        return action switch
        {
            SubmissionAction.Save => SubmissionMoves.IsEditable(from)
                && SubmissionMoves.Allows(action, SubmissionState.NotStarted, role, level),
            SubmissionAction.Review => role == Role.Officer
                && from is (SubmissionState.Recorded or SubmissionState.Certified),
            _ => SubmissionMoves.Allows(action, from, role, level),
        };
    }

    private static Role RoleOf(string person) => Enum.Parse<Role>(person.Split('/')[1], ignoreCase: true);

    private static UnitLevel LevelOf(string person) => Enum.Parse<UnitLevel>(person.Split('/')[0], ignoreCase: true);

    private static SubmissionState TargetOf(SubmissionAction action, SubmissionState from) =>
        action switch
        {
            SubmissionAction.Review => from,
            SubmissionAction.Lift => SubmissionState.NotStarted,
            _ => SubmissionMoves.Target(action, from)!.Value,
        };

    private static readonly Dictionary<SubmissionAction, Func<TestSession, TestTopic, Task>> Actions = new()
    {
        [SubmissionAction.Nil] = async (s, t) =>
        {
            // without the record that BringTo made, nothing but role and state stands in the way
            if (s.Actor.Role == Role.Recorder && SubmissionMoves.IsEditable(await t.StateAsync()))
            {
                foreach (var sheet in (await s.Get<SubmissionQueries>().ReadRegisterAsync(t.Key, Token)).Sheets)
                {
                    await s.Get<RemoveRecord>().ExecuteAsync(s.Actor, t.Key, sheet.RecordId!.Value, "ไม่มีแล้ว", Token);
                }
            }
            await s.Get<DeclareNil>().ExecuteAsync(s.Actor, t.Key, Token);
        },
        [SubmissionAction.Submit] = async (s, t) =>
            (await s.Get<SubmitSubmission>().ExecuteAsync(s.Actor, t.Key, Token)).ShouldBeEmpty(),
        [SubmissionAction.Recall] = (s, t) => s.Get<RecallSubmission>().ExecuteAsync(s.Actor, t.Key, Token),
        [SubmissionAction.SendBack] = (s, t) => s.Get<SendBack>().ExecuteAsync(s.Actor, t.Key, "ตรวจอีกครั้ง", Token),
        [SubmissionAction.Certify] = async (s, t) =>
        {
            var seen = (await s.Get<SubmissionQueries>().FindAsync(t.Key, Token))!.Seen;
            await s.Get<CertifySubmissions>().ExecuteAsync(s.Actor, [new(t.Key, seen)], Token);
        },
        [SubmissionAction.Return] = (s, t) =>
            s.Get<ReturnSubmission>().ExecuteAsync(s.Actor, t.Key, "ข้อมูลไม่ครบ", [], Token),
        [SubmissionAction.Amend] = (s, t) => s.Get<AmendSubmission>().ExecuteAsync(s.Actor, t.Key, "แก้ตัวเลข", Token),
        [SubmissionAction.Exempt] = (s, t) => s.Get<ExemptSubmission>().ExecuteAsync(s.Actor, t.Key, "ยุบรวม", Token),
        [SubmissionAction.Lift] = (s, t) => s.Get<LiftExemption>().ExecuteAsync(s.Actor, t.Key, "", Token),
        [SubmissionAction.Review] = (s, t) => s.Get<MarkReviewed>().ExecuteAsync(s.Actor, t.Key, "", Token),
    };

    private static async Task<string?> TryAsync(TestTopic topic, TestPerson who, SubmissionAction action)
    {
        await using var session = topic.Data.As(who);
        try
        {
            await Actions[action](session, topic);
            return null;
        }
        catch (Refusal refusal)
        {
            return refusal.Code;
        }
    }

    private static async Task<TestPerson> PersonAsync(TestTopic topic, string person)
    {
        var unit = LevelOf(person) switch
        {
            UnitLevel.Lao => topic.Lao,
            UnitLevel.District => topic.District,
            UnitLevel.Province => topic.Province,
            _ => await topic.Data.DepartmentAsync(),
        };
        return await topic.Data.CreatePersonAsync(unit, RoleOf(person));
    }
}

using Thongthin.Features.Submissions;
using Thongthin.Features.Submissions.Duplicates;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;
using static Thongthin.Tests.Support.TestTopic;

namespace Thongthin.Tests.Submissions;

/// <summary>Records that may be one thing recorded twice: found when confirmed, by what the form declares; decided by the LAO.</summary>
public sealed class DuplicateTests
{
    private const string Survey = """
        | survey |
        |        | type               | name    | label::ไทย (th) | label::English (en) | required |
        |        | text               | title   | ชื่อ              | Title               | yes      |
        |        | begin_repeat       | partner | คู่ภาคี           | Partner             |          |
        |        | text               | name_en | ชื่อ              | Name                |          |
        |        | select_one country | country | ประเทศ          | Country             |          |
        |        | end_repeat         | partner |                 |                     |          |
        |        | date               | signed  | ลงนาม           | Signed              |          |
        | choices |
        |        | list_name | name | label::ไทย (th) | label::English (en) |
        |        | country   | LA   | ลาว             | Laos                |
        |        | country   | VN   | เวียดนาม         | Vietnam             |
        | entities |
        |        | list_name | label    | duplicate_keys         |
        |        | items     | ${title} | name_en country signed |
        """;

    private static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task Confirm_OfALikeRecord_FindsTheOther_InTheSameLaoAndInOthers()
    {
        var data = await TestData.OpenAsync();
        var form = await data.PublishFormAsync("register", Survey);
        var topic = await data.CreateTopicAsync(form);
        var other = await data.CreateTopicAsync(form);
        var first = await AddAsync(topic, "Luang Prabang", "LA", "2020-06-11");
        var again = await AddAsync(topic, "Luang Prabang City", "LA", "2020-06-11");
        await AddAsync(topic, "Luang Prabang", "VN", "2020-06-11");
        await AddAsync(topic, "Luang Prabang", "LA", "2020-06-12");
        var elsewhere = await AddAsync(other, "Luang Prabang", "LA", "2020-06-11");

        var found = await ListAsync(topic, first);

        found.Select(d => d.RecordId).ShouldBe([again, elsewhere]);
        found[0].RecordNumber.ShouldNotBeNull();
        (found[1].LaoId, found[1].RecordNumber, found[1].Label).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task Decide_IsKept_AndMayBeChanged()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateTopicAsync(await data.PublishFormAsync("register", Survey));
        var first = await AddAsync(topic, "Kunming", "VN", "2020-06-11");
        var second = await AddAsync(topic, "Kunming", "VN", "2020-06-11");

        await DecideAsync(topic, first, second, DuplicateDecision.Kept);
        (await ListAsync(topic, first)).Single().Decision.ShouldBe(DuplicateDecision.Kept);
        await DecideAsync(topic, first, second, DuplicateDecision.Joint);

        (await ListAsync(topic, first)).Single().Decision.ShouldBe(DuplicateDecision.Joint);
        (await ListAsync(topic, second)).Single().Decision.ShouldBeNull();
    }

    [Fact]
    public async Task Decide_AboutWhatIsNotAlike_IsRefused()
    {
        var data = await TestData.OpenAsync();
        var topic = await data.CreateTopicAsync(await data.PublishFormAsync("register", Survey));
        var first = await AddAsync(topic, "Kunming", "VN", "2020-06-11");
        var second = await AddAsync(topic, "Penang", "VN", "2020-06-11");

        var refusal = await Should.ThrowAsync<Refusal>(() => DecideAsync(topic, first, second, DuplicateDecision.Kept));

        refusal.Code.ShouldBe("not_a_duplicate");
    }

    private static async Task<Guid> AddAsync(TestTopic topic, string name, string country, string signed)
    {
        var (record, row) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var session = topic.Data.As(topic.Recorder);
        var sheet = await session.Get<AddRecord>().ExecuteAsync(session.Actor, topic.Key, record, Token);
        await topic.SaveAsync(
            topic.Recorder,
            Fields(
                ("title", name),
                ("signed", signed),
                ($"partner[{row}].name_en", name),
                ($"partner[{row}].country", country)
            ),
            sheet,
            rows: [new RowChange(RowChangeKind.Add, "partner", row)]
        );
        (await session.Get<ConfirmRecord>().ExecuteAsync(session.Actor, topic.Key, record, Token)).ShouldBeEmpty();
        return record;
    }

    private static async Task<IReadOnlyList<PossibleDuplicate>> ListAsync(TestTopic topic, Guid record)
    {
        await using var session = topic.Data.As(topic.Recorder);
        return await session.Get<DuplicateQueries>().ListAsync(topic.Lao.UnitId, record, Token);
    }

    private static async Task DecideAsync(TestTopic topic, Guid record, Guid other, DuplicateDecision decision)
    {
        await using var session = topic.Data.As(topic.Recorder);
        await session.Get<DecideDuplicate>().ExecuteAsync(session.Actor, topic.Key, record, other, decision, Token);
    }
}

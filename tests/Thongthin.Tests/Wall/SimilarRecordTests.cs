using Npgsql;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Wall;

/// <summary>What the comparison of records across LAOs tells: of others the name that is alike and the day, and not whose it is.</summary>
public sealed class SimilarRecordTests
{
    private static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task Similar_OfAnotherLao_TellsNameAndDayOnly()
    {
        var data = await TestData.OpenAsync();
        var form = await data.PublishRegisterAsync();
        var (mine, theirs) = (
            await RecordAsync(data, form, "Luang Prabang"),
            await RecordAsync(data, form, "Luangprabang City")
        );
        await RecordAsync(data, form, "Vientiane");
        await RecordAsync(data, form, "Luang Prabang", country: "country=VN");
        await RecordAsync(data, form, "Luang Prabang", day: "2021-01-01");

        var told = await SimilarAsync(data, mine.Topic, mine.Topic.Recorder, mine.Record);

        told.ShouldBe([(theirs.Record, null, "luangprabang city", "2020-06-11")]);
    }

    [Fact]
    public async Task Similar_InTheScope_TellsWhose()
    {
        var data = await TestData.OpenAsync();
        var form = await data.PublishRegisterAsync();
        var mine = await RecordAsync(data, form, "Kunming Friends");
        var second = await KeyAsync(data, mine.Topic, "kunming friend", "country=LA", "2020-06-11");

        var told = await SimilarAsync(data, mine.Topic, mine.Topic.Recorder, mine.Record);

        told.ShouldBe([(second, mine.Topic.Lao.UnitId, "kunming friend", "2020-06-11")]);
    }

    [Fact]
    public async Task Similar_OfARecordOutsideTheScope_TellsNothing()
    {
        var data = await TestData.OpenAsync();
        var form = await data.PublishRegisterAsync();
        var mine = await RecordAsync(data, form, "Penang Island");
        var theirs = await RecordAsync(data, form, "Penang Island");

        (await SimilarAsync(data, mine.Topic, theirs.Topic.Recorder, mine.Record)).ShouldBeEmpty();
        (await SimilarAsync(data, mine.Topic, mine.Topic.Officer, mine.Record)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Similar_WithoutAnActor_OrForThePublic_TellsNothing()
    {
        var data = await TestData.OpenAsync();
        var form = await data.PublishRegisterAsync();
        var mine = await RecordAsync(data, form, "Sapporo Snow");
        await RecordAsync(data, form, "Sapporo Snow");

        foreach (var enter in (string[])["", "select enter_actor('public', null, null, now());"])
        {
            await using var connection = new NpgsqlConnection(data.Database.ConnectionString);
            await connection.OpenAsync(Token);
            await using var command = new NpgsqlCommand(
                $"{enter} select count(*) from similar_records({mine.Topic.Lao.UnitId}, '{mine.Record}')",
                connection
            );
            var counts = new List<long>();
            await using var reader = await command.ExecuteReaderAsync(Token);
            do
            {
                while (await reader.ReadAsync(Token))
                {
                    if (reader.GetFieldType(0) == typeof(long))
                    {
                        counts.Add(reader.GetInt64(0));
                    }
                }
            } while (await reader.NextResultAsync(Token));
            counts.ShouldBe([0L]);
        }
    }

    private static async Task<(TestTopic Topic, Guid Record)> RecordAsync(
        TestData data,
        string form,
        string name,
        string country = "country=LA",
        string day = "2020-06-11"
    )
    {
        var topic = await data.CreateTopicAsync(form);
        return (topic, await KeyAsync(data, topic, name.ToLowerInvariant(), country, day));
    }

    private static async Task<Guid> KeyAsync(TestData data, TestTopic topic, string name, string country, string day)
    {
        var (record, _) = await topic.AddConfirmedRecordAsync(name);
        await data.ExecuteAsync(
            TestData.JobActor(),
            """
            insert into record_key (lao_id, record_id, form_id, names, same, day)
            values ($1, $2, $3, array[$4], array[$5], $6::date)
            """,
            topic.Lao.UnitId,
            record,
            topic.FormId,
            name,
            country,
            day
        );
        return record;
    }

    private static async Task<List<(Guid Record, int? Lao, string Name, string Day)>> SimilarAsync(
        TestData data,
        TestTopic topic,
        TestPerson person,
        Guid record
    )
    {
        await using var session = data.As(person);
        var rows = await session
            .Get<Thongthin.Features.Submissions.Duplicates.DuplicateQueries>()
            .ListAsync(topic.Lao.UnitId, record, Token);
        return
        [
            .. rows.Select(r =>
                (
                    r.RecordId,
                    r.LaoId,
                    r.Name,
                    r.Day!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
                )
            ),
        ];
    }
}

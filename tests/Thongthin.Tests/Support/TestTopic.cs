using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;

namespace Thongthin.Tests.Support;

/// <summary>
/// One LAO's submission in a round of its own, with everybody who may do something with it. The start of most tests:
/// <c>var topic = await data.CreateRegisterTopicAsync();</c>
/// </summary>
internal sealed record TestTopic(
    TestData Data,
    TestUnit Lao,
    TestUnit District,
    TestUnit Province,
    string FormId,
    TestRound Round,
    SubmissionKey Key
)
{
    private static readonly CancellationToken Token = CancellationToken.None;

    public required TestPerson Recorder { get; init; }

    public required TestPerson SecondRecorder { get; init; }

    public required TestPerson Certifier { get; init; }

    /// <summary>Of the district office.</summary>
    public required TestPerson Officer { get; init; }

    public Task<SubmissionState> StateAsync() => Data.StateOfAsync(Key);

    /// <summary>Saves fields of a sheet as this person: a script's save, only what was touched.</summary>
    public async Task<SaveResult> SaveAsync(
        TestPerson person,
        IReadOnlyDictionary<string, string> fields,
        Guid? sheet = null,
        int baseRevision = 0,
        DateTimeOffset? at = null,
        Guid? saveKey = null,
        IReadOnlyList<RowChange>? rows = null,
        Guid? follows = null,
        IReadOnlyDictionary<string, int>? known = null
    )
    {
        await using var session = Data.As(person, at);
        var request = new SaveRequest(
            sheet,
            baseRevision,
            saveKey ?? Guid.CreateVersion7(),
            fields,
            null,
            rows,
            follows,
            known
        );
        return await session.Get<SaveAnswers>().ExecuteAsync(session.Actor, Key, request, Token);
    }

    /// <summary>A record of the register that is complete and confirmed. Returns record and sheet.</summary>
    public async Task<(Guid Record, Guid Sheet)> AddConfirmedRecordAsync(
        string title = "รายการสมมติ",
        DateTimeOffset? at = null
    )
    {
        var record = Guid.CreateVersion7();
        await using var session = Data.As(Recorder, at);
        var sheet = await session.Get<AddRecord>().ExecuteAsync(session.Actor, Key, record, Token);
        await SaveAsync(Recorder, Fields(("title", title), ("years", "3")), sheet, 0, at);
        (await session.Get<ConfirmRecord>().ExecuteAsync(session.Actor, Key, record, Token)).ShouldBeEmpty();
        return (record, sheet);
    }

    public async Task<IReadOnlyList<SheetIssue>> SubmitAsync(TestPerson? person = null, DateTimeOffset? at = null)
    {
        await using var session = Data.As(person ?? Recorder, at);
        return await session.Get<SubmitSubmission>().ExecuteAsync(session.Actor, Key, Token);
    }

    /// <summary>Certifies what is there now, as seen now.</summary>
    public async Task<Guid> CertifyAsync(TestPerson? person = null, DateTimeOffset? at = null)
    {
        await using var session = Data.As(person ?? Certifier, at);
        var detail = (await session.Get<SubmissionQueries>().FindAsync(Key, Token))!;
        var certificates = await session
            .Get<CertifySubmissions>()
            .ExecuteAsync(session.Actor, [new SeenSubmission(Key, detail.Seen)], Token);
        return certificates[0];
    }

    public async Task ReturnAsync(string reason = "ข้อมูลไม่ครบ", DateTimeOffset? at = null)
    {
        await using var session = Data.As(Officer, at);
        await session.Get<ReturnSubmission>().ExecuteAsync(session.Actor, Key, reason, [], Token);
    }

    /// <summary>Brings a register from not started to this state by the operations of the people themselves.</summary>
    public async Task BringToAsync(SubmissionState state)
    {
        if (state is SubmissionState.NotStarted)
        {
            return;
        }
        if (state is SubmissionState.Exempt)
        {
            await using var administrator = Data.As(
                await Data.CreatePersonAsync(await Data.DepartmentAsync(), Role.Administrator)
            );
            await administrator.Get<ExemptSubmission>().ExecuteAsync(administrator.Actor, Key, "ยุบรวม", Token);
            return;
        }
        await AddConfirmedRecordAsync();
        if (state is SubmissionState.InProgress)
        {
            return;
        }
        (await SubmitAsync()).ShouldBeEmpty();
        if (state is SubmissionState.Certified)
        {
            await CertifyAsync();
        }
        else if (state is SubmissionState.Returned)
        {
            await ReturnAsync();
        }
    }

    public static IReadOnlyDictionary<string, string> Fields(params (string Path, string Raw)[] fields) =>
        fields.ToDictionary(f => f.Path, f => f.Raw);
}

internal sealed partial class TestData
{
    /// <summary>A new อบต. asked one invented register.</summary>
    public async Task<TestTopic> CreateRegisterTopicAsync(RoundOptions? round = null) =>
        await CreateTopicAsync(await PublishRegisterAsync(), round);

    /// <summary>A new อบต. asked one invented catalogue.</summary>
    public async Task<TestTopic> CreateCatalogueTopicAsync(RoundOptions? round = null) =>
        await CreateTopicAsync(await PublishCatalogueAsync(), round);

    /// <summary>A new อบต. asked one invented annual form.</summary>
    public async Task<TestTopic> CreateAnnualTopicAsync(RoundOptions? round = null) =>
        await CreateTopicAsync(await PublishAnnualFormAsync(), round);

    public async Task<TestTopic> CreateTopicAsync(string formId, RoundOptions? options = null)
    {
        var province = await CreateProvinceAsync();
        var district = await CreateDistrictAsync(province);
        var lao = await CreateLaoAsync(district);
        var round = await OpenRoundAsync([formId], [lao], options);
        return new TestTopic(this, lao, district, province, formId, round, await SubmissionOfAsync(round, lao, formId))
        {
            Recorder = await CreatePersonAsync(lao, Role.Recorder),
            SecondRecorder = await CreatePersonAsync(lao, Role.Recorder),
            Certifier = await CreatePersonAsync(lao, Role.Certifier),
            Officer = await CreatePersonAsync(district, Role.Officer),
        };
    }

    /// <summary>The same LAO, form and people in a round of another fiscal year.</summary>
    public async Task<TestTopic> OpenNextYearAsync(TestTopic topic, int fiscalYear)
    {
        var round = await OpenRoundAsync([topic.FormId], [topic.Lao], new RoundOptions { FiscalYear = fiscalYear });
        return topic with { Round = round, Key = await SubmissionOfAsync(round, topic.Lao, topic.FormId) };
    }
}

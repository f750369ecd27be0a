using Thongthin.Features.Evidence;
using Thongthin.Features.Extensions;
using Thongthin.Features.Reviewing;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Tests.Pages;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Inventories;

/// <summary>A page as somebody opens it who has something to see there.</summary>
/// <param name="Page">its route, as in <c>@page</c></param>
/// <param name="Budget">how many queries opening it may cost at most; naming the actor is not counted</param>
internal sealed record PageVisit(
    string Page,
    int Budget,
    Func<VisitedCountry, TestPerson> Who,
    Func<VisitedCountry, string> Address
)
{
    /// <summary>A page that a new page fails without: every GET has its line, with the queries it may cost.</summary>
    public static IReadOnlyList<PageVisit> All { get; } =
    [
        new("/", List, c => c.InProgress.Recorder, _ => "/"),
        new("/account", List, c => c.InProgress.Recorder, _ => "/account"),
        new("/account/kept-key", Entry, c => c.InProgress.Recorder, _ => "/account/kept-key"),
        new("/account/password", Entry, c => c.InProgress.Recorder, _ => "/account/password"),
        new("/account/role", Entry, c => c.InProgress.Recorder, _ => "/account/role"),
        new("/accounts", List, c => c.Administrator, _ => "/accounts"),
        new("/accounts/invitations", List, c => c.Administrator, _ => "/accounts/invitations"),
        new("/accounts/invite", Entry, c => c.Administrator, _ => "/accounts/invite"),
        new("/accounts/invite-many", Entry, c => c.Administrator, _ => "/accounts/invite-many"),
        new(
            "/accounts/membership/{membershipId:guid}/end",
            Entry,
            c => c.Administrator,
            c => $"/accounts/membership/{c.InProgress.Recorder.MembershipId}/end"
        ),
        new(
            "/accounts/person/{userId:guid}",
            List,
            c => c.Administrator,
            c => $"/accounts/person/{c.InProgress.Recorder.UserId}"
        ),
        new("/board", List, c => c.Recorded.Officer, _ => "/board"),
        new(
            "/certificates/{laoId:int}/{certificateId:guid}/{handler?}",
            Entry,
            c => c.Certified.Certifier,
            c => CertificatePath.Of(c.Certified.Lao.UnitId, c.Certificate)
        ),
        new("/certificates/key.pem", 1, c => c.Certified.Officer, _ => "/certificates/key.pem"),
        new(
            "/certificates/{laoId:int}/{fiscalYear:int}",
            Entry,
            c => c.Certified.Officer,
            c => CertificatePath.OfYear(c.Certified.Lao.UnitId, c.Certified.Round.Request.FiscalYear)
        ),
        new("/check/{code?}", 1, c => c.Certified.Officer, _ => "/check"),
        new(
            "/evidence/{laoId:int}/{fiscalYear:int}",
            Entry,
            c => c.Certified.Officer,
            c => EvidencePath.Of(c.Certified.Lao.UnitId, c.Certified.Round.Request.FiscalYear)
        ),
        new("/certification/delegations", List, c => c.Recorded.Certifier, _ => "/certification/delegations"),
        new("/certification", List, c => c.Recorded.Certifier, _ => "/certification"),
        new(
            "/certification/confirm",
            List,
            c => c.Recorded.Certifier,
            c => $"/certification/confirm?submission={c.Recorded.Key.SubmissionId}"
        ),
        new("/directory", List, c => c.Administrator, _ => "/directory"),
        new("/directory/new", Entry, c => c.Administrator, _ => "/directory/new"),
        new("/directory/units/{id:int}", List, c => c.Administrator, c => Unit(c)),
        new("/directory/units/{id:int}/event/{slug}", Entry, c => c.Administrator, c => Unit(c) + "/event/rename"),
        new("/directory/units/{id:int}/groups", List, c => c.Administrator, c => Unit(c) + "/groups"),
        new("/directory/units/{id:int}/groups/{group}", Entry, c => c.Administrator, c => Unit(c) + "/groups/new"),
        new(
            "/directory/units/{id:int}/order",
            List,
            c => c.Administrator,
            c => $"/directory/units/{c.InProgress.Province.UnitId}/order"
        ),
        new("/error/{code:int}", Entry, c => c.InProgress.Recorder, _ => "/error/404"),
        new("/filters", List, c => c.Recorded.Officer, _ => "/filters"),
        new("/filters/new", Entry, c => c.Recorded.Officer, _ => "/filters/new?address=/board"),
        new("/filters/{number:int}", Entry, c => c.Recorded.Officer, _ => "/filters/1"),
        new("/filters/{number:int}/delete", Entry, c => c.Recorded.Officer, _ => "/filters/1/delete"),
        new("/forms", List, c => c.InProgress.Recorder, _ => "/forms"),
        new("/forms/{formId}/{version:int?}", Entry, c => c.InProgress.Recorder, c => $"/forms/{c.InProgress.FormId}"),
        new(
            "/forms/{formId}/{version:int}/browser.json",
            Entry,
            c => c.InProgress.Recorder,
            c => $"/forms/{c.InProgress.FormId}/1/browser.json"
        ),
        new(
            "/forms/{formId}/{version:int}/form.xlsx",
            Entry,
            c => c.InProgress.Recorder,
            c => $"/forms/{c.InProgress.FormId}/1/form.xlsx"
        ),
        new("/forms/new", List, c => c.Administrator, _ => "/forms/new"),
        new("/help", Entry, c => c.InProgress.Recorder, _ => "/help"),
        new("/progress", List, c => c.Recorded.Officer, _ => "/progress"),
        new("/progress/snapshots", List, c => c.Administrator, _ => "/progress/snapshots"),
        new("/progress/{slug}/chart", List, c => c.Recorded.Officer, c => Progress(c) + "/chart"),
        new("/progress/{slug}/map", List, c => c.Recorded.Officer, c => Progress(c) + "/map"),
        new("/progress/{slug}", List, c => c.Administrator, c => Progress(c)),
        new(
            "/progress/{slug}/districts/{unitId:int}",
            List,
            c => c.Recorded.Officer,
            c => $"{Progress(c)}/districts/{c.Recorded.District.UnitId}"
        ),
        new(
            "/progress/{slug}/provinces/{unitId:int}",
            List,
            c => c.Recorded.Officer,
            c => $"{Progress(c)}/provinces/{c.Recorded.Province.UnitId}"
        ),
        new("/progress/{slug}/units", List, c => c.Recorded.Officer, c => Progress(c) + "/units"),
        new(
            "/progress/{slug}/units/{laoId:int}",
            List,
            c => c.Recorded.Officer,
            c => $"{Progress(c)}/units/{c.Recorded.Lao.UnitId}"
        ),
        new("/rounds", List, c => c.Administrator, _ => "/rounds"),
        new("/rounds/new", Entry, c => c.Administrator, _ => "/rounds/new"),
        new("/rounds/{slug}", List, c => c.Administrator, c => $"/rounds/{c.Recorded.Round.Slug}"),
        new("/rounds/{slug}/cancel", Entry, c => c.Administrator, c => $"/rounds/{c.Recorded.Round.Slug}/cancel"),
        new("/rounds/{slug}/edit", List, c => c.Administrator, c => $"/rounds/{c.Draft.Slug}/edit"),
        new("/rounds/{slug}/open", Entry, c => c.Administrator, c => $"/rounds/{c.Draft.Slug}/open"),
        new("/rounds/{slug}/extensions", List, c => c.Annual.Officer, c => Extensions(c)),
        new("/rounds/{slug}/extensions/new", List, c => c.Annual.Officer, c => Extensions(c) + "/new"),
        new("/rounds/{slug}/extensions/request", List, c => c.Annual.Recorder, c => Extensions(c) + "/request"),
        new(
            "/rounds/{slug}/extensions/requests/{id:guid}",
            Entry,
            c => c.Annual.Officer,
            c => $"{Extensions(c)}/requests/{c.ExtensionRequest}"
        ),
        new("/rounds/{slug}/extensions/{id:guid}", Entry, c => c.Annual.Officer, c => $"{Extensions(c)}/{c.Extension}"),
        new(
            "/submissions/review-many",
            Entry,
            c => c.Recorded.Officer,
            c => $"/submissions/review-many?s={ReviewMany.ValueOf(c.Recorded.Key)}"
        ),
        new(
            Submission + "/queries",
            List,
            c => c.Recorded.Officer,
            c => PageAddress.Of(c.Recorded).Overview + "/queries"
        ),
        new("/submissions", List, c => c.Recorded.Officer, _ => "/submissions"),
        new(Submission, List, c => c.InProgress.Recorder, c => PageAddress.Of(c.InProgress).Overview),
        new(Submission + "/amend", Entry, c => c.Certified.Recorder, c => PageAddress.Of(c.Certified).Amend),
        new(Submission + "/answers", Entry, c => c.Annual.Recorder, c => PageAddress.Of(c.Annual).Answers),
        new(
            Submission + "/exempt",
            Entry,
            c => c.Administrator,
            c => PageAddress.Of(c.InProgress).Overview + "/exempt"
        ),
        new(Submission + "/items", List, c => c.Catalogue.Recorder, c => PageAddress.Of(c.Catalogue).Items),
        new(Submission + "/lift", Entry, c => c.Administrator, c => PageAddress.Of(c.Exempt).Overview + "/lift"),
        new(Submission + "/history", List, c => c.Certified.Recorder, c => PageAddress.Of(c.Certified).History),
        new(Submission + "/nil", Entry, c => c.Annual.Recorder, c => PageAddress.Of(c.Annual).Nil),
        new(Submission + "/recall", Entry, c => c.Recorded.Recorder, c => PageAddress.Of(c.Recorded).Recall),
        new(
            Submission + "/records/new",
            Entry,
            c => c.InProgress.Recorder,
            c => PageAddress.Of(c.InProgress).NewRecord
        ),
        new(
            Submission + "/records/{recordId:guid}",
            Entry,
            c => c.InProgress.Recorder,
            c => PageAddress.Of(c.InProgress).Record(c.Record)
        ),
        new(
            Submission + "/records/{recordId:guid}/remove",
            Entry,
            c => c.InProgress.Recorder,
            c => PageAddress.Of(c.InProgress).RemoveRecord(c.Record)
        ),
        new(Submission + "/return", List, c => c.Recorded.Officer, c => PageAddress.Of(c.Recorded).Return),
        new(Submission + "/review", List, c => c.Recorded.Officer, c => PageAddress.Of(c.Recorded).Review),
        new(Submission + "/send-back", Entry, c => c.Recorded.Certifier, c => PageAddress.Of(c.Recorded).SendBack),
        new(Submission + "/submit", List, c => c.InProgress.Recorder, c => PageAddress.Of(c.InProgress).Submit),
        new(
            Submission + "/uploads/{uploadId:guid?}",
            Entry,
            c => c.Annual.Recorder,
            c => PageAddress.Of(c.Annual).Uploads
        ),
        new(
            "/workbooks/{formId}/{fiscalYear:int}",
            Entry,
            c => c.Annual.Recorder,
            c => $"/workbooks/{c.Annual.FormId}/{c.Annual.Round.Request.FiscalYear}"
        ),
        new("/yardstick", 1, c => c.InProgress.Recorder, _ => "/yardstick"),
    ];

    /// <summary>Pages that are not visited here, and why.</summary>
    public static IReadOnlyDictionary<string, string> Elsewhere { get; } =
        new Dictionary<string, string>
        {
            ["/offline"] = "shown by browsers, without a person",
            ["/files/{laoId:int}/{attachmentId:guid}/{handler?}"] = "of an attached file; visited where it is attached",
            ["/sign-in"] = "before anybody is known",
            ["/sign-out"] = "only a form posts to it",
            ["/preferences"] = "only a form posts to it",
            ["/invitation/{token}"] = "before anybody is known",
            ["/password-link/{userId:guid}/{part}"] = "before anybody is known",
            ["/forms/drafts/{id:guid}"] = "of a form that was uploaded; visited where one is",
            ["/forms/drafts/{id:guid}/browser.json"] = "of a form that was uploaded; visited where one is",
            ["/forms/drafts/{id:guid}/preview"] = "of a form that was uploaded; visited where one is",
            ["/workbooks/uploads/{id:guid}"] = "of a workbook that was sent in; visited where one is",
            ["/progress/snapshots/{year:int}/{number:int}/compare"] = "of a stored table; visited where it is compared",
            ["/progress/snapshots/{year:int}/{number:int}"] = "of a stored table; visited where it is taken",
        };

    private const int List = 6;
    private const int Entry = 4;
    private const string Submission = "/submissions/{laoId:int}/{formId}/{fiscalYear:int}";

    public override string ToString() => Page;

    private static string Unit(VisitedCountry country) => $"/directory/units/{country.InProgress.Lao.UnitId}";

    private static string Extensions(VisitedCountry country) => ExtensionPath.Of(country.Annual.Round.Slug);

    private static string Progress(VisitedCountry country) => $"/progress/{country.Recorded.Round.Slug}";
}

/// <summary>Topics in the states that pages need, with their people, in the database that tests share.</summary>
internal sealed record VisitedCountry(
    TestTopic InProgress,
    TestTopic Recorded,
    TestTopic Certified,
    TestTopic Annual,
    TestTopic Exempt,
    TestTopic Catalogue,
    Guid Record,
    Guid Certificate,
    TestRound Draft,
    TestPerson Administrator,
    Guid Extension,
    Guid ExtensionRequest
)
{
    private static readonly Lazy<Task<VisitedCountry>> Made = new(CreateAsync);

    public static Task<VisitedCountry> OpenAsync() => Made.Value;

    private static async Task<VisitedCountry> CreateAsync()
    {
        var data = await TestData.OpenAsync();
        var inProgress = await data.CreateRegisterTopicAsync();
        var (record, _) = await inProgress.AddConfirmedRecordAsync();
        await inProgress.AddConfirmedRecordAsync("รายการที่สอง");
        var recorded = await data.CreateRegisterTopicAsync();
        await recorded.BringToAsync(SubmissionState.Recorded);
        await data.SaveFilterAsync(recorded.Officer, "กระดาน", "/board");
        var certified = await data.CreateRegisterTopicAsync();
        await certified.BringToAsync(SubmissionState.Recorded);
        var annual = await data.CreateAnnualTopicAsync();
        var exempt = await data.CreateRegisterTopicAsync();
        await exempt.BringToAsync(SubmissionState.Exempt);
        var (extension, request) = await ExtendAsync(annual);
        return new VisitedCountry(
            inProgress,
            recorded,
            certified,
            annual,
            exempt,
            await data.CreateCatalogueTopicAsync(),
            record,
            await certified.CertifyAsync(),
            await data.CreateRoundAsync([annual.FormId], [annual.Lao], new RoundOptions { FiscalYear = 2564 }),
            await data.CreatePersonAsync(await data.DepartmentAsync(), Role.Administrator),
            extension,
            request
        );
    }

    /// <summary>More time was granted, and still more is asked for.</summary>
    private static async Task<(Guid Extension, Guid Request)> ExtendAsync(TestTopic topic)
    {
        var (round, day) = (topic.Round.RoundId, topic.Round.Request.Deadline.AddDays(30));
        Guid extension;
        await using (var officer = topic.Data.As(topic.Officer))
        {
            extension = await officer
                .Get<GrantExtension>()
                .ExecuteAsync(
                    officer.Actor,
                    new(round, day, "เหตุสมมติ", "", ExtensionTarget.Laos, null, [topic.Lao.UnitId]),
                    null,
                    CancellationToken.None
                );
        }
        await using var recorder = topic.Data.As(topic.Recorder);
        await recorder
            .Get<AskForExtension>()
            .ExecuteAsync(recorder.Actor, round, day.AddDays(1), "เหตุสมมติ", CancellationToken.None);
        var waiting = await recorder.Get<ExtensionQueries>().ListRequestsAsync(round, false, 1, CancellationToken.None);
        return (extension, waiting[0].ExtensionRequestId);
    }
}

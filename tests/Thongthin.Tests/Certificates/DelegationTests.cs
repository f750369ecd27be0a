using System.Net;
using Thongthin.Data;
using Thongthin.Features.Certification.Delegation;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Certificates;

/// <summary>Certifying on behalf: by an order, for a period, named in the certificate. Noon is 15 January 2020 (2563).</summary>
public sealed class DelegationTests
{
    private const string Address = "/certification/delegations";
    private const string New = "form[enctype]";
    private const string Position = "ปลัด ปฏิบัติราชการแทน นายก";

    private static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task Delegate_CertifiesInThePeriodAndTheCertificateNamesTheOrder()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        var deputy = await web.Data.CreatePersonAsync(topic.Lao, Role.Viewer);
        using var certifier = await web.SignInAsync(topic.Certifier);
        var page = await certifier.GetAsync(Address);

        var made = await SendAsync(certifier, page, deputy, TestFiles.PdfOf());

        made.Status.ShouldBe(HttpStatusCode.OK);
        made.Text.ShouldContain(deputy.DisplayName);
        made.Text.ShouldContain("มีผล");
        var acting = await ActingAsync(web, deputy);
        using var browser = await web.SignInAsync(acting);
        (await browser.GetAsync(Address)).Document.QuerySelector(New).ShouldBeNull();
        var confirm = await browser.GetAsync($"/certification/confirm?submission={topic.Key.SubmissionId}");
        var certificate = await browser.SubmitAsync(
            confirm,
            "form:has(input[name='Password'])",
            ("Password", TestData.Password)
        );
        certificate.Text.ShouldContain("มีผล");
        certificate.Text.ShouldContain(Position);
        certificate.Text.ShouldContain($"รับรองแทน {topic.Certifier.DisplayName}");
        certificate.Text.ShouldContain("คำสั่งที่ 9/2563 ลงวันที่ 14 มกราคม 2563");
        using var officer = await web.SignInAsync(topic.Officer);
        var order = (await officer.GetAsync(certificate.Path))
            .Document.QuerySelector("a[href^='/files/']")!
            .GetAttribute("href")!;
        (await officer.Client.GetAsync(order)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var content = await officer.Client.GetStringAsync(certificate.Path + "/content");
        content.ShouldContain("\"order_sha256\"");
    }

    [Fact]
    public async Task End_TakesTheRightAwayAtOnce()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        var deputy = await web.Data.CreatePersonAsync(topic.Lao, Role.Recorder);
        using var certifier = await web.SignInAsync(topic.Certifier);
        var made = await SendAsync(certifier, await certifier.GetAsync(Address), deputy, TestFiles.PdfOf());
        var acting = await ActingAsync(web, deputy);

        var ended = await certifier.SubmitAsync(made, "form[action*='handler=End']");

        ended.Text.ShouldContain("เพิกถอน");
        ended.Document.QuerySelector("form[action*='handler=End']").ShouldBeNull();
        await Should.ThrowAsync<Npgsql.PostgresException>(() => topic.CertifyAsync(acting));
        (await topic.StateAsync()).ShouldBe(SubmissionState.Recorded);
    }

    [Fact]
    public async Task New_WithoutAnOrderOrWithWhatIsNone_LosesNothingTyped()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        using var certifier = await web.SignInAsync(topic.Certifier);
        var page = await certifier.GetAsync(Address);

        var empty = await certifier.SubmitAsync(page, New, ("From", ""));
        var program = await SendAsync(certifier, page, topic.Recorder, "MZ program"u8.ToArray());
        var backwards = await SendAsync(certifier, page, topic.Recorder, TestFiles.PdfOf(), until: "13/1/2563");

        empty.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        empty
            .Errors.Select(error => error.Field)
            .ShouldBe(
                ["Person", "Position", "OrderReference", "Order", "From", "Until", "OrderDate"],
                ignoreOrder: true
            );
        program.Errors.ShouldHaveSingleItem().Field.ShouldBe("Order");
        program.Document.QuerySelector("#Position")!.GetAttribute("value").ShouldBe(Position);
        program.Document.QuerySelector("option[selected]")!.GetAttribute("value").ShouldBe($"{topic.Recorder.UserId}");
        backwards.Errors.ShouldHaveSingleItem().Field.ShouldBe("Until");
        (await certifier.GetAsync(Address)).Document.QuerySelector("tbody").ShouldBeNull();
    }

    /// <summary>Whoever asks past the page is refused by the database.</summary>
    [Fact]
    public async Task Delegate_ByOthersOrToOthers_IsRefused()
    {
        var web = await TestWeb.OpenAsync();
        var topic = await web.Data.CreateRegisterTopicAsync();
        var stranger = await web.Data.CreateRegisterTopicAsync();
        var deputy = await web.Data.CreatePersonAsync(topic.Lao, Role.Viewer);
        using var certifier = await web.SignInAsync(topic.Certifier);
        await SendAsync(certifier, await certifier.GetAsync(Address), deputy, TestFiles.PdfOf());
        var acting = await ActingAsync(web, deputy);

        (await RefusedAsync(web, topic.Certifier, stranger.Recorder)).ShouldBe("delegate_unknown");
        (await RefusedAsync(web, topic.Certifier, topic.Certifier)).ShouldBe("delegate_unknown");
        (await RefusedAsync(web, topic.Certifier, deputy)).ShouldBe("membership_exists");
        (await RefusedAsync(web, acting, topic.Recorder)).ShouldBe("delegation_not_yours");
        (await RefusedAsync(web, topic.Recorder, deputy)).ShouldBe("delegation_not_yours");
        var id = (Guid)
            (
                await web.Data.ScalarAsync(
                    topic.Certifier.Actor(),
                    "select certifying_delegation_id from certifying_delegation where membership_id = $1",
                    acting.MembershipId
                )
            )!;
        await using var session = web.Data.As(stranger.Certifier);
        (await session.Get<EndDelegation>().ExecuteAsync(session.Actor, id, Token)).ShouldBeFalse();
    }

    private static async Task<string> RefusedAsync(TestWeb web, TestPerson who, TestPerson whom)
    {
        await using var session = web.Data.As(who);
        var request = new DelegationRequest(
            whom.UserId,
            Position,
            new(2020, 1, 15),
            new(2020, 2, 1),
            "9/2563",
            new(2020, 1, 14)
        );
        using var content = new MemoryStream(TestFiles.PdfOf());
        var refusal = await Should.ThrowAsync<Refusal>(() =>
            session
                .Get<DelegateCertifying>()
                .ExecuteAsync(session.Actor, request, new OrderFile("order.pdf", content), Token)
        );
        return refusal.Code;
    }

    private static async Task<TestPage> SendAsync(
        TestBrowser browser,
        TestPage page,
        TestPerson whom,
        byte[] order,
        string until = "31/1/2563"
    ) =>
        await browser.UploadAsync(
            page,
            New,
            "Order",
            "order.pdf",
            order,
            ("Person", $"{whom.UserId}"),
            ("Position", Position),
            ("Until", until),
            ("OrderReference", "คำสั่งที่ 9/2563"),
            ("OrderDate", "14/1/2563")
        );

    /// <summary>The delegate under the membership that the delegation gave.</summary>
    private static async Task<TestPerson> ActingAsync(TestWeb web, TestPerson deputy) =>
        deputy with
        {
            Role = Role.Certifier,
            Position = Position,
            MembershipId = (Guid)
                (
                    await web.Data.ScalarAsync(
                        Actor.Job(TimeProvider.System, "test"),
                        "select membership_id from certifying_delegation where delegate_id = $1",
                        deputy.UserId
                    )
                )!,
        };
}

using System.Net;
using System.Security.Cryptography;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Files;
using Thongthin.Platform.Security;
using Thongthin.Tests.Pages;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Files;

/// <summary>Files sent piece by piece, over HTTP: breaks, repetitions, lies, and who may.</summary>
public sealed class UploadTests
{
    private const int ThreePieces = 2 * FileLimits.PieceBytes + 1_000;

    [Fact]
    public async Task Upload_InPieces_IsAttachedAndComesBackAsItWas()
    {
        await using var desk = await Desk.OpenAsync();
        var file = TestFiles.PdfOf(ThreePieces);

        var text = await desk.Uploads.SendAsync("plan", "แผน งาน.pdf", file);

        var attachment = await desk.Browser.Client.GetAsync(desk.AddressOf(text));
        attachment.StatusCode.ShouldBe(HttpStatusCode.OK);
        attachment.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        (await attachment.Content.ReadAsByteArrayAsync()).ShouldBe(file);
        text.ShouldContain("\"name\":\"แผน งาน.pdf\"");
        text.ShouldContain($"\"size\":{file.Length}");
    }

    [Fact]
    public async Task Upload_AfterABreak_GoesOnWhereItStopped()
    {
        await using var desk = await Desk.OpenAsync();
        var file = TestFiles.PdfOf(ThreePieces);
        var id = await TestUploads.IdOfAsync(await desk.Uploads.StartAsync("plan", "a.pdf", file));
        await desk.Uploads.PutAsync(id, file, 0);

        (await TestUploads.OffsetOfAsync(await desk.Uploads.GetAsync(id))).ShouldBe(FileLimits.PieceBytes);
        var again = await TestUploads.JsonOfAsync(await desk.Uploads.StartAsync("plan", "a.pdf", file));
        again["id"]!.GetValue<string>().ShouldBe(id);
        again["offset"]!.GetValue<int>().ShouldBe(FileLimits.PieceBytes);
        var unfinished = (await TestUploads.JsonOfAsync(await desk.Uploads.GetAsync())).AsArray();
        unfinished.ShouldHaveSingleItem()!["path"]!.GetValue<string>().ShouldBe("plan");

        await desk.Uploads.PutAsync(id, file, FileLimits.PieceBytes);
        await desk.Uploads.PutAsync(id, file, 2 * FileLimits.PieceBytes);
        (await desk.Uploads.FinishAsync(id)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await TestUploads.JsonOfAsync(await desk.Uploads.GetAsync())).AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Put_OfAPieceThatWasCutShort_StoresNothingOfIt()
    {
        await using var desk = await Desk.OpenAsync();
        var file = TestFiles.PdfOf(ThreePieces);
        var id = await TestUploads.IdOfAsync(await desk.Uploads.StartAsync("plan", "a.pdf", file));

        var cut = await desk.Uploads.PutAsync(id, file, 0, file[..1_000]);
        var changed = await desk.Uploads.PutAsync(id, file, 0, [.. file[..(FileLimits.PieceBytes - 1)], 1]);

        cut.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        changed.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await TestUploads.OffsetOfAsync(await desk.Uploads.GetAsync(id))).ShouldBe(0);
        (await desk.Uploads.PutAsync(id, file, 0)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Put_OfTheSamePieceTwice_StoresItOnce()
    {
        await using var desk = await Desk.OpenAsync();
        var file = TestFiles.PdfOf(ThreePieces);
        var id = await TestUploads.IdOfAsync(await desk.Uploads.StartAsync("plan", "a.pdf", file));

        var both = await Task.WhenAll(desk.Uploads.PutAsync(id, file, 0), desk.Uploads.PutAsync(id, file, 0));
        var later = await desk.Uploads.PutAsync(id, file, 0);

        both.Append(later).ShouldAllBe(response => response.StatusCode == HttpStatusCode.OK);
        (await TestUploads.OffsetOfAsync(later)).ShouldBe(FileLimits.PieceBytes);
        (
            await desk.CountAsync("select count(*) from file_upload_piece where file_upload_id = $1", Guid.Parse(id))
        ).ShouldBe(1);
    }

    [Fact]
    public async Task Put_BeyondWhereItStopped_SaysWhereToGoOn()
    {
        await using var desk = await Desk.OpenAsync();
        var file = TestFiles.PdfOf(ThreePieces);
        var id = await TestUploads.IdOfAsync(await desk.Uploads.StartAsync("plan", "a.pdf", file));

        var gap = await desk.Uploads.PutAsync(id, file, FileLimits.PieceBytes);
        var between = await desk.Uploads.PutAsync(id, file, 5);

        gap.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        between.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await TestUploads.OffsetOfAsync(gap)).ShouldBe(0);
    }

    [Fact]
    public async Task TwoUploads_AtTheSameTime_AreBothAttached()
    {
        await using var desk = await Desk.OpenAsync();
        var (plan, photo) = (TestFiles.PdfOf(ThreePieces), TestFiles.JpegPicture());

        var texts = await Task.WhenAll(
            desk.Uploads.SendAsync("plan", "a.pdf", plan),
            desk.Uploads.SendAsync("photo", "b.jpg", photo)
        );

        (await desk.Browser.Client.GetByteArrayAsync(desk.AddressOf(texts[0]))).ShouldBe(plan);
        (await desk.Browser.Client.GetByteArrayAsync(desk.AddressOf(texts[1]))).ShouldBe(photo);
    }

    /// <summary>The same bytes of two LAOs are stored once, and each reaches only its own row.</summary>
    [Fact]
    public async Task SameContent_OfTwoLaos_IsStoredOnceAndStaysApart()
    {
        await using var one = await Desk.OpenAsync();
        await using var other = await Desk.OpenAsync();
        var file = TestFiles.PdfOf(ThreePieces);

        var texts = await Task.WhenAll(
            one.Uploads.SendAsync("plan", "a.pdf", file),
            other.Uploads.SendAsync("plan", "b.pdf", file)
        );

        (await one.CountAsync("select count(*) from file_content where sha256 = $1", SHA256.HashData(file))).ShouldBe(
            1
        );
        (await one.CountAsync("select count(*) from file_piece where sha256 = $1", SHA256.HashData(file))).ShouldBe(3);
        (await other.Browser.Client.GetByteArrayAsync(other.AddressOf(texts[1]))).ShouldBe(file);
        (await other.Browser.Client.GetAsync(one.AddressOf(texts[0]))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Finish_WhenOtherBytesArrivedThanWereAnnounced_AttachesNothing()
    {
        await using var desk = await Desk.OpenAsync();
        var file = TestFiles.PdfOf(2_000);
        var started = await desk.Uploads.StartAsync("plan", "a.pdf", file, sha256: SHA256.HashData([1]));
        var id = await TestUploads.IdOfAsync(started);
        await desk.Uploads.PutAsync(id, file, 0);

        var refused = await desk.Uploads.FinishAsync(id);

        (await TestUploads.CodeOfAsync(refused)).ShouldBe("file_damaged");
        (await desk.Uploads.GetAsync(id)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Finish_BeforeEverythingArrived_IsRefusedAndTheUploadGoesOn()
    {
        await using var desk = await Desk.OpenAsync();
        var file = TestFiles.PdfOf(ThreePieces);
        var id = await TestUploads.IdOfAsync(await desk.Uploads.StartAsync("plan", "a.pdf", file));
        await desk.Uploads.PutAsync(id, file, 0);

        (await TestUploads.CodeOfAsync(await desk.Uploads.FinishAsync(id))).ShouldBe("upload_incomplete");

        (await TestUploads.OffsetOfAsync(await desk.Uploads.GetAsync(id))).ShouldBe(FileLimits.PieceBytes);
    }

    [Theory]
    [InlineData(21 * 1024 * 1024, "file_too_large")]
    [InlineData(FileLimits.Bytes + 1, "file_too_large")]
    [InlineData(0, "file_empty")]
    public async Task Start_OfAFileOfThatSize_IsRefused(long size, string code)
    {
        await using var desk = await Desk.OpenAsync();

        var refused = await desk.Uploads.StartAsync("plan", "a.pdf", [1], size);

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await TestUploads.CodeOfAsync(refused)).ShouldBe(code);
    }

    [Theory]
    [InlineData("photo.png", "pdf", "file_mislabelled")]
    [InlineData("letter.pdf", "program", "file_executable")]
    public async Task Put_OfTheFirstPieceOfWhatMayNotBeStored_EndsTheUpload(string name, string content, string code)
    {
        await using var desk = await Desk.OpenAsync();
        var file = content == "pdf" ? TestFiles.PdfOf(ThreePieces) : TestFiles.Program();
        var id = await TestUploads.IdOfAsync(await desk.Uploads.StartAsync("plan", name, file));

        var refused = await desk.Uploads.PutAsync(id, file, 0);

        (await TestUploads.CodeOfAsync(refused)).ShouldBe(code);
        (await desk.Uploads.GetAsync(id)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("macros", "file_macros")]
    [InlineData("bomb", "file_unreadable")]
    public async Task Finish_OfAWorkbookThatMayNotBeStored_IsRefused(string content, string code)
    {
        await using var desk = await Desk.OpenAsync();
        var file = content == "bomb" ? TestFiles.Bomb() : TestFiles.Workbook(parts: "xl/vbaProject.bin");
        var id = await TestUploads.IdOfAsync(await desk.Uploads.StartAsync("plan", "a.xlsx", file));
        await desk.Uploads.PutAsync(id, file, 0);

        var refused = await desk.Uploads.FinishAsync(id);

        (await TestUploads.CodeOfAsync(refused)).ShouldBe(code);
        (await desk.CountAsync("select count(*) from attachment where lao_id = $1", desk.Topic.Lao.UnitId)).ShouldBe(0);
    }

    [Theory]
    [InlineData("a.pdf")]
    [InlineData("a")]
    public async Task Start_OfADocument_WhereAPictureIsAskedFor_IsRefused(string name)
    {
        await using var desk = await Desk.OpenAsync();

        var refused = await desk.Uploads.StartAsync("photo", name, TestFiles.PdfOf());

        (await TestUploads.CodeOfAsync(refused)).ShouldBe("file_not_a_picture");
    }

    /// <summary>The answer to the first may have got lost on the way.</summary>
    [Fact]
    public async Task Finish_Twice_GivesTheSameAttachment()
    {
        await using var desk = await Desk.OpenAsync();
        var file = TestFiles.PdfOf();
        var id = await TestUploads.IdOfAsync(await desk.Uploads.StartAsync("plan", "a.pdf", file));
        await desk.Uploads.PutAsync(id, file, 0);

        var first = await TestUploads.JsonOfAsync(await desk.Uploads.FinishAsync(id));
        var second = await TestUploads.JsonOfAsync(await desk.Uploads.FinishAsync(id));

        second["text"]!.GetValue<string>().ShouldBe(first["text"]!.GetValue<string>());
        (await desk.CountAsync("select count(*) from attachment where lao_id = $1", desk.Topic.Lao.UnitId)).ShouldBe(1);
    }

    [Theory]
    [InlineData("roads")]
    [InlineData("nothing")]
    [InlineData("")]
    public async Task Start_ForAQuestionThatTakesNoFile_IsRefused(string path)
    {
        await using var desk = await Desk.OpenAsync();

        var refused = await desk.Uploads.StartAsync(path, "a.pdf", TestFiles.PdfOf());

        (await TestUploads.CodeOfAsync(refused)).ShouldBe("not_a_file_question");
    }

    [Fact]
    public async Task Finish_WithAThumbnailThatIsNone_IsNotTaken()
    {
        await using var desk = await Desk.OpenAsync();
        var file = TestFiles.PngPicture();
        var id = await TestUploads.IdOfAsync(await desk.Uploads.StartAsync("photo", "a.png", file));
        await desk.Uploads.PutAsync(id, file, 0);
        byte[] large = [.. TestFiles.JpegPicture(), .. new byte[FileLimits.ThumbnailBytes]];

        (await desk.Uploads.FinishAsync(id, "<svg/>"u8.ToArray())).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await desk.Uploads.FinishAsync(id, large)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await desk.Uploads.FinishAsync(id, TestFiles.JpegPicture())).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Start_WhenManyAreUnfinished_IsRefusedUntilOneIsGivenUp()
    {
        await using var desk = await Desk.OpenAsync();
        var ids = new List<string>();
        for (var n = 0; n < FileLimits.UploadsAtOnce; n++)
        {
            ids.Add(await TestUploads.IdOfAsync(await desk.Uploads.StartAsync("plan", "a.pdf", TestFiles.PdfOf())));
        }

        (await TestUploads.CodeOfAsync(await desk.Uploads.StartAsync("plan", "a.pdf", TestFiles.PdfOf()))).ShouldBe(
            "too_many_uploads"
        );
        (await desk.Uploads.CancelAsync(ids[0])).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await desk.Uploads.CancelAsync(ids[0])).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await desk.Uploads.StartAsync("plan", "a.pdf", TestFiles.PdfOf())).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    /// <summary>In a database of its own: whoever starts an upload clears anybody's.</summary>
    [Fact]
    public async Task Uploads_ThatRestTooLong_AreClearedByTheNextStart()
    {
        var data = await TestData.CreateAsync();
        var topic = await data.CreateAnnualTopicAsync();
        var file = TestFiles.PdfOf(ThreePieces);
        var late = TestData.Noon.AddDays(1);
        var first = await StartAsync(topic.Recorder, TestData.Noon, file);
        await using (var session = data.As(topic.Recorder, late))
        {
            var piece = file[..FileLimits.PieceBytes];
            await session
                .Get<Uploads>()
                .ReceiveAsync(
                    session.Actor,
                    topic.Lao.UnitId,
                    first,
                    0,
                    SHA256.HashData(piece),
                    new MemoryStream(piece),
                    CancellationToken.None
                );
        }

        // a piece that arrived lets it rest anew
        await StartAsync(topic.SecondRecorder, late + FileLimits.UploadRests, TestFiles.PdfOf());
        (await CountAsync("file_upload_piece")).ShouldBe(1);
        await StartAsync(
            topic.SecondRecorder,
            late + FileLimits.UploadRests + TimeSpan.FromMinutes(1),
            TestFiles.PdfOf()
        );
        (await CountAsync("file_upload_piece")).ShouldBe(0);
        (await CountAsync("file_upload")).ShouldBe(2);

        async Task<Guid> StartAsync(TestPerson person, DateTimeOffset at, byte[] bytes)
        {
            await using var session = data.As(person, at);
            var announced = new AnnouncedFile("test", "a.pdf", bytes.Length, SHA256.HashData(bytes));
            var upload = await session
                .Get<Uploads>()
                .StartAsync(session.Actor, topic.Lao.UnitId, announced, CancellationToken.None);
            return upload.FileUploadId;
        }

        async Task<long> CountAsync(string table) =>
            (long)(await data.ScalarAsync(TestData.JobActor(), $"select count(*) from {table}"))!;
    }

    [Fact]
    public async Task Upload_OfAnotherPerson_IsNotThere()
    {
        await using var desk = await Desk.OpenAsync();
        await using var colleague = await Desk.OpenAsync(desk.Topic, desk.Topic.SecondRecorder);
        var file = TestFiles.PdfOf();
        var id = await TestUploads.IdOfAsync(await desk.Uploads.StartAsync("plan", "a.pdf", file));

        (await colleague.Uploads.GetAsync(id)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await colleague.Uploads.PutAsync(id, file, 0)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await colleague.Uploads.FinishAsync(id)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await colleague.Uploads.CancelAsync(id)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await TestUploads.JsonOfAsync(await colleague.Uploads.GetAsync())).AsArray().ShouldBeEmpty();
    }

    /// <summary>Recorders of the LAO and officers above it send files; everybody else is told that they may not, or finds nothing.</summary>
    [Theory]
    [InlineData(UnitLevel.Lao, Role.Recorder, HttpStatusCode.Created)]
    [InlineData(UnitLevel.District, Role.Officer, HttpStatusCode.Created)]
    [InlineData(UnitLevel.Province, Role.Officer, HttpStatusCode.Created)]
    [InlineData(UnitLevel.Department, Role.Officer, HttpStatusCode.Created)]
    [InlineData(UnitLevel.Lao, Role.Certifier, HttpStatusCode.UnprocessableEntity)]
    [InlineData(UnitLevel.Lao, Role.Viewer, HttpStatusCode.UnprocessableEntity)]
    [InlineData(UnitLevel.Lao, Role.Administrator, HttpStatusCode.UnprocessableEntity)]
    [InlineData(UnitLevel.Province, Role.Viewer, HttpStatusCode.UnprocessableEntity)]
    [InlineData(UnitLevel.Department, Role.Administrator, HttpStatusCode.UnprocessableEntity)]
    internal async Task Start_ByEveryRole_IsForWhoRecords(UnitLevel level, Role role, HttpStatusCode expected)
    {
        var web = await TestWeb.OpenAsync();
        var topic = await TestUploads.CreateTopicAsync(web.Data);
        var unit = level switch
        {
            UnitLevel.Lao => topic.Lao,
            UnitLevel.District => topic.District,
            UnitLevel.Province => topic.Province,
            _ => await web.Data.DepartmentAsync(),
        };
        await using var desk = await Desk.OpenAsync(topic, await web.Data.CreatePersonAsync(unit, role));

        var started = await desk.Uploads.StartAsync("plan", "a.pdf", TestFiles.PdfOf());

        started.StatusCode.ShouldBe(expected, await started.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Start_ForAnotherLao_IsNotFound()
    {
        await using var desk = await Desk.OpenAsync();
        var other = await TestUploads.CreateTopicAsync(desk.Topic.Data);
        var foreign = TestUploads.From(desk.Browser, desk.Page, PageAddress.Of(other).Uploads);

        (await foreign.StartAsync("plan", "a.pdf", TestFiles.PdfOf())).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await foreign.GetAsync()).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>What began while it could be changed is not attached after it was submitted.</summary>
    [Fact]
    public async Task Upload_WhenTheSubmissionIsFrozen_IsRefused()
    {
        await using var desk = await Desk.OpenAsync();
        var file = TestFiles.PdfOf();
        var id = await TestUploads.IdOfAsync(await desk.Uploads.StartAsync("plan", "a.pdf", file));
        await desk.Uploads.PutAsync(id, file, 0);
        await desk.Topic.SaveAsync(desk.Topic.Recorder, TestTopic.Fields(("roads", "3")));
        (await desk.Topic.SubmitAsync()).ShouldBeEmpty();

        (await TestUploads.CodeOfAsync(await desk.Uploads.FinishAsync(id))).ShouldBe("answers_frozen");
        (await TestUploads.CodeOfAsync(await desk.Uploads.StartAsync("plan", "b.pdf", file))).ShouldBe(
            "answers_frozen"
        );
    }

    [Fact]
    public async Task Upload_WithoutTheFormToken_IsRefused()
    {
        await using var desk = await Desk.OpenAsync();
        var forged = new TestUploads(desk.Browser, PageAddress.Of(desk.Topic).Uploads, "none");

        (await forged.StartAsync("plan", "a.pdf", TestFiles.PdfOf())).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}

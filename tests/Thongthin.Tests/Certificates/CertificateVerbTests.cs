using Thongthin.Features.Submissions;
using Thongthin.Features.Submissions.Signing;
using Thongthin.Platform.Postgres;
using Thongthin.Startup;
using Thongthin.Startup.Commands;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Certificates;

/// <summary>The verbs <c>certificates sign</c>, <c>rotate-key</c>, <c>key</c> and <c>verify</c>; the last without a database.</summary>
public sealed class CertificateVerbTests : IDisposable
{
    private readonly string _folder = TemporaryFolder.Create();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _out.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Verify_WithoutADatabase_SaysValidChangedOrUnknownKey()
    {
        var (file, pem) = await DownloadAsync(await TestData.OpenAsync());
        var key = Write("key.pem", pem);
        var other = Write("other.pem", await OtherKeyAsync());
        var signed = Write("signed.json", file);
        var changed = Write("changed.json", file.Replace("2563", "2564", StringComparison.Ordinal));

        (await OfflineAsync("certificates", "verify", signed, "--key", key)).ShouldBe(CommandLine.Done);
        _out.ToString().ShouldContain("signed.json: ถูกต้อง / valid");
        _out.ToString().ShouldNotContain("--key");
        (await OfflineAsync("certificates", "verify", signed)).ShouldBe(CommandLine.Done);
        _out.ToString().ShouldContain("give the published keys with --key");
        (await OfflineAsync("certificates", "verify", changed, "--key", key)).ShouldBe(CommandLine.Findings);
        _out.ToString().ShouldContain("changed: the signature does not fit");
        (await OfflineAsync("certificates", "verify", changed)).ShouldBe(CommandLine.Findings);
        (await OfflineAsync("certificates", "verify", signed, "--key", other)).ShouldBe(CertificatesVerify.UnknownKey);
        _out.ToString().ShouldContain("signed by an unknown key");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"content\": {}}")]
    [InlineData("{\"content\": 3, \"sha256\": \"\", \"signature\": \"!\", \"public_key\": \"\"}")]
    public async Task Verify_OfAFileThatIsNone_SaysSo(string text)
    {
        (await OfflineAsync("certificates", "verify", Write("none.json", text))).ShouldBe(CommandLine.Findings);

        _error.ToString().ShouldContain("none.json: ไม่ใช่ใบรับรองที่ลงนาม");
    }

    [Fact]
    public async Task Verify_WithAKeyFileWithoutAKey_SaysSo()
    {
        var (file, _) = await DownloadAsync(await TestData.OpenAsync());

        (await OfflineAsync("certificates", "verify", Write("a.json", file), "--key", Write("b.pem", "none"))).ShouldBe(
            CommandLine.Findings
        );

        _error.ToString().ShouldContain("There is no public key in");
    }

    /// <summary>The start of an installation whose wrapping key was lost, and the way out of it.</summary>
    [Fact]
    public async Task Sign_UnderAnotherWrappingKey_IsRefusedUntilTheKeyIsRotated()
    {
        var data = await TestData.CreateAsync();
        await DownloadAsync(data);

        (await RunAsync(data, "certificates", "sign")).ShouldBe(CommandLine.Findings);
        _error.ToString().ShouldContain("was wrapped by another key");
        (await RunAsync(data, "certificates", "rotate-key")).ShouldBe(CommandLine.Done);
        (await RunAsync(data, "certificates", "sign")).ShouldBe(CommandLine.Done, _error.ToString());
        _out.GetStringBuilder().Clear();
        (await RunAsync(data, "certificates", "key")).ShouldBe(CommandLine.Done);

        SignedCertificate.KeysOf(_out.ToString()).Count.ShouldBe(2);
    }

    /// <summary>A signed file and the keys, as they are downloaded.</summary>
    private static async Task<(string File, string Pem)> DownloadAsync(TestData data)
    {
        var topic = await data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        var id = await topic.CertifyAsync();
        await using var session = data.As(topic.Recorder);
        var certificate = (
            await session.Get<SubmissionQueries>().FindCertificateAsync(topic.Lao.UnitId, id, CancellationToken.None)
        )!;
        var keys = await session.Get<PublishedKeys>().ListAsync(CancellationToken.None);
        var key = keys.Single(k => k.SigningKeyId == certificate.SigningKeyId);
        var file = SignedCertificate.Write(certificate, key, "https://thongthin.example/check/X");
        return (System.Text.Encoding.UTF8.GetString(file), PublishedKeys.Pem(keys));
    }

    private static async Task<string> OtherKeyAsync() => (await DownloadAsync(await TestData.CreateAsync())).Pem;

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private Task<int> OfflineAsync(params string[] arguments) =>
        RunAsync(() => throw new InvalidOperationException("this verb asks no database"), arguments);

    private Task<int> RunAsync(TestData data, params string[] arguments) =>
        RunAsync(
            () =>
                new DatabaseSettings
                {
                    ConnectionString = data.Database.ConnectionString,
                    OwnerConnectionString = data.Database.OwnerConnectionString,
                    Embedded = EmbeddedPostgresSettings.FromEnvironment() with { DataFolder = _folder },
                },
            arguments
        );

    private Task<int> RunAsync(Func<DatabaseSettings> settings, string[] arguments) =>
        CommandLine.RunAsync(
            arguments,
            new CommandServices
            {
                Out = _out,
                Error = _error,
                TimeProvider = new TestClock(TestData.Noon),
                DatabaseSettings = settings,
            },
            CancellationToken.None
        );
}

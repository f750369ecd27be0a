using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Thongthin.Features.Submissions;
using Thongthin.Features.Submissions.Signing;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Certificates;

/// <summary>What is certified is signed in the same act, checks with the published keys, and with nothing else.</summary>
public sealed class SignatureTests
{
    private const string CheckAddress = "https://thongthin.example/check/X";

    private static readonly CancellationToken Token = CancellationToken.None;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task Certify_SignsTheStoredBytesWithAPublishedKey()
    {
        var data = await TestData.OpenAsync();
        var (topic, id) = await CertifyAsync(data);

        var certificate = await CertificateAsync(topic, id);

        var key = (await KeysAsync(data)).Single(k => k.SigningKeyId == certificate.SigningKeyId);
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(key.PublicKey);
        Verify(Encoding.UTF8.GetBytes(certificate.Content)).ShouldBeTrue();
        Verify(Encoding.UTF8.GetBytes(certificate.Content + " ")).ShouldBeFalse();
        CheckCode.Parse(certificate.CheckCode).ShouldBe(certificate.CheckCode);

        bool Verify(byte[] content) =>
            ecdsa.VerifyData(
                content,
                Convert.FromBase64String(certificate.Signature!),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence
            );
    }

    [Fact]
    public async Task SignedFile_ChecksAsItWasWrittenAndAlsoIndented()
    {
        var (file, key) = await FileAsync(await TestData.OpenAsync());
        var indented = JsonSerializer.SerializeToUtf8Bytes(JsonNode.Parse(file), Indented);

        SignedCertificate.Check(file, [key]).ShouldBe(SignatureCheck.Valid);
        SignedCertificate.Check(file, null).ShouldBe(SignatureCheck.Valid);
        SignedCertificate.Check(indented, [key]).ShouldBe(SignatureCheck.Valid);
    }

    [Theory]
    [InlineData("\"fiscal_year\":2563", "\"fiscal_year\":2564")]
    [InlineData("\"years\":3", "\"years\":4")]
    [InlineData("\"years\":3", "\"years\":30000000000000000000")]
    [InlineData("\"nil\":false", "\"nil\":true")]
    [InlineData("\"sha256\":\"", "\"sha256\":\"0")]
    [InlineData("\"signature\":\"", "\"signature\":\"AAAA")]
    public async Task SignedFile_WhenSomethingIsChanged_SaysSo(string was, string becomes)
    {
        var (file, key) = await FileAsync(await TestData.OpenAsync());
        var text = Encoding.UTF8.GetString(file);
        text.ShouldContain(was);

        var changed = Encoding.UTF8.GetBytes(text.Replace(was, becomes, StringComparison.Ordinal));

        SignedCertificate.Check(changed, [key]).ShouldBe(SignatureCheck.Changed);
    }

    [Fact]
    public async Task SignedFile_WhenANameIsSaidTwice_IsNoSignedCertificate()
    {
        var (file, key) = await FileAsync(await TestData.OpenAsync());
        var text = Encoding
            .UTF8.GetString(file)
            .Replace("\"fiscal_year\":2563", "\"fiscal_year\":2599,\"fiscal_year\":2563", StringComparison.Ordinal);

        Should.Throw<FormatException>(() => SignedCertificate.Check(Encoding.UTF8.GetBytes(text), [key]));
    }

    [Fact]
    public async Task SignedFile_SignedBySomebodyElse_IsOfAnUnknownKeyThoughItsPartsFit()
    {
        var data = await TestData.OpenAsync();
        var (file, key) = await FileAsync(data);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = JsonNode.Parse(file)!.AsObject();
        forged["content"]!["fiscal_year"] = 2599;
        var content = Thongthin.Platform.CanonicalJson.Write(forged["content"]);
        forged["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content));
        forged["signature"] = Convert.ToBase64String(
            other.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
        );
        forged["public_key"] = other.ExportSubjectPublicKeyInfoPem();
        var bytes = Encoding.UTF8.GetBytes(forged.ToJsonString());

        SignedCertificate.Check(bytes, null).ShouldBe(SignatureCheck.Valid);
        SignedCertificate.Check(bytes, [key]).ShouldBe(SignatureCheck.UnknownKey);
    }

    [Fact]
    public async Task Rotate_SignsWithANewKeyAndKeepsTheOldOnePublished()
    {
        var data = await TestData.CreateAsync();
        var (before, key) = await FileAsync(data);
        await using (var job = data.AsJob())
        {
            await job.Get<RotateSigningKey>().ExecuteAsync(job.Actor, Token);
        }

        var (after, newKey) = await FileAsync(data);

        newKey.ShouldNotBe(key);
        var keys = await KeysAsync(data);
        keys.Select(k => k.RetiredAt is null).ShouldBe([true, false], ignoreOrder: true);
        var published = SignedCertificate.KeysOf(PublishedKeys.Pem(keys));
        published.Count.ShouldBe(2);
        SignedCertificate.Check(before, published).ShouldBe(SignatureCheck.Valid);
        SignedCertificate.Check(after, published).ShouldBe(SignatureCheck.Valid);
        SignedCertificate.Check(after, [key]).ShouldBe(SignatureCheck.UnknownKey);
    }

    [Fact]
    public async Task FirstKey_MadeByManyAtOnce_IsOne()
    {
        var data = await TestData.CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SignAllAsync(data)));

        (await KeysAsync(data)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Sign_SignsWhatIsFromBefore_AlsoWhatIsVoid_Once()
    {
        var data = await TestData.CreateAsync();
        var (topic, voided) = await CertifyAsync(data);
        await topic.ReturnAsync();
        await topic.AddConfirmedRecordAsync("เพิ่ม");
        (await topic.SubmitAsync()).ShouldBeEmpty();
        var valid = await topic.CertifyAsync();
        await using (var owner = new NpgsqlConnection(data.Database.OwnerConnectionString))
        {
            await owner.OpenAsync();
            await using var forget = new NpgsqlCommand(
                "update certificate set signature = null, signing_key_id = null, check_code = null",
                owner
            );
            (await forget.ExecuteNonQueryAsync()).ShouldBe(2);
        }

        (await SignAllAsync(data)).ShouldBe(2);
        (await SignAllAsync(data)).ShouldBe(0);

        var key = SignedCertificate.KeysOf((await KeysAsync(data)).Single().PublicKey);
        foreach (var id in new[] { voided, valid })
        {
            var certificate = await CertificateAsync(topic, id);
            var file = SignedCertificate.Write(certificate, (await KeysAsync(data)).Single(), CheckAddress);
            SignedCertificate.Check(file, key).ShouldBe(SignatureCheck.Valid);
        }
    }

    /// <summary>A signature is given once: nobody takes it away, gives another, or signs as a person.</summary>
    [Fact]
    public async Task Signature_CannotBeChangedByAnybody()
    {
        var data = await TestData.OpenAsync();
        var (topic, id) = await CertifyAsync(data);
        var before = await CertificateAsync(topic, id);
        foreach (var actor in new[] { topic.Recorder.Actor(), topic.Certifier.Actor(), TestData.JobActor() })
        {
            var refused = await Should.ThrowAsync<PostgresException>(() =>
                data.ExecuteAsync(actor, "update certificate set signature = '\\x00' where certificate_id = $1", id)
            );
            refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
            var again = await data.ScalarAsync(
                actor,
                "select sign_certificates(array[$1::int], array[$2::uuid], array['\\x00'::bytea], array['0000000000000000'], $3)",
                topic.Lao.UnitId,
                id,
                before.SigningKeyId
            );
            again.ShouldBe(0);
        }
        (await CertificateAsync(topic, id)).ShouldBe(before);
    }

    [Theory]
    [InlineData("0123-4567-89AB-CDEF", "0123456789ABCDEF")]
    [InlineData(" o123 4567 89ab cdeI ", "0123456789ABCDE1")]
    [InlineData("๐๑๒๓–4567–89AB–CDEL", "0123456789ABCDE1")]
    [InlineData("0123-4567-89AB-CDE", null)]
    [InlineData("0123-4567-89AB-CDEU", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Code_IsReadAsItMayBeTyped(string? typed, string? code) => CheckCode.Parse(typed).ShouldBe(code);

    private static async Task<(TestTopic Topic, Guid Certificate)> CertifyAsync(TestData data)
    {
        var topic = await data.CreateRegisterTopicAsync();
        await topic.BringToAsync(SubmissionState.Recorded);
        return (topic, await topic.CertifyAsync());
    }

    /// <summary>A signed file, and the key that signed it.</summary>
    private static async Task<(byte[] File, byte[] Key)> FileAsync(TestData data)
    {
        var (topic, id) = await CertifyAsync(data);
        var certificate = await CertificateAsync(topic, id);
        var key = (await KeysAsync(data)).Single(k => k.SigningKeyId == certificate.SigningKeyId);
        return (
            SignedCertificate.Write(certificate, key, CheckAddress),
            SignedCertificate.KeysOf(key.PublicKey).Single()
        );
    }

    private static async Task<CertificateDetail> CertificateAsync(TestTopic topic, Guid id)
    {
        await using var session = topic.Data.As(topic.Recorder);
        return (await session.Get<SubmissionQueries>().FindCertificateAsync(topic.Lao.UnitId, id, Token))!;
    }

    private static async Task<IReadOnlyList<PublishedKeyRow>> KeysAsync(TestData data)
    {
        await using var anybody = data.As(Actor.Public(TimeProvider.System));
        return await anybody.Get<PublishedKeys>().ListAsync(Token);
    }

    private static async Task<int> SignAllAsync(TestData data)
    {
        await using var job = data.AsJob();
        return await job.Get<SignCertificates>().ExecuteAsync(job.Actor, _ => { }, Token);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using Thongthin.Data;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Postgres;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Certificates;

/// <summary>
/// kill -9 of the program in the midst of certifying, every second time of PostgreSQL too: every certificate that was
/// acknowledged is there, none twice, states and counts agree with the events. A sample runs by default;
/// THONGTHIN_CERTIFYING_KILLS=20 and THONGTHIN_CERTIFYING_ACTS=50 ask for more.
/// </summary>
public sealed class CertificationKillTests(ITestOutputHelper output)
{
    private const int UsualKills = 4;
    private const int UsualActs = 8;

    [Fact]
    public async Task Kill_InTheMidstOfCertifying_LosesNoAcknowledgedCertificateAndMakesNoneTwice()
    {
        var (kills, acts) = (
            Setting("THONGTHIN_CERTIFYING_KILLS", UsualKills),
            Setting("THONGTHIN_CERTIFYING_ACTS", UsualActs)
        );
        var folder = TemporaryFolder.Create();
        try
        {
            var scenes = Path.Combine(folder, "scenes.json");
            await SeedAsync(folder, scenes);
            var acknowledged = new List<Guid>();
            for (var kill = 0; kill < kills; kill++)
            {
                var random = new Random(kill);
                await using var child = ChildProgram.Start(folder, TestProgram.Certify, folder, scenes);
                for (var act = 0; act < acts; act++)
                {
                    (await child.WaitForLineAsync(line => Acknowledges(line, acknowledged))).ShouldBeTrue(
                        $"kill {kill}: the program ended by itself"
                    );
                }
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(60)));
                await child.KillAsync();
                if (kill % 2 == 1)
                {
                    KillServer(folder);
                }
                await foreach (var line in child.LinesAsync())
                {
                    Acknowledges(line, acknowledged);
                }
                await VerifyAsync(folder, acknowledged, kill);
            }
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{kills} kills, {acknowledged.Count} certificates acknowledged and all there"
                )
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task SeedAsync(string folder, string scenes)
    {
        await using var server = await StartAsync(folder);
        await Migrator.Embedded(server.OwnerConnectionString).MigrateAsync(CancellationToken.None);
        var data = TestData.Over(new TestDatabase(server.ConnectionString, server.OwnerConnectionString));
        var made = new List<CertifierScene>();
        for (var i = 0; i < 2; i++)
        {
            var topic = await data.CreateRegisterTopicAsync();
            await topic.BringToAsync(SubmissionState.Recorded);
            made.Add(
                new(
                    topic.Key,
                    topic.Recorder,
                    topic.Certifier,
                    topic.Officer,
                    Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData("invented"u8))
                )
            );
        }
        await File.WriteAllTextAsync(scenes, JsonSerializer.Serialize(made));
        NpgsqlConnection.ClearAllPools();
    }

    private static bool Acknowledges(string line, List<Guid> acknowledged)
    {
        if (!line.StartsWith(CertifierLoop.Certified, StringComparison.Ordinal))
        {
            return false;
        }
        acknowledged.Add(Guid.Parse(line[CertifierLoop.Certified.Length..]));
        return true;
    }

    private static async Task VerifyAsync(string folder, List<Guid> acknowledged, int kill)
    {
        await using var server = await StartAsync(folder);
        await using var connection = new NpgsqlConnection($"{server.OwnerConnectionString};Pooling=false");
        await connection.OpenAsync();
        (
            await ScalarAsync(
                connection,
                "select count(*) from unnest($1) a (id) where not exists (select from certificate c where c.certificate_id = a.id)",
                acknowledged.ToArray()
            )
        ).ShouldBe(0L, $"kill {kill}: an acknowledged certificate is gone");
        acknowledged.Distinct().Count().ShouldBe(acknowledged.Count);
        (
            await ScalarAsync(
                connection,
                """
                select count(*) from (
                    select e.detail ->> 'certificate_id' from submission_event e where e.action = 'certify'
                    except all select c.certificate_id::text from certificate c) x
                """
            )
        ).ShouldBe(0L, $"kill {kill}: an act without its certificate");
        (
            await ScalarAsync(
                connection,
                """
                select count(*) from (
                    select c.certificate_id::text from certificate c
                    except all select e.detail ->> 'certificate_id' from submission_event e where e.action = 'certify') x
                """
            )
        ).ShouldBe(0L, $"kill {kill}: a certificate without its act, or twice");
        (
            await ScalarAsync(
                connection,
                """
                select count(*) from submission s
                where (s.state = 'certified')
                    <> exists (select from certificate c where c.submission_id = s.submission_id and c.voided_at is null)
                """
            )
        ).ShouldBe(0L, $"kill {kill}: state and certificate disagree");
        var job = Actor.Job(TimeProvider.System, "test");
        var data = TestData.Over(new TestDatabase(server.ConnectionString, server.OwnerConnectionString));
        (await data.ScalarAsync(job, "select count(*) from verify_progress()")).ShouldBe(
            0L,
            $"kill {kill}: the counts"
        );
        NpgsqlConnection.ClearAllPools();
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }
        return await command.ExecuteScalarAsync();
    }

    private static Task<EmbeddedPostgres> StartAsync(string folder) =>
        EmbeddedPostgres.StartAsync(new EmbeddedPostgresSettings { DataFolder = folder }, CancellationToken.None);

    private static void KillServer(string folder)
    {
        var cluster = Path.Combine(folder, "postgres", "server", "cluster");
        var note = PostmasterFile.Read(cluster);
        note.ShouldNotBeNull();
        using var postmaster = Process.GetProcessById(note.ProcessId);
        postmaster.Kill();
    }

    private static int Setting(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : usual;
}

using System.Text.Json;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Postgres;
using Thongthin.Platform.Security;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Certificates;

/// <summary>Whose submission is certified again and again, and by whom.</summary>
internal sealed record CertifierScene(
    SubmissionKey Key,
    TestPerson Recorder,
    TestPerson Certifier,
    TestPerson Officer,
    string WrappingKey
);

/// <summary>
/// A program that certifies until it is killed: it starts or joins the server, certifies a recorded submission, reports the
/// certificate once the operation has returned, has it returned and submitted, and begins again.
/// </summary>
internal static class CertifierLoop
{
    public const string Certified = "certified ";

    public static async Task<int> RunAsync(string dataFolder, string scenes)
    {
        var all = JsonSerializer.Deserialize<List<CertifierScene>>(await File.ReadAllTextAsync(scenes))!;
        Environment.SetEnvironmentVariable(WrappingKey.Setting, all[0].WrappingKey);
        var settings = new EmbeddedPostgresSettings { DataFolder = dataFolder };
        await using var server = await EmbeddedPostgres.StartAsync(settings, CancellationToken.None);
        var data = TestData.Over(new TestDatabase(server.ConnectionString, server.OwnerConnectionString));
        // two at a time, so that a kill meets a transaction in whatever part of its life
        await Task.WhenAll(all.Select(scene => RunAsync(data, scene)));
        return 0;
    }

    private static async Task RunAsync(TestData data, CertifierScene scene)
    {
        var topic = new TestTopic(data, scene.Recorder.Unit, null!, null!, "", null!, scene.Key)
        {
            Recorder = scene.Recorder,
            SecondRecorder = scene.Recorder,
            Certifier = scene.Certifier,
            Officer = scene.Officer,
        };
        while (true)
        {
            switch (await topic.StateAsync())
            {
                case SubmissionState.Recorded:
                    var certificate = await topic.CertifyAsync();
                    await Console.Out.WriteLineAsync($"{Certified}{certificate}");
                    await Console.Out.FlushAsync();
                    break;
                case SubmissionState.Certified:
                    await topic.ReturnAsync();
                    break;
                default:
                    await topic.SubmitAsync();
                    break;
            }
        }
    }
}

using Microsoft.Extensions.DependencyInjection;
using Thongthin.Data;
using Thongthin.Features.Certification;
using Thongthin.Features.Directory;
using Thongthin.Features.Extensions;
using Thongthin.Features.Forms;
using Thongthin.Features.Progress;
using Thongthin.Features.Reviewing;
using Thongthin.Features.Rounds;
using Thongthin.Features.SavedFilters;
using Thongthin.Features.Submissions;
using Thongthin.Platform.Security;

namespace Thongthin.Tests.Support;

internal sealed partial class TestData
{
    /// <summary>Wraps the keys in the databases of tests, so that every session and every application over one can read them.</summary>
    public static WrappingKey Key { get; } =
        Environment.GetEnvironmentVariable(WrappingKey.Setting) is { Length: > 0 } key
            ? WrappingKey.Load(key, "")
            : WrappingKey.Ephemeral();

    /// <summary>The features' own registrations over the session's context, without a web server.</summary>
    private ServiceProvider BuildServices() =>
        new ServiceCollection()
            .AddSingleton(Databases)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(Key)
            .AddScoped<TestSessionDb>()
            .AddScoped<AppDb>(provider => provider.GetRequiredService<TestSessionDb>().Value!)
            .AddForms()
            .AddDirectory()
            .AddRounds()
            .AddSubmissions()
            .AddCertification()
            .AddExtensions()
            .AddReviewing()
            .AddProgress(daily: false)
            .AddSavedFilters()
            .BuildServiceProvider();
}

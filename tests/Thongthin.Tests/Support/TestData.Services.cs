using Microsoft.Extensions.DependencyInjection;
using Thongthin.Data;
using Thongthin.Features.Directory;
using Thongthin.Features.Forms;
using Thongthin.Features.Rounds;
using Thongthin.Features.Submissions;

namespace Thongthin.Tests.Support;

internal sealed partial class TestData
{
    /// <summary>The features' own registrations over the session's context, without a web server.</summary>
    private ServiceProvider BuildServices() =>
        new ServiceCollection()
            .AddSingleton(Databases)
            .AddSingleton(TimeProvider.System)
            .AddScoped<TestSessionDb>()
            .AddScoped<AppDb>(provider => provider.GetRequiredService<TestSessionDb>().Value!)
            .AddForms()
            .AddDirectory()
            .AddRounds()
            .AddSubmissions()
            .BuildServiceProvider();
}

namespace Thongthin.Features.Progress;

internal static class ProgressFeature
{
    public static IServiceCollection AddProgress(this IServiceCollection services) =>
        services
            .AddScoped<ProgressQueries>()
            .AddScoped<ProgressRounds>()
            .AddScoped<ProgressUnits>()
            .AddScoped<StateQueries>()
            .AddScoped<SnapshotQueries>()
            .AddScoped<TakeSnapshot>()
            .AddScoped<TablePrint>()
            .AddSingleton<TableDocument>();
}

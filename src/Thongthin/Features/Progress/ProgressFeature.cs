namespace Thongthin.Features.Progress;

internal static class ProgressFeature
{
    /// <param name="daily">keep the daily tables while the program serves</param>
    public static IServiceCollection AddProgress(this IServiceCollection services, bool daily)
    {
        services
            .AddScoped<ProgressQueries>()
            .AddScoped<ProgressRounds>()
            .AddScoped<ProgressUnits>()
            .AddScoped<ProgressDays>()
            .AddScoped<StateQueries>()
            .AddScoped<SnapshotQueries>()
            .AddScoped<ComparisonQueries>()
            .AddScoped<TakeSnapshot>()
            .AddScoped<TablePrint>()
            .AddSingleton<TableDocument>();
        return daily ? services.AddHostedService<DailySnapshots>() : services;
    }
}

namespace Thongthin.Features.Rounds;

/// <summary>What the container holds of this feature.</summary>
internal static class RoundFeature
{
    public static IServiceCollection AddRounds(this IServiceCollection services) =>
        services
            .AddScoped<RoundQueries>()
            .AddScoped<RoundPlaces>()
            .AddScoped<CreateRound>()
            .AddScoped<ChangeRound>()
            .AddScoped<OpenRound>()
            .AddScoped<ScheduleOpening>()
            .AddScoped<CancelRound>();
}

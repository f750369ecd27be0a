namespace Thongthin.Features.Home;

/// <summary>What the container holds of this feature.</summary>
internal static class HomeFeature
{
    public static IServiceCollection AddHome(this IServiceCollection services) =>
        services.AddScoped<OfficeHomeQueries>();
}

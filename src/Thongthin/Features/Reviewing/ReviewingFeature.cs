namespace Thongthin.Features.Reviewing;

/// <summary>What the container holds of this feature.</summary>
internal static class ReviewingFeature
{
    public static IServiceCollection AddReviewing(this IServiceCollection services) =>
        services
            .AddScoped<FieldQueries>()
            .AddScoped<AskAboutField>()
            .AddScoped<SayInQuery>()
            .AddScoped<CloseQuery>()
            .AddScoped<Outliers>()
            .AddScoped<ReviewMany>();
}

namespace Thongthin.Features.Extensions;

/// <summary>What the container holds of this feature.</summary>
internal static class ExtensionFeature
{
    public static IServiceCollection AddExtensions(this IServiceCollection services) =>
        services
            .AddScoped<ExtensionQueries>()
            .AddScoped<GrantExtension>()
            .AddScoped<WithdrawExtension>()
            .AddScoped<AskForExtension>()
            .AddScoped<AnswerRequest>();
}

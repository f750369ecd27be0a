namespace Thongthin.Features.Authoring;

/// <summary>What the container holds of this feature.</summary>
internal static class AuthoringFeature
{
    public static IServiceCollection AddAuthoring(this IServiceCollection services) =>
        services.AddScoped<ReceiveForm>().AddScoped<PublishDraft>().AddScoped<DiscardDraft>().AddScoped<DraftQueries>();
}

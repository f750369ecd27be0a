namespace Thongthin.Features.Evidence;

/// <summary>What the container holds of this feature.</summary>
internal static class EvidenceFeature
{
    public static IServiceCollection AddEvidence(this IServiceCollection services) =>
        services.AddScoped<EvidenceQueries>();
}

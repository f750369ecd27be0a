using Thongthin.Features.Certification.Delegation;

namespace Thongthin.Features.Certification;

/// <summary>What the container holds of this feature.</summary>
internal static class CertificationFeature
{
    public static IServiceCollection AddCertification(this IServiceCollection services) =>
        services
            .AddScoped<CertificateList>()
            .AddScoped<CertificateChecks>()
            .AddScoped<CertificatePdf>()
            .AddScoped<ChangesSince>()
            .AddScoped<DelegationQueries>()
            .AddScoped<DelegateCertifying>()
            .AddScoped<EndDelegation>()
            .AddSingleton<CheckLimiter>();
}

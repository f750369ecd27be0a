using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Thongthin.Platform.Security;

namespace Thongthin.Data;

/// <summary>Ready means: the database answers the application role. A balancer then sends requests here.</summary>
internal sealed class DatabaseHealth(AppDbFactory databases, TimeProvider clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            await using var connection = await databases.OpenAsync(Actor.Public(clock), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException exception)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", exception);
        }
    }
}

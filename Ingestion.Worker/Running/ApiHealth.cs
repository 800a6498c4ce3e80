using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Discovery.Ingestion.Worker.Running;

/// <summary>Whether the worker can get runs.</summary>
internal sealed class ApiHealth(Runner runner) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(runner.IsReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
}

using Discovery.Ingestion.Api.Recipes;
using Discovery.Ingestion.Api.Store;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Discovery.Ingestion.Api;

/// <summary>Whether the control plane can work: its store answers, and the folder of the recipes can be read.</summary>
internal sealed class ControlHealth(ControlStore store, RecipeBook recipes) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            store.Read(connection => connection.Number("SELECT count(*) FROM recipes"));
        }
        catch (StoreUnavailableException e)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy(e.Message));
        }
        return Task.FromResult(recipes.FolderFault is { } fault ? HealthCheckResult.Unhealthy(fault) : HealthCheckResult.Healthy());
    }
}

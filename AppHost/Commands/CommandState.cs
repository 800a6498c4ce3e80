using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Discovery.AppHost.Commands;

/// <summary>When commands can be given.</summary>
internal static class CommandState
{
    /// <summary>While the resource runs and is healthy.</summary>
    public static ResourceCommandState EnabledWhenHealthy(UpdateCommandStateContext context) =>
        context.ResourceSnapshot.HealthStatus is HealthStatus.Healthy ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
}

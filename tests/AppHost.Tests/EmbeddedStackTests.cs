using Aspire.Hosting.ApplicationModel;

namespace Discovery.AppHost.Tests;

/// <summary>The stack without DataHub, run for real: processes of ours and one MySQL container.</summary>
[Trait("Category", "Long")]
public sealed class EmbeddedStackTests
{
    [Fact]
    public async Task Becomes_healthy()
    {
        await using var host = await RunningHost.StartAsync("--stack", "embedded");
        foreach (var name in (string[])["fleet", "catalog", "api", "worker"])
        {
            await host.App.ResourceNotifications.WaitForResourceHealthyAsync(name, WaitBehavior.StopOnResourceUnavailable, host.Patient);
        }
    }
}

using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.AppHost.Commands;

/// <summary>The command "Reset data": everything stops, what was stored is removed, and everything starts again.</summary>
internal static class ResetData
{
    private static readonly SemaphoreSlim One = new(1, 1);

    /// <summary>Adds it.</summary>
    /// <param name="resource">Where people find it.</param>
    /// <param name="folders">What to remove beside the volumes of the model.</param>
    public static IResourceBuilder<ProjectResource> WithResetData(this IResourceBuilder<ProjectResource> resource, HostFolders folders) =>
        resource.WithCommand("reset-data", "Reset data", context => RunAsync(context, folders), new CommandOptions
        {
            Description = "Stops everything, removes what is stored, and starts everything again.",
            ConfirmationMessage = "The whole catalog, all runs and schedules, and what people entered by hand are removed for good. Tokens of DataHub end with it. Go on?",
            IconName = "DeleteDismiss",
            Progress = new CommandProgressOptions { Title = "Reset data", Message = "Everything stops and starts again, which takes minutes with DataHub." },
        });

    private static async Task<ExecuteCommandResult> RunAsync(ExecuteCommandContext context, HostFolders folders)
    {
        if (!One.Wait(TimeSpan.Zero, context.CancellationToken))
        {
            return CommandResults.Failure("A reset is on its way already.");
        }
        try
        {
            return await ResetAsync(context, folders);
        }
        finally
        {
            One.Release();
        }
    }

    private static async Task<ExecuteCommandResult> ResetAsync(ExecuteCommandContext context, HostFolders folders)
    {
        var lifecycle = new Lifecycle(context);
        await lifecycle.StopAsync();
        foreach (var folder in Directory.GetDirectories(folders.Data))
        {
            Directory.Delete(folder, recursive: true);
        }

        // Raised when the orchestrator has removed the old container and not yet made the new one: nothing has the volumes then.
        var eventing = context.Services.GetRequiredService<IDistributedApplicationEventing>();
        var start = eventing.Subscribe<BeforeResourceStartedEvent>((starting, cancellationToken) => RemoveVolumesAsync(starting, cancellationToken));
        try
        {
            await lifecycle.StartAsync();
        }
        finally
        {
            eventing.Unsubscribe(start);
        }
        return CommandResults.Success("Everything that was stored is removed, and all is started again.");
    }

    private static async Task RemoveVolumesAsync(BeforeResourceStartedEvent start, CancellationToken cancellationToken)
    {
        foreach (var mount in start.Resource.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount is { Type: ContainerMountType.Volume, Source: not null }))
        {
            await ContainerVolumes.RemoveAsync(start.Services.GetRequiredService<IConfiguration>(), mount.Source!, cancellationToken);
        }
    }
}

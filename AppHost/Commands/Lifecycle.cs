using Microsoft.Extensions.DependencyInjection;

namespace Discovery.AppHost.Commands;

/// <summary>Stops all that the host has started, and starts it again, in the order in which resources wait for each other.</summary>
internal sealed class Lifecycle(ExecuteCommandContext context)
{
    /// <summary>How long one resource may take to be healthy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly ResourceCommandService _commands = context.Services.GetRequiredService<ResourceCommandService>();
    private readonly ResourceNotificationService _notifications = context.Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>All that has been started but what people start themselves.</summary>
    private readonly IResource[] _resources =
        [.. context.Services.GetRequiredService<DistributedApplicationModel>().Resources.Where(resource => !resource.Annotations.OfType<ExplicitStartupAnnotation>().Any())];

    /// <summary>Stops each resource after those that wait for it. A process that the orchestrator had to kill counts as not stopped with it, so that its answer says nothing.</summary>
    public Task StopAsync() => VisitAsync(
        resource => _resources.Where(other => WaitsOf(other).Contains(resource)),
        resource => ExecuteAsync(resource, KnownResourceCommands.StopCommand));

    /// <summary>Starts each resource after those that it waits for. One without a process of its own, such as a database, waits for what it stands for.</summary>
    /// <exception cref="DistributedApplicationException">One does not start.</exception>
    /// <exception cref="TimeoutException">One does not become healthy.</exception>
    public Task StartAsync() => VisitAsync(WaitsOf, async resource =>
    {
        var start = await ExecuteAsync(resource, KnownResourceCommands.StartCommand);
        if (!start.Success)
        {
            throw new DistributedApplicationException($"{resource.Name} does not start again: {start.Message ?? "its log says why"}");
        }
        if (resource.Annotations.OfType<HealthCheckAnnotation>().Any())
        {
            // The end of the process before may be told only now, and is not that of the new one.
            await _notifications.WaitForResourceHealthyAsync(resource.Name, WaitBehavior.WaitOnResourceUnavailable, context.CancellationToken).WaitAsync(Patience, context.CancellationToken);
        }
    });

    private static IEnumerable<IResource> WaitsOf(IResource resource) => resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource);

    private Task VisitAsync(Func<IResource, IEnumerable<IResource>> before, Func<IResource, Task> visit)
    {
        var begun = new Dictionary<IResource, Task>();
        return Task.WhenAll(_resources.Select(Begin));

        Task Begin(IResource resource) => begun.TryGetValue(resource, out var task) ? task : begun[resource] = VisitOneAsync(resource);

        async Task VisitOneAsync(IResource resource)
        {
            await Task.WhenAll(before(resource).Select(Begin).ToArray());
            await visit(resource);
        }
    }

    private Task<ExecuteCommandResult> ExecuteAsync(IResource resource, string command) =>
        resource.Annotations.OfType<ResourceCommandAnnotation>().Any(known => known.Name == command)
            ? _commands.ExecuteCommandAsync(resource, command, context.CancellationToken)
            : Task.FromResult(CommandResults.Success());
}

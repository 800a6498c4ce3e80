using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Discovery.AppHost.Commands;

/// <summary>The command "Ingest now" of the control plane.</summary>
internal static partial class IngestNow
{
    private const string Name = "ingest-now";

    /// <summary>Lets people queue a run of a recipe, and leads them to it.</summary>
    /// <param name="api">The control plane.</param>
    /// <param name="recipe">Name of the recipe.</param>
    /// <param name="token">An operator's; null where none is needed.</param>
    public static IResourceBuilder<ProjectResource> WithIngestNow(this IResourceBuilder<ProjectResource> api, string recipe, ReferenceExpression? token) =>
        api.WithHttpCommand("/api/v1/runs", "Ingest now", commandName: Name, commandOptions: new HttpCommandOptions
        {
            Description = $"Queues a run of the recipe {recipe}, for the next worker that is free.",
            IconName = "ArrowDownload",
            IsHighlighted = true,
            UpdateState = CommandState.EnabledWhenHealthy,
            PrepareRequest = async context =>
            {
                context.Request.Content = JsonContent.Create(new { recipe });
                if (token is not null)
                {
                    context.Request.Headers.Authorization = new("Bearer", await token.GetValueAsync(context.CancellationToken));
                }
            },
            GetCommandResult = async context =>
            {
                var answer = await context.Response.Content.ReadAsStringAsync(context.CancellationToken);
                if (!context.Response.IsSuccessStatusCode)
                {
                    return CommandResults.Failure($"The control plane refused the run ({(int)context.Response.StatusCode}): {Reason(answer)}");
                }
                var run = JsonElement.Parse(answer).GetProperty("id").GetString();
                return CommandResults.Success($"Run {run} is queued.", $"[Run {run} of {recipe}]({context.Endpoint.Url}/ingestion/runs/{run})", CommandResultFormat.Markdown, displayImmediately: true);
            },
        });

    /// <summary>Gives the command when the workers are ready for the first time.</summary>
    /// <param name="workers">The workers.</param>
    /// <param name="api">The control plane, with the command.</param>
    public static IResourceBuilder<ProjectResource> IngestsAtStart(this IResourceBuilder<ProjectResource> workers, IResourceBuilder<ProjectResource> api)
    {
        var given = 0;
        return workers.OnResourceReady(async (_, ready, cancellationToken) =>
        {
            if (Interlocked.Exchange(ref given, 1) == 0)
            {
                var result = await ready.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(api.Resource, Name, cancellationToken);
                if (!result.Success)
                {
                    NotIngested(ready.Services.GetRequiredService<ResourceLoggerService>().GetLogger(api.Resource), result.Message);
                }
            }
        });
    }

    [LoggerMessage(1, LogLevel.Error, "The ingestion of the start did not begin: {Reason}")]
    private static partial void NotIngested(ILogger logger, string? reason);

    // {"title":"Not Found","status":404,"detail":"There is no recipe fleet."}
    private static string Reason(string answer)
    {
        try
        {
            var problem = JsonElement.Parse(answer);
            return problem.TryGetProperty("detail", out var detail) && detail.GetString() is { } text ? text : problem.GetProperty("title").GetString()!;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return answer;
        }
    }
}

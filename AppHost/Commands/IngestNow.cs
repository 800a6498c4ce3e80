using System.Net.Http.Json;
using System.Text.Json;

namespace Discovery.AppHost.Commands;

/// <summary>The command "Ingest now" of the control plane.</summary>
internal static class IngestNow
{
    /// <summary>Lets people queue a run of a recipe, and leads them to it.</summary>
    /// <param name="api">The control plane.</param>
    /// <param name="recipe">Name of the recipe.</param>
    /// <param name="token">An operator's; null where none is needed.</param>
    public static IResourceBuilder<ProjectResource> WithIngestNow(this IResourceBuilder<ProjectResource> api, string recipe, ReferenceExpression? token) =>
        api.WithHttpCommand("/api/v1/runs", "Ingest now", commandName: "ingest-now", commandOptions: new HttpCommandOptions
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

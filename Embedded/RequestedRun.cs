using System.Net.Http.Json;
using System.Text.Json;
using Discovery.Ingestion.Control;

namespace Discovery.Embedded;

/// <summary>A run that was asked for through the API, as everybody asks, and has ended.</summary>
/// <param name="Run">How it ended.</param>
/// <param name="Report">Its report; null where it came to none.</param>
internal sealed record RequestedRun(RunView Run, JsonElement? Report)
{
    /// <summary>Asks for a run and waits for its end.</summary>
    /// <exception cref="HttpRequestException">The API refuses it.</exception>
    public static async Task<RequestedRun> ExecuteAsync(Uri api, string recipe, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = api };
        using var queued = await client.PostAsJsonAsync("/api/v1/runs", new RunRequest(recipe), ControlJson.Options, cancellationToken);
        if (!queued.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"The API refused the run: {await queued.Content.ReadAsStringAsync(cancellationToken)}");
        }
        var id = (await queued.Content.ReadFromJsonAsync<RunView>(ControlJson.Options, cancellationToken))!.Id;
        // What it tells ends with the run.
        await using (var events = await client.GetStreamAsync(new Uri($"/api/v1/runs/{id}/events", UriKind.Relative), cancellationToken))
        {
            await events.CopyToAsync(Stream.Null, cancellationToken);
        }
        var run = (await client.GetFromJsonAsync<RunView>($"/api/v1/runs/{id}", ControlJson.Options, cancellationToken))!;
        using var report = await client.GetAsync(new Uri($"/api/v1/runs/{id}/report", UriKind.Relative), cancellationToken);
        return new RequestedRun(run, report.IsSuccessStatusCode ? await report.Content.ReadFromJsonAsync<JsonElement>(cancellationToken) : null);
    }
}

using System.Net;
using System.Net.Http.Json;
using Discovery.Ingestion.Api.Recipes;
using Discovery.Ingestion.Api.Runs;
using Discovery.Ingestion.Api.Schedules;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;
using Discovery.Web.Access;
using Discovery.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Discovery.Ingestion.Api.Tests;

/// <summary>
/// A control plane as its program starts it, on a free port of this machine, with folders of its own and words for what tests do with it.
/// Its clock stands still until it is told to go on, and what it does as time goes by, it does when it is told to.
/// </summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("control-");
    private readonly Func<ControlSettings, ControlSettings> _settings;
    private readonly TimeProvider? _time;
    private WebApplication _app = null!;

    private ControlServer(Func<ControlSettings, ControlSettings> settings, TimeProvider? time) => (_settings, _time) = (settings, time);

    public TestClock Clock { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    public string DataFolder => Path.Combine(_folder.FullName, "data");

    public string RecipeFolder => Path.Combine(_folder.FullName, "recipes");

    public ControlStore Store => Service<ControlStore>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts one.</summary>
    /// <param name="settings">Changes the settings.</param>
    /// <param name="time">Another clock, with which everything goes by itself.</param>
    /// <param name="recipes">Names of recipes to begin with.</param>
    public static async Task<ControlServer> StartAsync(Func<ControlSettings, ControlSettings>? settings = null, TimeProvider? time = null, params string[] recipes)
    {
        var server = new ControlServer(settings ?? (same => same), time);
        Directory.CreateDirectory(server.RecipeFolder);
        foreach (var recipe in recipes)
        {
            server.WriteRecipe(recipe);
        }
        await server.OpenAsync();
        return server;
    }

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Ends the program and starts it again on the same folders.</summary>
    public async Task RestartAsync(Action? meanwhile = null)
    {
        await CloseAsync();
        meanwhile?.Invoke();
        await OpenAsync();
    }

    /// <summary>Puts a recipe into the folder; it is not read yet.</summary>
    public void WriteRecipe(string name, string deployment = "", string database = "shop") => File.WriteAllText(Path.Combine(RecipeFolder, $"{name}.yml"), RecipeText(deployment, database));

    public static string RecipeText(string deployment = "", string database = "shop") =>
        $$"""
        source:
          type: mysql
          config:
            host_port: localhost:3306
            username: reader
            password: ${MYSQL_PASSWORD}
            database: {{database}}
        sink:
          type: datahub-rest
          config:
            server: http://localhost:8080
        {{deployment}}
        """;

    public Task ReadRecipesAsync() => Service<RecipeBook>().ReadAsync(Cancellation);

    public Task FireSchedulesAsync() => Service<ScheduleFiring>().FireAsync();

    public Task EndLostAsync() => Service<LostRuns>().CheckAsync();

    public Task RemoveOldAsync() => Service<Retention>().RunAsync(Cancellation);

    public async Task<RunView> QueueAsync(string recipe, RunKind kind = RunKind.Run)
    {
        using var response = await PostAsync("runs", new RunRequest(recipe, kind));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await ReadAsync<RunView>(response);
    }

    /// <summary>Claims a run where one waits.</summary>
    public Task<ClaimedRun?> TryClaimAsync(string worker = "w1", string? lease = null, params string[] labels) =>
        Service<RunClaims>().TryClaimAsync(new ClaimRequest(lease ?? Lease(worker), worker, labels));

    /// <summary>Claims a run where one waits, and begins with it.</summary>
    public async Task<ClaimedRun> BeginAsync(string worker = "w1")
    {
        var run = await TryClaimAsync(worker);
        Assert.NotNull(run);
        using var beat = await BeatAsync(run.RunId, worker);
        Assert.Equal(HttpStatusCode.OK, beat.StatusCode);
        return run;
    }

    /// <summary>Claims a run that waits.</summary>
    public async Task<ClaimedRun> ClaimAsync(string worker = "w1", string? lease = null, params string[] labels)
    {
        using var response = await PostAsync("worker/claims", new ClaimRequest(lease ?? Lease(worker), worker, labels));
        return await ReadAsync<ClaimedRun>(response);
    }

    public static string Lease(string worker) => $"{worker}0123456789abcdef";

    public Task<HttpResponseMessage> BeatAsync(string run, string worker = "w1", RunProgress? progress = null, params LogLine[] log) =>
        PostAsync($"worker/runs/{run}/beat", new BeatRequest(Lease(worker), progress, log));

    public Task<HttpResponseMessage> FinishAsync(string run, string worker = "w1", RunState state = RunState.Succeeded, string? reason = null, params LogLine[] log) =>
        PostAsync($"worker/runs/{run}/finish", new FinishRequest { Lease = Lease(worker), State = state, Reason = reason, Log = log });

    public Task<HttpResponseMessage> ReleaseAsync(string run, string worker = "w1", string reason = "The worker ends.") =>
        PostAsync($"worker/runs/{run}/release", new ReleaseRequest(Lease(worker), reason, []));

    public Task<HttpResponseMessage> CancelAsync(string run) => PostAsync($"runs/{run}/cancel", new { });

    public Task<RunView> RunAsync(string id) => GetAsync<RunView>($"runs/{id}");

    public Task<RecipeView> RecipeAsync(string name) => GetAsync<RecipeView>($"recipes/{name}");

    public async Task<IReadOnlyList<RunView>> RunsAsync(string query = "") => (await GetAsync<Page<RunView>>($"runs?limit=200&{query}")).Items;

    public async Task<T> GetAsync<T>(string path)
    {
        using var response = await Client.GetAsync(path, Cancellation);
        return await ReadAsync<T>(response);
    }

    public async Task<HttpResponseMessage> PostAsync<T>(string path, T body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: ControlJson.Options) };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }
        return await Client.SendAsync(request, HttpCompletionOption.ResponseContentRead, Cancellation);
    }

    public static async Task<T> ReadAsync<T>(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {text}");
        return System.Text.Json.JsonSerializer.Deserialize<T>(text, ControlJson.Options)!;
    }

    /// <summary>What a refused request was told.</summary>
    public static async Task<string> FaultAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = System.Text.Json.JsonDocument.Parse(text);
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
        return problem.RootElement.GetProperty("detail").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Delete(recursive: true);
    }

    private async Task OpenAsync()
    {
        var builder = ServerHost.CreateBuilder("control", new AccessSettings { Urls = ["http://127.0.0.1:0"], KeyFolder = DataFolder });
        builder.Services.AddSingleton(_time ?? Clock);
        builder.Services.AddControlPlane(_settings(new ControlSettings { DataFolder = DataFolder, RecipeFolder = RecipeFolder }));
        if (_time is null)
        {
            builder.Services.Remove(builder.Services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(ControlClock)));
        }
        _app = builder.Build();
        _app.UseServerDefaults();
        _app.MapControlPlane();
        var addresses = await _app.ListenAsync(Cancellation);
        Client = new HttpClient { BaseAddress = new Uri($"{addresses[0]}/api/v1/"), Timeout = TimeSpan.FromSeconds(60) };
    }

    private async Task CloseAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}

using System.Net;
using System.Net.Http.Json;
using Discovery.Ingestion.Control;
using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.Control;

/// <summary>Catalog, API and workers, each in a process of its own, around a server that a test made.</summary>
internal sealed class ControlRig : IAsyncDisposable
{
    /// <summary>How long a worker has a run after each beat, in seconds: so short that tests need not wait long for its end.</summary>
    public const int LeaseSeconds = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("discovery-control-");
    private readonly List<ServerProcess> _processes = [];
    private readonly HttpClient _client = new();
    private readonly IReadOnlyDictionary<string, string> _variables;
    private FaultyProxy? _network;

    private ControlRig(IReadOnlyDictionary<string, string> variables)
    {
        _variables = variables;
        Recipes = _folder.CreateSubdirectory("recipes").FullName;
    }

    /// <summary>The folder that the API reads.</summary>
    public string Recipes { get; }

    /// <summary>The folder of the API's store.</summary>
    public string Data => Path.Combine(_folder.FullName, "control");

    /// <summary>The API that runs now.</summary>
    public ServerProcess Api { get; private set; } = null!;

    /// <summary>What is between the workers and the API.</summary>
    public FaultyProxy Network => _network!;

    /// <summary>Where the API is, without the network between.</summary>
    public Uri ApiAddress { get; private set; } = null!;

    /// <summary>The catalog that runs now.</summary>
    public ServerProcess Catalog { get; private set; } = null!;

    /// <summary>Where the catalog is.</summary>
    public Uri CatalogAddress { get; private set; } = null!;

    /// <summary>Starts catalog and API.</summary>
    /// <param name="variables">More for the environment of all programs.</param>
    public static async Task<ControlRig> StartAsync(IReadOnlyDictionary<string, string>? variables = null)
    {
        var rig = new ControlRig(variables ?? new Dictionary<string, string>());
        try
        {
            await rig.StartCatalogAsync();
            await rig.StartApiAsync();
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the API, the next time where it was before.</summary>
    public async Task StartApiAsync()
    {
        Api = Start("Ingestion.Api", "api", "--data", Data, "--recipes", Recipes, "--urls", ApiAddress?.ToString() ?? "http://127.0.0.1:0", "--lease", $"{LeaseSeconds}s");
        ApiAddress = await Api.AddressAsync();
        _network ??= new FaultyProxy(ApiAddress.Port);
    }

    /// <summary>Starts the catalog, the next time where it was before.</summary>
    public async Task StartCatalogAsync()
    {
        Catalog = Start("Catalog", "catalog", "--data", Path.Combine(_folder.FullName, "catalog"), "--urls", CatalogAddress?.ToString() ?? "http://127.0.0.1:0");
        CatalogAddress = await Catalog.AddressAsync();
    }

    /// <summary>Starts a worker at the network's end.</summary>
    public ServerProcess StartWorker(string name) =>
        Start("Ingestion.Worker", "worker", "--api", Network.Address, "--name", name, "--file-root", _folder.CreateSubdirectory($"files-{name}").FullName, "--grace", "1s");

    /// <summary>Has a worker begin with a run and kills it.</summary>
    public async Task LoseAsync(string run, string worker)
    {
        var process = StartWorker(worker);
        await UntilAsync(run, view => view.Worker == worker);
        while (!(await LogAsync(run)).Any(line => line.Text.Contains(worker, StringComparison.Ordinal)))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        await process.KillAsync();
    }

    /// <summary>Writes a recipe that reads from a server of the tests and writes to the catalog.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="hostPort">Where the server is.</param>
    /// <param name="database">The one to read.</param>
    /// <param name="sink">Where the catalog is, where it is not to be met directly.</param>
    /// <param name="tries">How often a request to the catalog is sent at most.</param>
    public void WriteRecipe(string name, string hostPort, string database, string? sink = null, int tries = 4) => File.WriteAllText(Path.Combine(Recipes, $"{name}.yml"), $$"""
        source:
          type: mysql
          config:
            host_port: "{{hostPort}}"
            username: {{TestServer.Full}}
            password: "{{TestServer.Password}}"
            database: {{database}}
            options: { connect_args: { ssl_disabled: true } }
        sink:
          type: datahub-rest
          config:
            server: "{{sink ?? CatalogAddress.GetLeftPart(UriPartial.Authority)}}"
            retry_max_times: {{tries}}
        """);

    /// <summary>Asks for a run.</summary>
    public async Task<RunView> QueueAsync(string recipe)
    {
        using var answer = await _client.PostAsJsonAsync(new Uri(ApiAddress, "/api/v1/runs"), new RunRequest(recipe), ControlJson.Options, TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (await answer.Content.ReadFromJsonAsync<RunView>(ControlJson.Options, TestContext.Current.CancellationToken))!;
    }

    /// <summary>Asks for the end of a run.</summary>
    public async Task CancelAsync(string run)
    {
        using var body = JsonContent.Create(new { });
        using var answer = await _client.PostAsync(new Uri(ApiAddress, $"/api/v1/runs/{run}/cancel"), body, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until a run is as it is to be.</summary>
    public async Task<RunView> UntilAsync(string run, Func<RunView, bool> condition)
    {
        while (true)
        {
            if (await ReadAsync<RunView>($"runs/{run}") is { } view && condition(view))
            {
                return view;
            }
            Assert.All(_processes, process => Assert.False(process.HasFailed, process.Output));
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits for the end of a run.</summary>
    public Task<RunView> EndAsync(string run) => UntilAsync(run, view => view.Ended is not null);

    /// <summary>All runs, those asked for last first.</summary>
    public async Task<IReadOnlyList<RunView>> RunsAsync() => (await ReadAsync<Page<RunView>>("runs?limit=200"))!.Items;

    /// <summary>The log of a run as lines of JSON.</summary>
    public async Task<IReadOnlyList<LogLine>> LogAsync(string run)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(ApiAddress, $"/api/v1/runs/{run}/log"));
        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Text.Json.JsonSerializer.Deserialize<LogLine>(line, ControlJson.Options)!)];
    }

    /// <summary>How many datasets the catalog has.</summary>
    public async Task<int> DatasetsAsync()
    {
        using var answer = await _client.PostAsJsonAsync(new Uri(CatalogAddress, "/entities?action=search"), new { entity = "dataset", input = "*", start = 0, count = 0 }, TestContext.Current.CancellationToken);
        using var json = await System.Text.Json.JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), default, TestContext.Current.CancellationToken);
        return json.RootElement.GetProperty("value").GetProperty("numEntities").GetInt32();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
        if (_network is not null)
        {
            await _network.DisposeAsync();
        }
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private ServerProcess Start(string program, params string[] arguments)
    {
        var process = ServerProcess.Start(program, _folder.FullName, _variables, arguments);
        _processes.Add(process);
        return process;
    }

    /// <returns>Null where the API does not answer, or has no such thing.</returns>
    private async Task<T?> ReadAsync<T>(string path)
        where T : class
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri(ApiAddress, $"/api/v1/{path}"), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<T>(ControlJson.Options, TestContext.Current.CancellationToken) : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}

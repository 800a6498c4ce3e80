using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Tests.Sinks.DataHubRest;

/// <summary>What the server is to answer.</summary>
internal sealed record Reply(int Status = 200, string Body = """{"value":"success"}""")
{
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Answers only after this.</summary>
    public Task Gate { get; init; } = Task.CompletedTask;

    /// <summary>Cuts the connection in place of an answer.</summary>
    public bool Reset { get; init; }
}

/// <summary>A request that came.</summary>
internal sealed record RecordedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonNode? Json => Body.Length == 0 ? null : JsonNode.Parse(Body);

    /// <summary>Urns of the records, in order.</summary>
    public IReadOnlyList<string> Urns => Json switch
    {
        JsonArray entities => [.. entities.Select(entity => (string)entity!["urn"]!)],
        JsonObject body when body["proposals"] is JsonArray proposals => [.. proposals.Select(proposal => (string)proposal!["entityUrn"]!)],
        JsonObject body when body["proposal"] is { } proposal => [(string)proposal["entityUrn"]!],
        _ => [],
    };

    /// <summary>Aspect values of the proposals, in order.</summary>
    public IReadOnlyList<string> Values => Json switch
    {
        JsonObject body when body["proposals"] is JsonArray proposals => [.. proposals.Select(proposal => (string)proposal!["aspect"]!["value"]!)],
        JsonObject body when body["proposal"] is { } proposal => [(string)proposal["aspect"]!["value"]!],
        _ => [],
    };
}

/// <summary>A server that keeps each request and answers as the test says. Writes only; <c>/config</c> is answered as DataHub does.</summary>
internal sealed class RecordingServer : IAsyncDisposable
{
    public const string Config = """{"noCode":"true","versions":{"acryldata/datahub":{"version":"v1.7.0","commit":"ref"}},"datahub":{"serverEnv":"core"}}""";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly SemaphoreSlim _arrived = new(0);

    private RecordingServer(WebApplication app) => _app = app;

    /// <summary>Answers <c>GET /config</c>.</summary>
    public Func<RecordedRequest, Reply> OnConfig { get; set; } = _ => new Reply(200, Config);

    /// <summary>Answers everything else.</summary>
    public Func<RecordedRequest, Reply> OnWrite { get; set; } = _ => new Reply();

    public string Address => _app.Urls.Single();

    public int Port => new Uri(Address).Port;

    public IReadOnlyList<RecordedRequest> All => [.. _requests];

    public IReadOnlyList<RecordedRequest> Writes => [.. _requests.Where(request => request.Target != "/config")];

    public static async Task<RecordingServer> StartAsync(X509Certificate2? certificate = null, bool wantsClientCertificate = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
            {
                if (certificate is not null)
                {
                    listen.UseHttps(certificate, https =>
                    {
                        https.ClientCertificateMode = wantsClientCertificate
                            ? Microsoft.AspNetCore.Server.Kestrel.Https.ClientCertificateMode.RequireCertificate
                            : Microsoft.AspNetCore.Server.Kestrel.Https.ClientCertificateMode.NoCertificate;
                        https.ClientCertificateValidation = static (_, _, _) => true;
                    });
                }
            });
        });
        var app = builder.Build();
        var server = new RecordingServer(app);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Waits for the next request that was not waited for yet.</summary>
    public Task ArrivedAsync() => _arrived.WaitAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var request = new RecordedRequest(
            http.Request.Method,
            http.Features.Get<IHttpRequestFeature>()!.RawTarget,
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync());
        _requests.Enqueue(request);
        var isConfig = request.Target == "/config";
        var reply = isConfig ? OnConfig(request) : OnWrite(request);
        if (!isConfig)
        {
            _arrived.Release();
        }
        await reply.Gate.WaitAsync(http.RequestAborted);
        if (reply.Reset)
        {
            http.Abort();
            return;
        }
        http.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
        {
            http.Response.Headers[name] = value;
        }
        await http.Response.WriteAsync(reply.Body);
    }
}

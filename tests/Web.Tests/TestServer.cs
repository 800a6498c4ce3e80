using Discovery.Web.Access;
using Discovery.Web.Faults;
using Discovery.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.Web.Tests;

/// <summary>A server with an endpoint of each kind, on a free port of this machine, in its own folder.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;

    private TestServer(DirectoryInfo folder, WebApplication app)
    {
        _folder = folder;
        _app = app;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public string KeyFolder => _folder.FullName;

    /// <summary>Such as <c>127.0.0.1:43211</c>.</summary>
    public string Host => Client.BaseAddress!.Authority;

    public static async Task<TestServer> StartAsync(Func<AccessSettings, AccessSettings>? change = null)
    {
        var folder = Directory.CreateTempSubdirectory("web-tests-");
        var settings = new AccessSettings { Urls = ["http://127.0.0.1:0"], KeyFolder = folder.FullName };
        var builder = ServerHost.CreateBuilder("web-tests", change?.Invoke(settings) ?? settings);
        builder.Services.AddSingleton(new GmsPaths(["/aspects"]));
        var app = builder.Build();
        app.UseServerDefaults();
        app.MapGet("/config", () => "open").AllowAnonymous();
        app.MapGet("/page", (HttpContext context) => context.User.Identity?.Name ?? "nobody");
        app.MapGet("/shell", () => new RazorComponentResult<FaultPage>(new { Title = "A page", Message = "<b>" }));
        app.MapMethods("/aspects", ["POST", "PUT", "PATCH", "DELETE"], (HttpContext context) => context.User.Identity?.Name ?? "nobody");
        app.MapPost("/defect", (Func<string>)(() => throw new InvalidOperationException("secret detail")));
        app.MapPost("/echo", async (HttpContext context) => (await new StreamReader(context.Request.Body).ReadToEndAsync()).Length);
        await app.ListenAsync(CancellationToken.None);
        return new TestServer(folder, app);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null, string? type = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (type is not null || body is not null)
        {
            request.Content = new StringContent(body ?? "");
            request.Content.Headers.Remove("Content-Type");
            if (type is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }
        }
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, null, headers);

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, "{}", "application/json", headers);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

using System.Net;
using Discovery.Web.Access;
using Discovery.Web.Faults;
using Discovery.Web.Hosting;
using Discovery.Web.Shell;
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

    public static async Task<TestServer> StartAsync(Func<AccessSettings, AccessSettings>? change = null, TimeProvider? time = null)
    {
        var folder = Directory.CreateTempSubdirectory("web-tests-");
        var settings = new AccessSettings { Urls = ["http://127.0.0.1:0"], KeyFolder = folder.FullName };
        var builder = ServerHost.CreateBuilder("web-tests", change?.Invoke(settings) ?? settings);
        builder.Services.AddSingleton(new GmsPaths(["/aspects"]));
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(new NavigationLink("Second", "/shell/below", 2)).AddSingleton(new NavigationLink("First", "/shell", 1));
        var app = builder.Build();
        app.UseServerDefaults();
        app.MapGet("/config", () => "open").AllowAnonymous();
        app.MapGet("/page", (HttpContext context) => context.User.Identity?.Name ?? "nobody");
        app.MapGet("/operate", () => "").Require(AccessRole.Operator);
        app.MapPost("/view", () => "").Require(AccessRole.Viewer);
        app.MapMethods("/work", ["GET", "POST"], (HttpContext context) => context.User.Identity?.Name ?? "nobody").Require(AccessRole.Worker);
        app.MapPost("/mixed", () => "").Require(request => request.Query.ContainsKey("read") ? AccessRole.Viewer : AccessRole.Operator);
        app.MapGet("/shell/{**rest}", () => new RazorComponentResult<FaultPage>(new { Title = "A page", Message = "<b>" }));
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

    /// <summary>Sends a form of one of our own pages.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string path, Dictionary<string, string> members, params (string Name, string Value)[] headers)
    {
        using var form = new FormUrlEncodedContent(members);
        var body = await form.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return await SendAsync(HttpMethod.Post, path, body, "application/x-www-form-urlencoded", [("Origin", $"http://{Host}"), .. headers]);
    }

    /// <summary>Logs in by a token.</summary>
    /// <returns>The cookie.</returns>
    public async Task<(string Name, string Value)> LogInAsync(string token)
    {
        using var login = await SubmitAsync("/login", new() { ["token"] = token, ["back"] = "/" });
        Assert.Equal(HttpStatusCode.SeeOther, login.StatusCode);
        return ("Cookie", Assert.Single(login.Headers.GetValues("Set-Cookie")).Split(';')[0]);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Discovery.Ingestion.Api.Pages;
using Discovery.Web.Access;
using Discovery.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.Ingestion.Api.Tests.Access;

/// <summary>A control plane that asks for tokens, as its program maps it, with one recipe and a token of each role.</summary>
public sealed partial class AccessServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("control-access-");
    private readonly Dictionary<AccessRole, string> _tokens = [];
    private WebApplication _app = null!;

    public HttpClient Client { get; private set; } = null!;

    public string TokenFile => Path.Combine(_folder.FullName, "tokens");

    /// <summary>The addresses of all endpoints by method and route, such as <c>GET /api/v1/runs/{id}</c>.</summary>
    public IReadOnlyDictionary<string, string> Endpoints { get; private set; } = null!;

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    public async ValueTask InitializeAsync()
    {
        foreach (var role in Enum.GetValues<AccessRole>())
        {
            _tokens.Add(role, StaticTokens.Add(TokenFile, $"a-{role}", role, expires: null));
        }
        var recipes = _folder.CreateSubdirectory("recipes").FullName;
        File.WriteAllText(Path.Combine(recipes, "shop.yml"), ControlServer.RecipeText());
        var builder = ServerHost.CreateBuilder("control", new AccessSettings { Urls = ["http://127.0.0.1:0"], KeyFolder = _folder.FullName, TokenFile = TokenFile });
        builder.Services.AddSingleton(Time);
        builder.Services.AddControlPlane(new ControlSettings { DataFolder = Path.Combine(_folder.FullName, "data"), RecipeFolder = recipes });
        _app = builder.Build();
        _app.UseServerDefaults();
        _app.MapControlPlane();
        PageEndpoints.MapFirst(_app);
        var addresses = await _app.ListenAsync(CancellationToken.None);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(addresses[0]) };
        Endpoints = ReadEndpoints();
    }

    public AuthenticationHeaderValue Bearer(AccessRole role) => new("Bearer", _tokens[role]);

    public string Token(AccessRole role) => _tokens[role];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    // The names of files have the hash of their content.
    private Dictionary<string, string> ReadEndpoints() => (
        from endpoint in _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()
        let route = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"]
        select (Name: $"{method} {Hash().Replace(route, ".")}", Address: Parameter().Replace(route, "none"))).ToDictionary(endpoint => endpoint.Name, endpoint => endpoint.Address);

    [GeneratedRegex(@"\.[0-9a-f]{16}\.")]
    private static partial Regex Hash();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}

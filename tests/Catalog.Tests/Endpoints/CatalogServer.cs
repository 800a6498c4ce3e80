using System.Net.Http.Headers;
using Discovery.Web.Access;
using Discovery.Web.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Discovery.Catalog.Tests.Endpoints;

/// <summary>A catalog over an empty folder, on a free port of this machine, as its program starts it.</summary>
public class CatalogServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("catalog-");
    private WebApplication? _app;

    /// <summary>Such as <c>http://127.0.0.1:43211</c>.</summary>
    public string Url { get; private set; } = "";

    /// <summary>What clients must show; null where they need not.</summary>
    public string? Token { get; protected init; }

    /// <summary>Asks the server, with the token.</summary>
    public HttpClient Client { get; private set; } = null!;

    protected string Folder => _folder.FullName;

    public async ValueTask InitializeAsync()
    {
        var builder = ServerHost.CreateBuilder("catalog", new AccessSettings { Urls = ["http://127.0.0.1:0"], KeyFolder = Folder, Tokens = Token is not null });
        builder.Services.AddCatalog(Folder);
        _app = builder.Build();
        _app.UseServerDefaults();
        _app.MapCatalog();
        Url = (await _app.ListenAsync(CancellationToken.None))[0];
        Client = new HttpClient { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromSeconds(30) };
        Client.DefaultRequestHeaders.Authorization = Token is null ? null : new AuthenticationHeaderValue("Bearer", Token);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app!.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>A catalog that asks for a token.</summary>
public sealed class ClosedCatalogServer : CatalogServer
{
    public ClosedCatalogServer() => Token = TokenOf(AccessRole.Operator);

    public string TokenOf(AccessRole role) => OwnTokens.Create(Folder, "kit", TimeSpan.FromHours(1), TimeProvider.System, role);
}

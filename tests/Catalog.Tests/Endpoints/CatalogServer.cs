using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Catalog.Tests.Endpoints;

/// <summary>A catalog over an empty folder, on a free port of this machine.</summary>
public sealed class CatalogServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("catalog-");
    private WebApplication? _app;

    /// <summary>Such as <c>http://127.0.0.1:43211</c>.</summary>
    public string Url => _app!.Urls.First();

    /// <summary>Asks the server; paths go as they are written.</summary>
    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddCatalog(_folder.FullName);
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapGet("/health", () => "");
        _app.MapCatalog();
        await _app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromSeconds(30) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app!.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

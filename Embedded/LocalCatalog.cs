using Discovery.Catalog;
using Discovery.Web.Access;
using Discovery.Web.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Discovery.Embedded;

/// <summary>The catalog in this process, for this machine alone.</summary>
internal sealed class LocalCatalog : IAsyncDisposable
{
    /// <summary>Where DataHub's own clients look for a catalog.</summary>
    private const int UsualPort = 8080;

    private readonly WebApplication _app;

    private LocalCatalog(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
    }

    /// <summary>Such as <c>http://127.0.0.1:8080</c>.</summary>
    public Uri Address { get; }

    /// <summary>Starts it on the usual port, or on any free one where that is taken.</summary>
    /// <param name="folder">Where its store is.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="CatalogException">The folder is in use, or of a newer version.</exception>
    public static async Task<LocalCatalog> StartAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await StartAsync(folder, UsualPort, cancellationToken);
        }
        catch (AccessSettingsException)
        {
            return await StartAsync(folder, port: 0, cancellationToken);
        }
    }

    /// <summary>Starts it on a port; 0 for any free one.</summary>
    public static async Task<LocalCatalog> StartAsync(string folder, int port, CancellationToken cancellationToken)
    {
        var builder = ServerHost.CreateBuilder("discovery", new AccessSettings { Urls = [$"http://127.0.0.1:{port}"], KeyFolder = folder });
        builder.Services.AddCatalog(folder);
        var app = builder.Build();
        try
        {
            app.UseServerDefaults();
            app.MapCatalog();
            return new LocalCatalog(app, new Uri((await app.ListenAsync(cancellationToken))[0]));
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

using Discovery.Catalog;
using Discovery.Ingestion.Api;
using Discovery.Web.Access;
using Discovery.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Discovery.Embedded;

/// <summary>Catalog and control plane in this process on one port, for this machine alone.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    /// <summary>Where DataHub's own clients look for a catalog.</summary>
    private const int UsualPort = 8080;

    private readonly WebApplication _app;

    private LocalServer(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
    }

    /// <summary>Such as <c>http://127.0.0.1:8080</c>.</summary>
    public Uri Address { get; }

    /// <summary>Where it logs to.</summary>
    public ILoggerFactory Loggers => _app.Services.GetRequiredService<ILoggerFactory>();

    /// <summary>Starts them on the usual port, or on any free one where that is taken.</summary>
    /// <param name="catalogFolder">The folder of the catalog's store.</param>
    /// <param name="control">What the control plane works with.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="CatalogException">The folder of the catalog is in use, or of a newer version.</exception>
    /// <exception cref="ControlException">The folder of the control plane is in use, or of a newer version.</exception>
    public static async Task<LocalServer> StartAsync(string catalogFolder, ControlSettings control, CancellationToken cancellationToken)
    {
        try
        {
            return await StartAsync(catalogFolder, control, UsualPort, cancellationToken);
        }
        catch (AccessSettingsException)
        {
            return await StartAsync(catalogFolder, control, port: 0, cancellationToken);
        }
    }

    /// <summary>Starts them on a port; 0 for any free one.</summary>
    public static async Task<LocalServer> StartAsync(string catalogFolder, ControlSettings control, int port, CancellationToken cancellationToken)
    {
        var builder = ServerHost.CreateBuilder("discovery", new AccessSettings { Urls = [$"http://127.0.0.1:{port}"], KeyFolder = catalogFolder });
        builder.Services.AddCatalog(catalogFolder);
        builder.Services.AddControlPlane(control);
        var app = builder.Build();
        try
        {
            app.UseServerDefaults();
            app.MapCatalog();
            app.MapControlPlane();
            return new LocalServer(app, new Uri((await app.ListenAsync(cancellationToken))[0]));
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

using System.Text;
using Discovery.Catalog;
using Discovery.Catalog.Store;
using Discovery.Catalog.Writes;
using Discovery.Metadata;
using Discovery.Metadata.Model;
using Discovery.Web.Access;
using Discovery.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.EndToEnd.Tests;

/// <summary>A catalog in this process, in a folder of its own, on a free port of loopback.</summary>
internal sealed class CatalogServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly WebApplication _app;
    private readonly CatalogStore _store;

    private CatalogServer(string folder, WebApplication app, string address)
    {
        _folder = folder;
        _app = app;
        _store = app.Services.GetRequiredService<CatalogStore>();
        Address = address;
    }

    /// <summary>Such as <c>http://127.0.0.1:41234</c>.</summary>
    public string Address { get; }

    /// <summary>The folder of its data.</summary>
    public string Folder => _folder;

    public static async Task<CatalogServer> StartAsync(CancellationToken cancellationToken, Func<AccessSettings, AccessSettings>? change = null)
    {
        var folder = Directory.CreateTempSubdirectory("pages-").FullName;
        var settings = new AccessSettings { Urls = ["http://127.0.0.1:0"], KeyFolder = folder };
        var builder = ServerHost.CreateBuilder("pages", change?.Invoke(settings) ?? settings);
        builder.Services.AddCatalog(folder);
        var app = builder.Build();
        app.UseServerDefaults();
        app.MapCatalog();
        var addresses = await app.ListenAsync(cancellationToken);
        return new CatalogServer(folder, app, addresses[0]);
    }

    /// <summary>Writes aspects as one run.</summary>
    public Task WriteAsync(string run, params IEnumerable<(string Urn, string Aspect, string Json)> aspects) => _store.WriteAsync(
        [
            .. aspects.Select(aspect =>
            {
                var urn = Urn.Parse(aspect.Urn);
                return new AspectChange(
                    urn, AspectRegistry.Instance.Entities[urn.EntityType], AspectRegistry.Instance.Aspects[aspect.Aspect], ChangeKind.Upsert,
                    Encoding.UTF8.GetBytes(aspect.Json), new SystemMetadata(1_700_000_000_000, run, null), WriteConditions.None);
            }),
        ],
        "urn:li:corpuser:ingestion",
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

using Discovery.Catalog.Search;
using Discovery.Catalog.Store;
using Microsoft.Extensions.Hosting;

namespace Discovery.Catalog;

/// <summary>Fills the search index from the store before the server listens, and keeps it up to date.</summary>
internal sealed class CatalogStart(CatalogStore store, SearchIndex index) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var entities in store.ReadAll().Chunk(1000))
        {
            cancellationToken.ThrowIfCancellationRequested();
            index.Apply(entities);
        }
        store.Changed += index.Apply;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

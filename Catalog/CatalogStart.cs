using Discovery.Catalog.Search;
using Microsoft.Extensions.Hosting;

namespace Discovery.Catalog;

/// <summary>Has the search index ready before the server listens, and saves it after the last request.</summary>
internal sealed class CatalogStart(SearchIndexing indexing) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => indexing.SaveAsync(cancellationToken);
}

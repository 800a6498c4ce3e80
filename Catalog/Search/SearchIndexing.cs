using Discovery.Catalog.Store;
using Microsoft.Extensions.Logging;

namespace Discovery.Catalog.Search;

/// <summary>Keeps the search index in step with the store, and saves it so that a start need not read every aspect again.</summary>
internal sealed class SearchIndexing
{
    private const int Batch = 1000;

    // Until then, what has changed since the index was saved is read again in a part of a second.
    private const int SaveAfter = 20_000;

    private readonly CatalogStore _store;
    private readonly ILogger _logger;
    private int _unsaved;
    private bool _isBehind;

    private SearchIndexing(CatalogStore store, SearchIndex index, ILogger logger)
    {
        _store = store;
        _logger = logger;
        Index = index;
    }

    /// <summary>The index.</summary>
    public SearchIndex Index { get; }

    /// <summary>Makes the index of a store: the saved one and what changed since, or all of it anew.</summary>
    public static SearchIndexing Open(CatalogStore store, ILogger logger)
    {
        var (snapshot, pending) = store.ReadSearchState();
        // A store that was put back from a backup has no such file.
        var loaded = File.Exists(snapshot) ? Load(snapshot, logger) : null;
        var indexing = new SearchIndexing(store, loaded ?? new SearchIndex(), logger) { _unsaved = pending.Count };
        var missing = loaded is null ? store.ReadAll() : pending.Select(store.ReadState);
        foreach (var batch in missing.Chunk(Batch))
        {
            indexing.Index.Apply(batch);
        }
        store.Changed += indexing.Apply;
        return indexing;
    }

    /// <summary>Saves the index, where it has changed.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _unsaved, 0) == 0 || _isBehind)
        {
            return;
        }
        try
        {
            await _store.SaveSearchAsync(Index.Save, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is CatalogException or IOException or UnauthorizedAccessException)
        {
            // The next start takes longer; nothing is lost.
            CatalogLog.SearchNotSaved(_logger, e.Message);
        }
    }

    private static SearchIndex? Load(string file, ILogger logger)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return SearchIndex.Load(stream);
        }
        catch (Exception e) when (e is IOException or SearchSnapshotException)
        {
            CatalogLog.SearchNotLoaded(logger, file, e.Message);
            return null;
        }
    }

    private void Apply(IReadOnlyList<EntityState> changed)
    {
        try
        {
            Index.Apply(changed);
        }
        catch
        {
            // Not saved any more, so that the next start reads again what this index has missed.
            _isBehind = true;
            throw;
        }
        _unsaved += changed.Count;
        if (_unsaved > Math.Max(SaveAfter, Index.Count))
        {
            // On a thread of its own: this one is the writer's, which does the saving.
            _ = Task.Run(() => SaveAsync(CancellationToken.None));
        }
    }
}

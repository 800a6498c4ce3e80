namespace Discovery.Catalog.Search.Queries;

/// <summary>Counts what one search costs, and ends it where it costs too much: others wait for its lock.</summary>
internal sealed class SearchWork
{
    // In bytes that are looked at: some tenths of a second.
    private const long Most = 256 << 20;

    private long _spent;

    /// <summary>Counts work before it is done.</summary>
    /// <param name="bytes">About how many bytes are looked at.</param>
    /// <exception cref="CatalogException">The search is too much work.</exception>
    public void Spend(long bytes)
    {
        _spent += bytes;
        if (_spent > Most)
        {
            throw new CatalogException(CatalogFault.Argument, "the search has to look at too much; use fewer or longer words, fewer wildcards, or fewer values in its filters");
        }
    }
}

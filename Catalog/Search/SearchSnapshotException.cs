namespace Discovery.Catalog.Search;

/// <summary>A snapshot of the search index is damaged, or of another version; the index has to be made anew.</summary>
public sealed class SearchSnapshotException(string message) : Exception(message);

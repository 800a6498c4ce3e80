namespace Discovery.Ingestion.Sources.MySql;

/// <summary>
/// The urns that were given out in a run, as hashes: the texts of a hundred thousand would take more memory than all else
/// of a run, and a wrong answer, one in 10¹⁴, costs a confidence score or a warning.
/// </summary>
internal sealed class UrnSet
{
    private readonly HashSet<ulong> _hashes = [];

    /// <summary>Adds a urn; false when it was there.</summary>
    public bool Add(string urn) => _hashes.Add(Hash(urn));

    /// <summary>Whether a urn was added.</summary>
    public bool Contains(string urn) => _hashes.Contains(Hash(urn));

    // FNV-1a
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 1099511628211;
        }
        return hash;
    }
}

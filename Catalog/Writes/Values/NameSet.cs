using Discovery.Metadata.Serialization;

namespace Discovery.Catalog.Writes.Values;

/// <summary>
/// The names of one object, where they stand in the output. Few names are compared one by one, which allocates little;
/// many are hashed.
/// </summary>
internal struct NameSet
{
    private const int Few = 16;

    private List<Range>? _few;
    private HashSet<byte[]>? _many;

    /// <summary>Adds the text from <paramref name="start"/> to the end of the output; false when it is there already.</summary>
    public bool Add(Utf8Buffer output, int start)
    {
        var name = output.Written[start..];
        if (_many is not null)
        {
            return _many.GetAlternateLookup<ReadOnlySpan<byte>>().Add(name);
        }
        _few ??= [];
        foreach (var other in _few)
        {
            if (output.Written[other].SequenceEqual(name))
            {
                return false;
            }
        }
        _few.Add(start..output.Length);
        if (_few.Count == Few)
        {
            _many = new HashSet<byte[]>(Utf8Comparer.Instance);
            foreach (var other in _few)
            {
                _many.Add(output.Written[other].ToArray());
            }
        }
        return true;
    }
}

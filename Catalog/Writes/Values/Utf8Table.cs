namespace Discovery.Catalog.Writes.Values;

/// <summary>Values by name, found by the UTF-8 text of the name.</summary>
internal sealed class Utf8Table<T>
{
    private readonly Dictionary<byte[], T>.AlternateLookup<ReadOnlySpan<byte>> _values;

    /// <param name="values">The values, each with its name.</param>
    public Utf8Table(IEnumerable<KeyValuePair<byte[], T>> values)
    {
        _values = new Dictionary<byte[], T>(values, Utf8Comparer.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public bool TryGet(ReadOnlySpan<byte> name, out T? value) => _values.TryGetValue(name, out value);
}

/// <summary>Compares UTF-8 texts.</summary>
internal sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public static Utf8Comparer Instance { get; } = new();

    private Utf8Comparer()
    {
    }

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

    // Seeded by the process: names may come from strangers.
    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = default(HashCode);
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}

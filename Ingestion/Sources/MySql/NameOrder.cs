namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Order of names by their UTF-8 bytes, as SHOW SCHEMAS and SHOW TABLES give them.</summary>
internal sealed class NameOrder : IComparer<string>
{
    /// <summary>The order.</summary>
    public static NameOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        var same = left.CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length - right.Length;
        }
        // The bytes are in the order of code points, and those that take a surrogate pair come after all others.
        var (a, b) = (left[same], right[same]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a - b : char.IsSurrogate(a) ? 1 : -1;
    }
}

using System.Text;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Order of names by their UTF-8 bytes, as SHOW SCHEMAS and SHOW TABLES give them.</summary>
internal sealed class NameOrder : IComparer<string>
{
    /// <summary>The order.</summary>
    public static NameOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
}

using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.State;

namespace Discovery.Ingestion.Api.Diffs;

/// <summary>The structure of a dataset as the store has it.</summary>
/// <param name="Urn">Its urn.</param>
/// <param name="Database">What it is counted under.</param>
/// <param name="Digest">The same exactly for structures without a difference.</param>
/// <param name="Body">All of it, as compressed JSON.</param>
internal sealed record StoredStructure(string Urn, string Database, byte[] Digest, byte[] Body)
{
    private const int DigestBytes = 16;
    private const int Quality = 3;
    private const int Window = 18;

    public static StoredStructure Of(DatasetStructure structure)
    {
        // A file can name a column twice; the last one counts, as with datasets.
        var columns = structure.Columns.Reverse().DistinctBy(column => column.Name, StringComparer.Ordinal).Reverse().ToList();
        var foreignKeys = structure.ForeignKeys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var kept = structure with { Columns = columns, ForeignKeys = foreignKeys };
        // Where a column stands among the others is no difference of its own.
        var compared = kept with { Urn = "", Database = "", Name = "", Columns = [.. columns.OrderBy(column => column.Name, StringComparer.Ordinal)] };
        return new StoredStructure(structure.Urn, structure.Database, SHA256.HashData(Json(compared))[..DigestBytes], Compress(Json(kept)));
    }

    public static DatasetStructure Read(byte[] body)
    {
        using var decompressed = new BrotliStream(new MemoryStream(body), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<DatasetStructure>(decompressed, ControlJson.Options)!;
    }

    private static byte[] Json(DatasetStructure structure) => JsonSerializer.SerializeToUtf8Bytes(structure, ControlJson.Options);

    private static byte[] Compress(byte[] json)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(json.Length)];
        return BrotliEncoder.TryCompress(json, compressed, out var length, Quality, Window)
            ? compressed[..length]
            : throw new InvalidOperationException("The compressed text is larger than it can be.");
    }
}

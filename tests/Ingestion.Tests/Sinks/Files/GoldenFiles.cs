using System.IO.Compression;

namespace Discovery.Ingestion.Tests.Sinks.Files;

/// <summary>Files that DataHub's client wrote, from the folder <c>shared</c> beside the checkout.</summary>
internal static class GoldenFiles
{
    public static IEnumerable<string> All() =>
        Directory.EnumerateFiles(SharedFolder.Require("oracle/mysql/public"), "golden.json*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    public static byte[] Read(string path)
    {
        using var file = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }
}

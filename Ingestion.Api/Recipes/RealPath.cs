namespace Discovery.Ingestion.Api.Recipes;

/// <summary>Follows symbolic links in every part of a path, as realpath(3) does.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The path without links.</summary>
    /// <exception cref="IOException">There is nothing, or the links go round in a circle.</exception>
    public static string Of(string path) => Follow(Path.GetFullPath(path), MostLinks);

    private static string Follow(string path, int linksLeft)
    {
        var root = Path.GetPathRoot(path)!;
        var real = root;
        var parts = path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            var next = Path.Combine(real, parts[i]);
            FileSystemInfo entry = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            if (entry.LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            if (linksLeft == 0)
            {
                throw new IOException($"{path} has too many symbolic links.");
            }
            return Follow(Path.GetFullPath(Path.Combine([target, .. parts[(i + 1)..]]), real), linksLeft - 1);
        }
        return real;
    }
}

namespace Discovery.Ingestion.Pipeline;

/// <summary>Follows symbolic links in every part of a path, as realpath(3) does; what does not exist is no link.</summary>
public static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The full path without links.</summary>
    /// <exception cref="IOException">The links go round in a circle.</exception>
    public static string Of(string path)
    {
        path = Path.GetFullPath(path);
        var resolved = Path.GetPathRoot(path)!;
        var rest = new Stack<string>(Parts(path[resolved.Length..]));
        for (var links = 0; rest.TryPop(out var part);)
        {
            if (part == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? resolved;
                continue;
            }
            var next = Path.Combine(resolved, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }
            if (++links > MostLinks)
            {
                throw new IOException("too many symbolic links");
            }
            var start = Path.GetPathRoot(target)!;
            resolved = start.Length > 0 ? start : resolved;
            foreach (var step in Parts(target[start.Length..]))
            {
                rest.Push(step);
            }
        }
        return resolved;
    }

    /// <summary>The steps of a path, the last one first.</summary>
    private static IEnumerable<string> Parts(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Reverse();
}

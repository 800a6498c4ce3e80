namespace Discovery.Embedded;

/// <summary>Paths as people are shown them.</summary>
internal static class DisplayPath
{
    /// <summary>A path below the current folder becomes relative to it; all else, such as an address, stays as it is.</summary>
    public static string Of(string text)
    {
        var here = Environment.CurrentDirectory + Path.DirectorySeparatorChar;
        return text.StartsWith(here, StringComparison.Ordinal) ? text[here.Length..] : text;
    }
}

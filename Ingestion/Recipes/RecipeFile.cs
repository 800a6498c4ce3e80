using Discovery.Ingestion.Recipes.Documents;

namespace Discovery.Ingestion.Recipes;

/// <summary>Files of recipes: which syntax their names stand for, and their bytes.</summary>
public static class RecipeFile
{
    private const int LongestName = 100;

    /// <summary>How the names of recipes end.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".yml", ".yaml", ".json", ".toml"];

    /// <summary>The syntax that a file name stands for, null for none.</summary>
    public static RecipeFormat? FormatOf(string path) => Path.GetExtension(path) switch
    {
        ".yaml" or ".yml" => RecipeFormat.Yaml,
        ".json" => RecipeFormat.Json,
        ".toml" => RecipeFormat.Toml,
        _ => null,
    };

    /// <summary>Whether the control plane takes this, a file name without its ending, as the name of a recipe.</summary>
    public static bool IsRecipeName(string name) =>
        name.Length is >= 1 and <= LongestName && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>Reads a file, of at most 16 MB; null when that failed, with the reason in <paramref name="problems"/>.</summary>
    /// <param name="path">The file; the end of its name stands for its syntax.</param>
    /// <param name="kind">What it is, for messages.</param>
    /// <param name="problems">Takes the faults; a fault of the file is never thrown.</param>
    public static (ReadOnlyMemory<byte> Bytes, RecipeFormat Format)? Read(string path, DocumentKind kind, ProblemList problems)
    {
        if (path.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || path.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            problems.Error(default, $"a {kind.Name} is not fetched from an address yet; download it and give the file");
        }
        else if (Directory.Exists(path))
        {
            problems.Error(default, $"this is a folder; give the {kind.Name} in it");
        }
        else if (FormatOf(path) is not { } format)
        {
            problems.Error(default, $"the name of a {kind.Name} ends in .yml, .yaml, .json or .toml, and this one in '{Path.GetExtension(path)}'; rename it");
        }
        else if (!File.Exists(path))
        {
            problems.Error(default, $"there is no such file ({Path.GetFullPath(path)})");
        }
        else
        {
            try
            {
                using var file = File.OpenRead(path);
                return Read(file, problems) is { } bytes ? (bytes, format) : null;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                problems.Error(default, $"the file cannot be read: {fault.Message}");
            }
        }
        return null;
    }

    /// <summary>Reads a stream to its end; null when it is too long.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    internal static ReadOnlyMemory<byte>? Read(Stream stream, ProblemList problems)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > RecipeLimits.Bytes)
            {
                problems.Error(default, $"larger than {RecipeLimits.Bytes / 1024 / 1024} MB; a file this large is not read");
                return null;
            }
        }
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }
}

using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Api.Recipes;

/// <summary>The folder that recipes are read from.</summary>
internal sealed class RecipeFolder(string path)
{
    /// <summary>More than people write by hand, and little enough to be sent with each run.</summary>
    private const int MostBytes = 1 << 20;

    public string Path { get; } = path;

    /// <summary>Reads all recipes in it, not those in folders below.</summary>
    /// <exception cref="IOException">The folder is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be read.</exception>
    public List<RecipeSource> Read()
    {
        var root = RealPath.Of(Path);
        // A ConfigMap that is mounted has "..data" and folders with the time in their names, and links to the files in them.
        return
        [
            .. Directory.EnumerateFiles(root)
                .Select(file => System.IO.Path.GetFileName(file))
                .Where(file => !file.StartsWith('.') && RecipeFile.FormatOf(file) is not null)
                .GroupBy(file => System.IO.Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal)
                .Select(files => Read(root, files.Key, [.. files.Order(StringComparer.Ordinal)])),
        ];
    }

    private static RecipeSource Read(string root, string name, string[] files)
    {
        if (files.Length > 1)
        {
            return new RecipeSource(name, files[0], null, $"{string.Join(" and ", files)} both have the name {name}: rename or remove one of them.");
        }
        if (!RecipeFile.IsRecipeName(name))
        {
            return new RecipeSource(name, files[0], null, $"{files[0]}: the name of a recipe has letters, digits, '.', '_' and '-', at most 100 of them: rename the file.");
        }
        var file = System.IO.Path.Combine(root, files[0]);
        try
        {
            var real = RealPath.Of(file);
            if (!real.StartsWith(root + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                return new RecipeSource(name, files[0], null, $"{files[0]} is a symbolic link that leads out of the folder of the recipes: put the file itself there.");
            }
            using var stream = File.OpenRead(real);
            var bytes = new byte[MostBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > MostBytes
                ? new RecipeSource(name, files[0], null, $"{files[0]} is larger than 1 MB; a recipe this large is not read.")
                : new RecipeSource(name, files[0], bytes[..length], null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new RecipeSource(name, files[0], null, $"{files[0]} cannot be read: {e.Message}");
        }
    }
}

/// <summary>A recipe as it lies in the folder.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FileName">The name of its file, or of one of them.</param>
/// <param name="Bytes">What is in the file; null where it cannot be taken.</param>
/// <param name="Fault">Why it cannot; null where it can.</param>
internal sealed record RecipeSource(string Name, string FileName, byte[]? Bytes, string? Fault);

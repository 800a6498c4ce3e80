namespace Discovery.Ingestion.Recipes;

/// <summary>
/// Carries out a directive for settings that take a file where a variable holds the content:
/// <c>__DATAHUB_TO_FILE_ca: ${CA_PEM}</c> becomes <c>ca: /tmp/discovery-...</c>, a file that only we can read.
/// </summary>
/// <param name="problems">Takes the faults.</param>
/// <param name="areWritten">False where the recipe is only looked at: the setting is there, its value is not known.</param>
internal sealed class TemporaryFiles(ProblemList problems, bool areWritten)
{
    /// <summary>How the name of a setting begins whose value is the content of a file.</summary>
    public const string Prefix = "__DATAHUB_TO_FILE_";

    private readonly List<string> _paths = [];

    public IReadOnlyList<string> Paths => _paths;

    public RecipeMapping Write(RecipeMapping mapping) => new(mapping.Position, [.. mapping.Entries.Select(Write)]);

    private RecipeEntry Write(RecipeEntry entry)
    {
        if (!entry.Key.StartsWith(Prefix, StringComparison.Ordinal) || entry.Key.Length == Prefix.Length)
        {
            return entry with { Value = Write(entry.Value) };
        }
        object? path = RecipeScalar.Unresolved;
        if (entry.Value is not RecipeScalar { Value: string } and not RecipeScalar { IsUnresolved: true })
        {
            problems.Error(entry.Value.Position, $"'{entry.Key}' takes the content of a file as text; this is {entry.Value.Kind}");
        }
        else if (areWritten && entry.Value is RecipeScalar { Value: string content })
        {
            path = TryWrite(entry, content) ?? path;
        }
        return new RecipeEntry(entry.Key[Prefix.Length..], entry.KeyPosition, new RecipeScalar(entry.Value.Position, path));
    }

    private RecipeNode Write(RecipeNode node) => node switch
    {
        RecipeMapping mapping => Write(mapping),
        RecipeList list => new RecipeList(list.Position, [.. list.Items.Select(Write)]),
        _ => node,
    };

    private string? TryWrite(RecipeEntry entry, string content)
    {
        var path = Path.Combine(Path.GetTempPath(), $"discovery-{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        try
        {
            using var writer = new StreamWriter(path, options);
            _paths.Add(path);
            writer.Write(content);
            return path;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            problems.Error(entry.KeyPosition, $"no temporary file for '{entry.Key}' could be written: {fault.Message}");
            return null;
        }
    }
}

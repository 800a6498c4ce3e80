using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes.Documents;
using Discovery.Ingestion.Recipes.Expansion;

namespace Discovery.Ingestion.Recipes;

/// <summary>Reads a recipe, expands its variables and checks all of it, so that a person sees every fault at once.</summary>
public sealed class RecipeLoader
{
    private const string StandardInputName = "<stdin>";

    /// <summary>Learns every value that a recipe takes from a variable, and every secret setting.</summary>
    public SecretMasker Secrets { get; init; } = new();

    /// <summary>Where variables come from; the environment of the process unless set.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>
    /// Whether the variables are those of another process, such as a worker: they are not resolved and not missed, no temporary file is
    /// written, and what depends on them stays unchecked. Such a recipe cannot be run here.
    /// </summary>
    public bool VariablesElsewhere { get; init; }

    /// <summary>What a recipe may not reach; null where it may reach all that its process does.</summary>
    public Confinement? Confinement { get; init; }

    /// <summary>The sources that a recipe can name.</summary>
    public IReadOnlyList<SourceType> Sources { get; init; } = Connectors.Sources;

    /// <summary>The sinks that a recipe can name.</summary>
    public IReadOnlyList<SinkType> Sinks { get; init; } = Connectors.Sinks;

    /// <summary>Opens what the recipe <c>-</c> is read from; the standard input unless set.</summary>
    public Func<Stream> StandardInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Loads a recipe from a file (.yml, .yaml, .json, .toml), or from the standard input when the path is <c>-</c>.</summary>
    /// <returns>The recipe or what is wrong with it; a fault of the recipe is never thrown.</returns>
    public LoadedRecipe Load(string path)
    {
        var problems = new ProblemList();
        if (path == "-")
        {
            return LoadStandardInput(problems);
        }
        return RecipeFile.Read(path, DocumentKind.Recipe, problems) is { } file
            ? Load(path, file.Bytes, file.Format, Environment, problems)
            : new LoadedRecipe(null, problems.ToList(path, Secrets), []);
    }

    /// <summary>Loads a recipe that is at hand already.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="utf8">Its content, UTF-8.</param>
    /// <param name="format">Its syntax.</param>
    /// <returns>The recipe or what is wrong with it; a fault of the recipe is never thrown.</returns>
    public LoadedRecipe Load(string name, ReadOnlyMemory<byte> utf8, RecipeFormat format) => Load(name, utf8, format, Environment, new ProblemList());

    private LoadedRecipe LoadStandardInput(ProblemList problems)
    {
        using var input = StandardInput();
        if (RecipeFile.Read(input, problems) is not { } bytes)
        {
            return new LoadedRecipe(null, problems.ToList(StandardInputName, Secrets), []);
        }
        if (RecipeDocument.TryOpenEnvelope(bytes) is not { } envelope)
        {
            return Load(StandardInputName, bytes, RecipeFormat.Yaml, Environment, problems);
        }
        foreach (var (name, value) in envelope.Secrets)
        {
            Secrets.Add(name, value);
        }
        return Load(StandardInputName, envelope.Recipe, RecipeFormat.Yaml, name => envelope.Secrets.TryGetValue(name, out var value) ? value : Environment(name), problems);
    }

    private LoadedRecipe Load(string name, ReadOnlyMemory<byte> utf8, RecipeFormat format, Func<string, string?> environment, ProblemList problems)
    {
        if (RecipeDocument.Read(utf8, format, DocumentKind.Recipe, problems) is not { } document)
        {
            return new LoadedRecipe(null, problems.ToList(name, Secrets), []);
        }
        Func<string, string?> shown = Confinement is null ? environment : name => Confinement.Shows(name) ? environment(name) : null;
        var files = new TemporaryFiles(problems, areWritten: !VariablesElsewhere);
        var expansion = new RecipeExpansion(VariablesElsewhere ? null : new Variables(shown, Secrets), problems);
        var expanded = files.Write(expansion.Expand(document));
        var recipe = new RecipeCheck(Sources, Sinks, problems, Secrets, Confinement is null ? null : Confinement with { OwnFiles = files.Paths }).Check(expanded, RedactedRecipe.Write(document));
        return new LoadedRecipe(problems.ErrorCount == 0 ? recipe : null, problems.ToList(name, Secrets), files.Paths);
    }
}

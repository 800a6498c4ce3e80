using System.Text;
using System.Text.RegularExpressions;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Recipes.Documents;
using Discovery.Ingestion.Recipes.Expansion;

namespace Discovery.Deploy.Input;

/// <summary>A recipe of a folder, checked as far as it can be without an environment.</summary>
/// <param name="File">Its file, for messages.</param>
/// <param name="Name">Its file's name without extension.</param>
/// <param name="Text">Its content, lines ending in <c>\n</c>.</param>
/// <param name="Document">Its content as it was written.</param>
/// <param name="Recipe">What was read.</param>
/// <param name="Variables">The variables that it asks for, in written order.</param>
internal sealed record FolderRecipe(string File, string Name, string Text, RecipeMapping Document, Recipe Recipe, IReadOnlyList<RecipeVariable> Variables);

/// <summary>Reads folders of recipes, each once.</summary>
/// <param name="root">The folder that theirs are relative to.</param>
internal sealed partial class RecipeFolders(string root)
{
    private readonly Dictionary<(string, bool), (IReadOnlyList<FolderRecipe>, IReadOnlyList<RecipeProblem>)> _read = [];

    /// <summary>Reads the recipes of a folder in the order of their names, not those in folders below.</summary>
    /// <param name="folder">The folder, relative to the root.</param>
    /// <param name="confinement">What recipes may not reach; null for nothing.</param>
    /// <returns>The good ones, and what is wrong with the others; a fault is never thrown.</returns>
    public (IReadOnlyList<FolderRecipe> Recipes, IReadOnlyList<RecipeProblem> Problems) Read(string folder, Confinement? confinement)
    {
        var path = Path.Combine(root, folder);
        if (!_read.TryGetValue((path, confinement is not null), out var read))
        {
            read = _read[(path, confinement is not null)] = ReadFolder(path, confinement);
        }
        return read;
    }

    private static (IReadOnlyList<FolderRecipe>, IReadOnlyList<RecipeProblem>) ReadFolder(string path, Confinement? confinement)
    {
        var recipes = new List<FolderRecipe>();
        var problems = new List<RecipeProblem>();
        try
        {
            var real = RealPath.Of(path);
            if (!Directory.Exists(real))
            {
                return ([], [new RecipeProblem(path, default, IsWarning: false, "there is no such folder, which discovery.recipes names; make it, and put recipes there")]);
            }
            var files = Directory.EnumerateFiles(real)
                .Select(file => Path.GetFileName(file))
                .Where(file => !file.StartsWith('.') && RecipeFile.FormatOf(file) is not null)
                .Order(StringComparer.Ordinal)
                .ToList();
            foreach (var file in files)
            {
                var list = new ProblemList();
                CheckName(real, file, files, list);
                if (list.ErrorCount == 0 && ReadRecipe(Path.Combine(path, file), confinement, list, problems) is { } recipe)
                {
                    recipes.Add(recipe);
                }
                problems.AddRange(list.ToList(Path.Combine(path, file), new SecretMasker()));
            }
            if (files.Count == 0)
            {
                problems.Add(new RecipeProblem(path, default, IsWarning: false, "no recipe is in this folder; put one there, for example with ./discovery recipe init mysql"));
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            problems.Add(new RecipeProblem(path, default, IsWarning: false, $"the folder of the recipes cannot be read: {fault.Message}"));
        }
        return (recipes, problems);
    }

    private static void CheckName(string folder, string file, List<string> files, ProblemList problems)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        if (!Name().IsMatch(name))
        {
            problems.Error(default, "the name of a recipe becomes a name in Kubernetes: at most 40 lower-case letters, digits and dashes, a letter or digit at both ends; rename the file");
        }
        if (files.Find(other => other != file && Path.GetFileNameWithoutExtension(other) == name) is { } twin)
        {
            problems.Error(default, $"{twin} has the same name; rename or remove one of them");
        }
        if (!RealPath.Of(Path.Combine(folder, file)).StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            problems.Error(default, "this is a symbolic link that leads out of the folder of the recipes; put the file itself there");
        }
        // A pipe has no length either, and reading it would never end.
        else if (problems.ErrorCount == 0 && new FileInfo(Path.Combine(folder, file)) is { LinkTarget: null, Length: 0 })
        {
            problems.Error(default, "the file holds nothing; write a recipe into it, or remove it");
        }
    }

    private static FolderRecipe? ReadRecipe(string file, Confinement? confinement, ProblemList problems, List<RecipeProblem> loaderProblems)
    {
        if (RecipeFile.Read(file, DocumentKind.Recipe, problems) is not { Format: var format } read)
        {
            return null;
        }
        var bytes = WithoutCarriageReturns(read.Bytes.Span);
        using var loaded = new RecipeLoader { VariablesElsewhere = true, Confinement = confinement }.Load(file, bytes, format);
        loaderProblems.AddRange(loaded.Problems);
        var text = Encoding.UTF8.GetString(bytes);
        var document = RecipeDocument.Read(bytes, format, DocumentKind.Recipe, new ProblemList());
        foreach (var (setting, position) in document is null ? [] : LiteralSecrets.InSettings(document))
        {
            problems.Error(position, $"'{setting}' is a secret, and stands here as it is: write ${{VARIABLE}} alone, and say in discovery.variables where its value comes from");
        }
        foreach (var (what, position, _) in LiteralSecrets.InText(text))
        {
            problems.Error(position, $"this looks like {what}, and the recipe goes to Git: write ${{VARIABLE}}, and say in discovery.variables where its value comes from");
        }
        return document is null || loaded.Recipe is not { } recipe || problems.ErrorCount > 0
            ? null
            : new FolderRecipe(file, Path.GetFileNameWithoutExtension(file), text, document, recipe, [.. RecipeVariables.Of(document)]);
    }

    // The same bytes whatever editor wrote it.
    private static byte[] WithoutCarriageReturns(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        var kept = new List<byte>(bytes.Length);
        for (var index = 0; index < bytes.Length; index++)
        {
            if (bytes[index] != '\r')
            {
                kept.Add(bytes[index]);
            }
            else if (index + 1 == bytes.Length || bytes[index + 1] != '\n')
            {
                kept.Add((byte)'\n');
            }
        }
        return [.. kept];
    }

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?\z")]
    private static partial Regex Name();
}

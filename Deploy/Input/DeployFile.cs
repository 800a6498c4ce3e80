using System.Text;
using Discovery.Deploy.Input.Forms;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Recipes.Binding;
using Discovery.Ingestion.Recipes.Documents;

namespace Discovery.Deploy.Input;

/// <summary>
/// Reads <c>deploy.yml</c>: a block <c>base</c> and the environments that override it. Everything is checked, recipes included, and every fault
/// is told at once. Variables are not expanded: the file says all that it says.
/// </summary>
public static class DeployFile
{
    private const int MostNames = 5;

    private static readonly DocumentKind Kind = new("deploy file", "'environments'");

    /// <summary>Loads a file and the recipes that it names.</summary>
    /// <param name="path">The file; folders of recipes are relative to it.</param>
    /// <returns>The environments, or what is wrong; a fault of a file is never thrown.</returns>
    public static LoadedDeployment Load(string path)
    {
        var secrets = new SecretMasker();
        var problems = new ProblemList();
        if (Read(path, secrets, problems) is not { } document)
        {
            return Result([], problems.ToList(path, secrets));
        }
        var settings = (DeploySettings)new ConfigBinder(problems, secrets, document: "a deploy file").Bind(typeof(DeploySettings), document, "");
        if (problems.ErrorCount > 0 || BaseOf(settings, problems) is not { } common)
        {
            return Result([], problems.ToList(path, secrets));
        }
        var recipes = new RecipeFolders(Path.GetDirectoryName(path) ?? "");
        var loaded = EnvironmentsOf(document, problems)
            .Select(entry => LoadedEnvironment.Load(path, entry.Name, EnvironmentMerge.Merge(common, entry.Overrides), recipes, secrets))
            .ToList();
        EnvironmentCollisions.Check(loaded, problems);
        return Result(
            [.. loaded.Select(environment => environment.Environment).OfType<DeployEnvironment>()],
            [.. problems.ToList(path, secrets), .. Named(loaded)]);
    }

    /// <summary>The file as one mapping, secrets in it found and learned; null when it cannot be read.</summary>
    private static RecipeMapping? Read(string path, SecretMasker secrets, ProblemList problems)
    {
        if (RecipeFile.Read(path, Kind, problems) is not { } file)
        {
            return null;
        }
        var reading = new ProblemList();
        var document = RecipeDocument.Read(file.Bytes, file.Format, Kind, reading);
        // A key given twice would silently drop the first environment of that name: here, that is an error.
        foreach (var problem in reading.ToList(path, secrets))
        {
            problems.Error(problem.Position, problem.Message);
        }
        if (document is not null)
        {
            foreach (var (what, position, secret) in LiteralSecrets.InText(Encoding.UTF8.GetString(file.Bytes.Span)))
            {
                problems.Error(position, $"this looks like {what}, and the file is for many eyes: take it out, and change the secret where others may have seen it");
                secrets.Add("secret", secret.Reveal());
            }
            RefuseVariables(document, problems);
        }
        return document;
    }

    private static void RefuseVariables(RecipeNode node, ProblemList problems)
    {
        switch (node)
        {
            case RecipeMapping mapping:
                mapping.Entries.ToList().ForEach(entry => RefuseVariables(entry.Value, problems));
                break;
            case RecipeList list:
                list.Items.ToList().ForEach(item => RefuseVariables(item, problems));
                break;
            case RecipeScalar { Value: string text } when text.Contains("${", StringComparison.Ordinal):
                problems.Error(node.Position, "'${' begins a variable, and this file has none; write the value itself (variables of recipes stand in the recipes)");
                break;
        }
    }

    private static RecipeMapping? BaseOf(DeploySettings settings, ProblemList problems)
    {
        switch (settings.Base)
        {
            case RecipeMapping mapping:
                return mapping;
            case null:
                return new RecipeMapping(default, []);
            default:
                problems.Error(settings.Base.Position, "'base' must be a mapping of keys and values");
                return null;
        }
    }

    /// <summary>Which names environments have; folders and names in Google Cloud have them in theirs.</summary>
    internal static TextFormAttribute EnvironmentName { get; } = new TextPatternAttribute("1 to 12 lower-case letters and digits, a letter first, such as prod", "^[a-z][a-z0-9]{0,11}$");

    private static IEnumerable<(string Name, RecipeMapping Overrides)> EnvironmentsOf(RecipeMapping document, ProblemList problems)
    {
        document.TryGet("environments", out var block);
        var entries = ((RecipeMapping)block!.Value).Entries;
        if (entries.Count == 0)
        {
            problems.Error(block.Value.Position, "'environments' is empty; name at least one, such as dev");
        }
        foreach (var entry in entries)
        {
            if (!EnvironmentName.Takes(entry.Key))
            {
                problems.Error(entry.KeyPosition, $"'{entry.Key}' cannot be the name of an environment; it has {EnvironmentName.Expected}");
            }
            switch (entry.Value)
            {
                case RecipeMapping overrides:
                    yield return (entry.Key, overrides);
                    break;
                case RecipeScalar { Value: null }:
                    yield return (entry.Key, new RecipeMapping(entry.KeyPosition, []));
                    break;
                default:
                    problems.Error(entry.Value.Position, $"'environments.{entry.Key}' must be a mapping of keys and values");
                    break;
            }
        }
    }

    /// <summary>Problems of the environments, each once, with the names of the environments that have it unless all of several do.</summary>
    private static IEnumerable<RecipeProblem> Named(List<LoadedEnvironment> loaded) =>
        loaded.SelectMany(environment => environment.Problems.Distinct().Select(problem => (problem, environment.Name)))
            .GroupBy(found => found.problem, found => found.Name)
            .Select(group => group.Count() == loaded.Count && loaded.Count > 1 ? group.Key
                : group.Key with { Message = $"{group.Key.Message} ({NamesOf([.. group])})" });

    private static string NamesOf(string[] names) =>
        $"environment{(names.Length == 1 ? "" : "s")} {string.Join(", ", names.Take(MostNames))}{(names.Length > MostNames ? $" and {names.Length - MostNames} more" : "")}";

    private static LoadedDeployment Result(IReadOnlyList<DeployEnvironment> environments, IEnumerable<RecipeProblem> problems)
    {
        var sorted = problems.OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Position.Line).ThenBy(problem => problem.Position.Column).ToList();
        return new LoadedDeployment(sorted.TrueForAll(problem => problem.IsWarning) ? environments : [], sorted);
    }
}

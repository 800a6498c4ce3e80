using System.CommandLine;
using Discovery.Deploy.Input;
using Discovery.Deploy.Input.Forms;
using Discovery.Ingestion.Reports;
using Discovery.Terminal;

namespace Discovery.Deploy.Commands;

/// <summary><c>deploy init</c></summary>
internal sealed class InitCommand
{
    private readonly Option<string[]> _environments = new("--environments")
    {
        Description = "Names of the environments; asked for on a terminal, else dev prod.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "File to write; one that exists is never replaced.", HelpName = "FILE", DefaultValueFactory = _ => "deploy.yml",
    };

    private readonly InitQuestion _project = new("--project", "Google Cloud project", "example-{env}", new ProjectIdAttribute());
    private readonly InitQuestion _region = new("--region", "Region", "europe-west1", new RegionAttribute());
    private readonly InitQuestion _cluster = new("--cluster", "GKE cluster", "data-{env}", new ClusterNameAttribute());
    private readonly InitQuestion _domain = new("--domain", "Domain of the addresses in the browser", "example.com", new HostNameAttribute());
    private readonly InitQuestion _issuer = new("--issuer", "OpenID Connect issuer", "https://login.example.com/realms/data", new HttpsUrlAttribute());
    private readonly InitQuestion _repository = new("--repository", "Git repository that the rendered files go to", "https://git.example.com/data/platform.git", new RepositoryAttribute());
    private readonly InitQuestion _registry = new(
        "--registry", "Registry and folder of Discovery's images", "europe-west1-docker.pkg.dev/example/data",
        new TextPatternAttribute("a registry and folder, such as europe-west1-docker.pkg.dev/example/data", "^[a-z0-9][a-z0-9.-]*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+$"));

    private readonly InitQuestion _scheduling = new(
        "--scheduling", "What starts runs (control-plane, cron-job or airflow)", "control-plane",
        new TextPatternAttribute("control-plane, cron-job or airflow", "^(control-plane|cron-job|airflow)$"));

    private readonly InitQuestion _recipes = new("--recipes", "Folder of the recipes", "recipes", new RecipeFolderAttribute());

    private InitQuestion[] Questions => [_project, _region, _cluster, _domain, _issuer, _repository, _registry, _scheduling, _recipes];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var init = new InitCommand();
        var command = new Command("init", "Write a commented deploy.yml to begin with.") { init._environments, init._output };
        foreach (var question in init.Questions)
        {
            command.Options.Add(question.Option);
        }
        command.SetAction(init.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = parsed.GetValue(_output)!;
        if (Path.Exists(path))
        {
            return Fail($"{path} is there already and was left alone; name another file with --output, or remove it.", ExitCodes.Failure);
        }
        if (Console.IsInputRedirected)
        {
            Console.Error.WriteLine("The input is no terminal, so nobody is asked: what no option says is as in 'deploy init --help'.");
        }
        var names = parsed.GetValue(_environments) is { Length: > 0 } given ? string.Join(' ', given) : await Question.AskAsync("Environments", "dev prod", cancellationToken);
        var environments = names.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (environments.Distinct(StringComparer.Ordinal).Count(DeployFile.EnvironmentName.Takes) < environments.Length)
        {
            return Fail($"the name of an environment has {DeployFile.EnvironmentName.Expected}; each is another one. Given: {PrintableText.Of(names)}", ExitCodes.Usage);
        }
        var answers = new Dictionary<InitQuestion, string>();
        foreach (var question in Questions)
        {
            answers[question] = await question.AnswerAsync(parsed, cancellationToken);
            if (question.Fault(answers[question], environments) is { } fault)
            {
                return Fail(fault, ExitCodes.Usage);
            }
        }
        return Write(path, new DeployFileText
        {
            Environments = environments,
            Project = answers[_project],
            Region = answers[_region],
            Cluster = answers[_cluster],
            Domain = answers[_domain],
            Issuer = answers[_issuer],
            Repository = answers[_repository],
            Registry = answers[_registry],
            Scheduling = answers[_scheduling],
            Recipes = answers[_recipes],
            Variables = VariablesOf(path, answers[_recipes]),
        });
    }

    /// <summary>What recipes ask for that are there already; where there are none, what the first ones will ask for.</summary>
    private static IReadOnlyList<string> VariablesOf(string path, string folder)
    {
        var (recipes, _) = new RecipeFolders(Path.GetDirectoryName(path) ?? "").Read(folder, confinement: null);
        var names = recipes.SelectMany(recipe => recipe.Variables).Where(variable => variable.IsRequired && VariableNames.Fault(variable.Name) is null).Select(variable => variable.Name);
        return recipes.Count == 0 ? ["DATAHUB_GMS_TOKEN", "MYSQL_PASSWORD"] : [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static int Write(string path, DeployFileText text)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.CreateNew);
            using var writer = new StreamWriter(stream);
            writer.Write(text.Write());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail($"{path} could not be written: {exception.Message}", ExitCodes.Failure);
        }
        var folder = Path.Combine(Path.GetDirectoryName(path) ?? "", text.Recipes);
        Console.WriteLine($"Wrote {path}. Look at what has 'check' behind it, and put recipes with a sink of type datahub-rest into {folder}; the first one:");
        Console.WriteLine($"  mkdir -p {folder} && ./discovery recipe init mysql --output {Path.Combine(folder, "shop.yml")}");
        Console.WriteLine($"\nNext: ./discovery deploy render -c {path} -o out");
        return ExitCodes.Success;
    }

    private static int Fail(string message, int exitCode)
    {
        Console.Error.WriteLine($"Error: {message}");
        return exitCode;
    }
}

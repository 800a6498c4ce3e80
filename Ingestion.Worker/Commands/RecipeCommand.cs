using System.CommandLine;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;
using Discovery.Ingestion.Sources.MySql;
using Discovery.Ingestion.Worker.Terminal;
using Discovery.Terminal;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Worker.Commands;

/// <summary><c>recipe init mysql</c>, <c>recipe check</c> and <c>recipe deploy</c>.</summary>
internal static class RecipeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("recipe", "Make, check and deploy recipes.") { Init(), Check(), DeployCommand.Create() };

    private static Command Init()
    {
        var host = new Option<string?>("--host") { Description = "Host, or host:port, of the server; asked for on a terminal.", HelpName = "HOST[:PORT]" };
        var user = new Option<string?>("--user") { Description = "Account to read with; asked for on a terminal.", HelpName = "NAME" };
        var output = new Option<string>("--output", "-o") { Description = "File to write; one that exists is never replaced.", HelpName = "FILE", DefaultValueFactory = _ => "mysql.yml" };
        var mysql = new Command("mysql", "Write a commented recipe for a MySQL or MariaDB server, and the statements that make its account.") { host, user, output };
        mysql.SetAction(async (parsed, cancellationToken) => await InitMySqlAsync(
            parsed.GetValue(host) ?? await Question.AskAsync("Host of the server", "localhost:3306", cancellationToken),
            parsed.GetValue(user) ?? await Question.AskAsync("Account to read with", "datahub", cancellationToken),
            parsed.GetValue(output)!,
            cancellationToken));
        return new Command("init", "Write a recipe to begin with.") { mysql };
    }

    private static Command Check()
    {
        var file = new Argument<string>("FILE") { Description = "The recipe, or - for standard input." };
        var check = new Command("check", "Check a recipe: every fault with its line, without connecting to anything.") { file };
        check.SetAction(parsed =>
        {
            using var loaded = RecipeProblems.LoadAndPrint(parsed.GetValue(file)!, new SecretMasker());
            if (loaded.Recipe is not { } recipe)
            {
                return ExitCodes.Failure;
            }
            Console.WriteLine($"The recipe is good: {recipe.Source.Name} -> {recipe.Sink.Name}.");
            return ExitCodes.Success;
        });
        return check;
    }

    private static async Task<int> InitMySqlAsync(string host, string user, string output, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(output, FileMode.CreateNew);
            await using var writer = new StreamWriter(file);
            await writer.WriteAsync(MySqlRecipeText.Recipe(host, user));
        }
        catch (IOException) when (File.Exists(output))
        {
            Console.Error.WriteLine($"{output} is there already and was left alone; name another file with --output, or remove it.");
            return ExitCodes.Failure;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{output} could not be written: {exception.Message}");
            return ExitCodes.Failure;
        }
        Console.WriteLine($"Wrote {output}.\n\nAn administrator of the server makes the account with\n");
        Console.WriteLine(MySqlRecipeText.Grants(user) + "\n");
        Console.WriteLine("REFERENCES shows structure and no data. On one database alone: GRANT REFERENCES ON `shop`.* TO ...\n");
        Console.WriteLine($"The patterns drop {string.Join(", ", MySqlRecipeText.SystemSchemas)} and keep every other database.");
        if (!await ShowDatabasesAsync(output, cancellationToken))
        {
            return ExitCodes.Failure;
        }
        Console.WriteLine($"\nNext: {MySqlRecipeText.PasswordVariable}=... ./discovery ingest -c {output} --dry-run");
        return ExitCodes.Success;
    }

    /// <summary>Lists which databases of the server the recipe keeps, when the password is at hand.</summary>
    /// <returns>False when the recipe is faulty: the host was.</returns>
    private static async Task<bool> ShowDatabasesAsync(string output, CancellationToken cancellationToken)
    {
        var password = Environment.GetEnvironmentVariable(MySqlRecipeText.PasswordVariable) ?? "";
        if (password.Length == 0 && !Console.IsInputRedirected)
        {
            password = await Question.AskHiddenAsync("Password, to list the databases now (it is stored nowhere; empty to skip): ", cancellationToken);
        }
        Environment.SetEnvironmentVariable(MySqlRecipeText.PasswordVariable, password);
        var secrets = new SecretMasker();
        using var loaded = RecipeProblems.LoadAndPrint(output, secrets);
        if (loaded.Recipe is not { } recipe)
        {
            return false;
        }
        if (password.Length == 0)
        {
            Console.WriteLine($"With {MySqlRecipeText.PasswordVariable} set, this command asks the server and lists its databases.");
            return true;
        }
        using var loggers = new MaskedLoggerFactory(Console.Error, secrets, LogLevel.Warning);
        try
        {
            var databases = await MySqlSource.DatabasesAsync((MySqlSourceConfig)recipe.SourceConfig, new RunContext { RunId = "recipe-init", Loggers = loggers, Secrets = secrets }, cancellationToken);
            Console.WriteLine($"Of the {databases.Count} databases that the account sees they keep {databases.Count(database => database.Kept)}:");
            foreach (var (name, kept) in databases)
            {
                Console.WriteLine($"  {(kept ? "keep" : "drop")}  {PrintableText.Of(name)}");
            }
        }
        catch (SourceException exception)
        {
            Console.WriteLine($"The databases could not be listed: {PrintableText.Of(secrets.Mask(exception.Message))}");
        }
        return true;
    }
}

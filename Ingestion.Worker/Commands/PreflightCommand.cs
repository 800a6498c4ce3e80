using System.CommandLine;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;
using Discovery.Ingestion.Sources.MySql;
using Discovery.Ingestion.Sources.MySql.Preflight;
using Discovery.Ingestion.Worker.Terminal;
using Discovery.Terminal;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Worker.Commands;

/// <summary><c>preflight -c recipe.yml</c></summary>
internal static class PreflightCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var config = Options.Config();
        var json = new Option<bool>("--json") { Description = "Print a JSON document instead of text." };
        var command = new Command("preflight", "Show what the account of a recipe can see, and print the GRANT for what is missing.") { config, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(config)![^1], parsed.GetValue(json), parsed.GetValue(Options.Debug), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string path, bool asJson, bool debug, CancellationToken cancellationToken)
    {
        var secrets = new SecretMasker();
        using var loaded = RecipeProblems.LoadAndPrint(path, secrets);
        if (loaded.Recipe is not { } recipe)
        {
            return ExitCodes.Failure;
        }
        if (recipe.SourceConfig is not MySqlSourceConfig config)
        {
            Console.Error.WriteLine($"Error: preflight is for sources of type mysql and mariadb; this recipe reads {recipe.Source.Name}.");
            return ExitCodes.Failure;
        }
        using var loggers = new MaskedLoggerFactory(Console.Error, secrets, debug ? LogLevel.Debug : LogLevel.Warning);
        try
        {
            var report = await MySqlPreflight.RunAsync(config, new RunContext { RunId = "preflight", Secrets = secrets, Loggers = loggers }, cancellationToken);
            Console.Out.Write(asJson ? secrets.MaskJson(PreflightJson.Render(report)) + "\n" : secrets.Mask(PreflightText.Render(report)));
            return report.IsComplete ? ExitCodes.Success : ExitCodes.Failure;
        }
        catch (SourceException exception)
        {
            Console.Error.WriteLine(PrintableText.Of(secrets.Mask(exception.Message)));
            return ExitCodes.Failure;
        }
    }
}

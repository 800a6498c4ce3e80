using System.CommandLine;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Reports;
using Discovery.Ingestion.Sources.Files;
using Discovery.Terminal;

namespace Discovery.Ingestion.Worker.Commands;

/// <summary><c>check</c></summary>
internal static class CheckCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A file of metadata records: a JSON array, or one record a line." };
        var metadataFile = new Command("metadata-file", "Check every record of a metadata file against DataHub's model.") { file };
        metadataFile.SetAction((parsed, cancellationToken) => MetadataFileAsync(parsed.GetValue(file)!, cancellationToken));
        var plugins = new Command("plugins", "List the sources and sinks that a recipe can name.");
        plugins.SetAction(_ => Plugins());
        return new Command("check", "Check things that were written, and what is built in.") { metadataFile, plugins };
    }

    private static int Plugins()
    {
        Console.WriteLine($"Sources: {string.Join(", ", Connectors.Sources.Select(source => source.Name).Order(StringComparer.Ordinal))}");
        Console.WriteLine($"Sinks: {string.Join(", ", Connectors.Sinks.Select(sink => sink.Name).Order(StringComparer.Ordinal))}");
        return ExitCodes.Success;
    }

    private static async Task<int> MetadataFileAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            Console.Error.WriteLine($"Error: there is no file {path}.");
            return ExitCodes.Usage;
        }
        try
        {
            var result = await MetadataFileCheck.RunAsync(path, cancellationToken);
            foreach (var problem in result.Problems)
            {
                Console.Error.WriteLine($"{path}:{problem.Line}: {(problem.IsWarning ? "warning" : "error")}: record {problem.Index}{(problem.Path.Length > 0 ? $", {PrintableText.Of(problem.Path)}" : "")}: {PrintableText.Of(problem.Message)}");
            }
            Console.WriteLine($"{result.Records} records with {result.Aspects.Values.Sum()} aspects: {result.Errors} errors, {result.Warnings} warnings.");
            return result.Errors == 0 ? ExitCodes.Success : ExitCodes.Failure;
        }
        catch (SourceException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCodes.Failure;
        }
    }
}

using Discovery.Embedded.LocalMySql;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Discovery.Embedded;

/// <summary>Runs a recipe with the engine, in this process.</summary>
internal static class FleetIngestion
{
    /// <param name="path">Path of the recipe.</param>
    /// <param name="secrets">Learns the secrets of the recipe.</param>
    /// <param name="cancellationToken">Interrupts the run.</param>
    /// <exception cref="LocalMySqlException">The recipe is faulty; the message has every fault.</exception>
    public static async Task<RunReport> RunAsync(string path, SecretMasker secrets, CancellationToken cancellationToken)
    {
        using var loaded = new RecipeLoader { Secrets = secrets }.Load(path);
        return loaded.Recipe is { } recipe
            ? await IngestionRun.ExecuteAsync(recipe, new RunOptions(), NullLoggerFactory.Instance, secrets, TimeProvider.System, cancellationToken)
            : throw new LocalMySqlException(string.Join(Environment.NewLine, loaded.Problems));
    }
}

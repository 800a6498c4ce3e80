using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Sources.MySql;

namespace Discovery.Deploy.Input;

/// <summary>Whether the network policies let pods reach what a recipe names. Behind a variable stands what is not known here.</summary>
internal static class RecipeReach
{
    /// <summary>What they would not reach: nothing refuses it, and a run ends with a timeout.</summary>
    public static IEnumerable<RecipeProblem> Of(FolderRecipe recipe, EnvironmentConfig config)
    {
        if (recipe.Recipe.SourceConfig is MySqlSourceConfig && Written(recipe.Document, "source", "config", "host_port") is { Value: string address } server)
        {
            var (host, port) = HostPort.Parse(address);
            if (host is "localhost" or "127.0.0.1" or "::1")
            {
                yield return Warning(server, "'source.config.host_port' is the pod itself; name the server as pods reach it");
            }
            else if (!config.Discovery.Sources.Any(source => source.Ports.Contains(port)))
            {
                yield return Warning(server, $"no entry of discovery.sources has the port {port}, so that pods would not reach this server; add one with its range of addresses");
            }
        }
        if (Written(recipe.Document, "sink", "config", "server") is { Value: string sink } place
            && !sink.StartsWith($"http://{DeployEnvironment.DataHubRelease}-datahub-gms.{config.DataHub.Namespace}.", StringComparison.OrdinalIgnoreCase))
        {
            yield return Warning(place, "'sink.config.server': pods reach the metadata service of their environment and no other; write ${DATAHUB_GMS_URL}");
        }

        RecipeProblem Warning(RecipeScalar at, string message) => new(recipe.File, at.Position, IsWarning: true, message);
    }

    private static RecipeScalar? Written(RecipeMapping document, params ReadOnlySpan<string> path)
    {
        RecipeNode? node = document;
        foreach (var key in path)
        {
            node = node is RecipeMapping mapping && mapping.TryGet(key, out var entry) ? entry.Value : null;
        }
        return node is RecipeScalar { Value: string text } scalar && !text.Contains('$', StringComparison.Ordinal) ? scalar : null;
    }
}

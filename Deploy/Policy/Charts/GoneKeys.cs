using System.Text.Json.Nodes;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy.Charts;

/// <summary>Keys of older charts that went away, or that have no effect any more, with what to write instead.</summary>
internal static class GoneKeys
{
    private const string Rule = "chart-key-gone";

    // Path, where a star is any key; and what to do.
    private static readonly (string[] Path, string Message)[] Gone =
    [
        .. new[] { "mysqlSetupJob", "postgresqlSetupJob", "kafkaSetupJob", "elasticsearchSetupJob" }
            .Select(job => (new[] { job }, "is never rendered any more; datahubSystemUpdate does this work. Remove it (what it had of resources or security contexts belongs to datahubSystemUpdate)")),
        (["datahubUpgrade", "noCodeDataMigration"], "is no part of the chart any more; remove it"),
        (["datahubUpgrade", "cleanupJob"], "is no part of the chart any more; remove it"),
        (["datahub-jmxexporter"], "is no part of the chart any more; use global.datahub.monitoring"),
        (["*", "exporters"], "is no part of the chart any more; use global.datahub.monitoring"),
        (["global", "sql", "datasource", "hostForMysqlClient"], "is read by nothing any more; remove it, the chart's default satisfies its schema"),
        (["global", "kafka", "zookeeper"], "is read by nothing any more; Kafka runs without ZooKeeper. Remove it"),
        (["global", "kafka", "schemaregistry", "url"], "is for a schema registry of its own; DataHub has one built in: global.kafka.schemaregistry.type: INTERNAL"),
        (["global", "datahub", "gms", "s3"], "is deprecated; use global.datahub.objectStorage"),
        (["datahubSystemUpdate", "backOffLimit"], "is read by no template; a failed update is tried again by the next sync"),
        (["datahub-gms", "lifecycle"], "is read by no template; remove it"),
        (["datahub-gms", "theme_v2", "toggleable"], "is spelled toggeable in the chart"),
    ];

    private static readonly string[] Repositories = ["datahub-gms", "datahub-frontend", "datahub-mae-consumer", "datahub-mce-consumer", "datahub-ingestion-cron", "datahubUpgrade", "datahubSystemUpdate", "acryl-datahub-actions"];

    /// <summary>Whether a path is one of them or below one.</summary>
    public static bool Names(string path)
    {
        var keys = path.Split('.');
        return Array.Exists(Gone, gone => gone.Path.Length <= keys.Length && gone.Path.Zip(keys).All(pair => pair.First == "*" || pair.First == pair.Second));
    }

    /// <summary>All that are in some values.</summary>
    public static IEnumerable<ValuesFault> Find(JsonObject values)
    {
        var gone = Gone.SelectMany(key => Matches(values, key.Path, "").Select(match => Warning(match.Value, match.Path, key.Message)));
        var images = Repositories.Select(part => (Path: $"{part}.image.repository", At: values.At(part, "image", "repository")))
            .Where(image => image.At.Text()?.StartsWith("linkedin/", StringComparison.Ordinal) == true)
            .Select(image => new ValuesFault(Rule, image.At, image.Path, IsWarning: false, "images of linkedin/ get no new versions; remove the key (the chart's default is acryldata/)"));
        return [.. gone, .. images, .. WithoutEffect(values)];
    }

    private static IEnumerable<ValuesFault> WithoutEffect(JsonObject values)
    {
        string[][] alwaysOn = [["datahubSystemUpdate", "sql", "setup", "createTables"], ["datahubSystemUpdate", "sql", "setup", "createDatabase"], ["global", "datahub", "systemUpdate", "consolidatedUpgrade"]];
        foreach (var path in alwaysOn.Where(path => values.Switch(path) == false))
        {
            yield return Warning(values.At(path)!, string.Join('.', path), "stays true: the chart takes false for unset. Remove it");
        }
        if (values.Switch("datahubUpgrade", "enabled") == true)
        {
            yield return Warning(values.At("datahubUpgrade", "enabled")!, "datahubUpgrade.enabled", "is deprecated; datahubSystemUpdate does this work");
        }
        if (values.Text("global", "graph_service_impl") == "neo4j")
        {
            yield return Warning(values.At("global", "graph_service_impl")!, "global.graph_service_impl", "Neo4j is no longer the default; write elasticsearch and restore the indices once (restoreIndices), unless you keep a Neo4j 5 of your own");
        }
        if (values.Has("global", "datahub", "systemUpdate", "scaleDown", "enabled") && values.Switch("global", "datahub", "systemUpdate", "scaleDown", "enabled") == true && values.Switch("global", "datahub", "systemUpdate", "zdu", "enable") != false)
        {
            yield return Warning(values.At("global", "datahub", "systemUpdate", "scaleDown", "enabled")!, "global.datahub.systemUpdate.scaleDown.enabled", "has no effect while zdu.enable is on, which is the default");
        }
    }

    private static ValuesFault Warning(JsonNode at, string path, string message) => new(Rule, at, path, IsWarning: true, message);

    private static IEnumerable<(JsonNode Value, string Path)> Matches(JsonNode node, ReadOnlyMemory<string> path, string before)
    {
        if (path.IsEmpty)
        {
            return [(node, before)];
        }
        var key = path.Span[0];
        return (node as JsonObject)?.Where(entry => entry.Value is not null && (key == "*" || entry.Key == key))
            .SelectMany(entry => Matches(entry.Value!, path[1..], before.Length == 0 ? entry.Key : $"{before}.{entry.Key}")) ?? [];
    }
}

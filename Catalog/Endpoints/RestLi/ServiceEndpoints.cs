using System.Security.Cryptography;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Endpoints.RestLi;

/// <summary>What the service says of itself, and resources of GMS that the catalog has not.</summary>
internal static class ServiceEndpoints
{
    /// <summary>The version of DataHub that the catalog answers as.</summary>
    private const string DataHubVersion = "v1.7.0";

    private static readonly string Commit = ReadCommit();

    public static IEnumerable<GmsEndpoint> Endpoints =>
    [
        new(GmsFamily.RestLi, "GET", "/config", null, "", ConfigAsync) { IsOpen = true },
        new(GmsFamily.RestLi, "POST", "/usageStats", "batchIngest", "Deprecated in DataHub: send the aspect datasetUsageStatistics.", null),
        new(GmsFamily.RestLi, "POST", "/usageStats", "query", "Read the aspect datasetUsageStatistics.", null),
        new(GmsFamily.RestLi, "POST", "/usageStats", "queryRange", "Read the aspect datasetUsageStatistics.", null),
        new(GmsFamily.RestLi, "POST", "/analytics", null, "Read the timeseries aspects themselves.", null),
        new(GmsFamily.RestLi, "POST", "/platform", null, "There is no event bus.", null),
        new(GmsFamily.RestLi, "*", "/auth/{**rest}", null, "Accounts and sign-in are no part of it; tokens are.", null),
        new(GmsFamily.RestLi, "*", "/schema-registry/{**rest}", null, "There is no event bus.", null),
        new(GmsFamily.RestLi, "*", "/public-iceberg/{**rest}", null, "", null),
    ];

    private static Task ConfigAsync(GmsRequest request) => request.AnswerAsync(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("noCode"u8, "true"u8);
        writer.WriteString("retention"u8, "true"u8);
        writer.WriteBoolean("statefulIngestionCapable"u8, true);
        writer.WriteBoolean("patchCapable"u8, true);
        writer.WriteString("timeZone"u8, "UTC"u8);
        writer.WriteBoolean("supportsImpactAnalysis"u8, true);
        writer.WriteStartObject("versions"u8);
        writer.WriteStartObject("acryldata/datahub"u8);
        writer.WriteString("version"u8, DataHubVersion);
        writer.WriteString("commit"u8, Commit);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartObject("telemetry"u8);
        writer.WriteBoolean("enabledCli"u8, false);
        writer.WriteBoolean("enabledIngestion"u8, false);
        writer.WriteEndObject();
        writer.WriteStartObject("managedIngestion"u8);
        writer.WriteBoolean("enabled"u8, true);
        writer.WriteString("defaultCliVersion"u8, AspectRegistry.Instance.Version.Split(' ')[^1]);
        writer.WriteEndObject();
        writer.WriteStartObject("datahub"u8);
        writer.WriteString("serverType"u8, "discovery"u8);
        writer.WriteString("serverEnv"u8, "core"u8);
        writer.WriteEndObject();
        writer.WriteBoolean("datasetUrnNameCasing"u8, false);
        writer.WriteStartObject("models"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary>
    /// Clients keep the model and the GraphQL schema on their disk under this word: it changes with the builds that hold them.
    /// </summary>
    private static string ReadCommit()
    {
        var model = typeof(AspectRegistry).Assembly.ManifestModule.ModuleVersionId;
        var schema = typeof(ServiceEndpoints).Assembly.ManifestModule.ModuleVersionId;
        return Convert.ToHexStringLower(SHA256.HashData([.. model.ToByteArray(), .. schema.ToByteArray()]))[..40];
    }
}

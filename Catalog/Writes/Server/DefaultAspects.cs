using System.Text.Json;
using Discovery.Metadata;
using Discovery.Metadata.Model;
using Discovery.Metadata.Serialization;

namespace Discovery.Catalog.Writes.Server;

/// <summary>The aspects that GMS gives a new entity which came without them.</summary>
internal static class DefaultAspects
{
    private const string PlatformInstance = "dataPlatformInstance";
    private const string BrowsePaths = "browsePathsV2";
    private const string UsualDelimiter = ".";

    /// <inheritdoc cref="ServerAspects.Defaults"/>
    public static IReadOnlyList<(AspectType Aspect, ReadOnlyMemory<byte> Value)> Of(
        Urn urn, EntityType entity, Func<string, string, ReadOnlyMemory<byte>> readCurrent)
    {
        var defaults = new List<(AspectType, ReadOnlyMemory<byte>)>(2);
        if (entity.Aspects.Contains(PlatformInstance) && PlatformOf(urn) is { } platform)
        {
            defaults.Add((AspectRegistry.Instance.Aspects[PlatformInstance], new JsonText().Raw("{\"platform\":"u8).Text(platform).Raw("}"u8).Take()));
        }
        if (entity.Aspects.Contains(BrowsePaths))
        {
            defaults.Add((AspectRegistry.Instance.Aspects[BrowsePaths], BrowsePath(urn, readCurrent)));
        }
        return defaults;
    }

    /// <summary>The platform that the key of the entity names; null for types whose key names none.</summary>
    private static string? PlatformOf(Urn urn) => urn.EntityType switch
    {
        "dataset" or "mlModel" or "mlModelGroup" or "mlModelDeployment" or "mlFeatureTable" => urn.Parts[0],
        "chart" or "dashboard" or "dataFlow" => Urns.DataPlatform(urn.Parts[0]),
        "dataProcess" => Urns.DataPlatform(urn.Parts[1]),
        "dataJob" when Urn.TryParse(urn.Parts[0], out var flow) && flow.EntityType == "dataFlow" => PlatformOf(flow),
        _ => null,
    };

    private static ReadOnlyMemory<byte> BrowsePath(Urn urn, Func<string, string, ReadOnlyMemory<byte>> readCurrent)
    {
        var text = new JsonText().Raw("{\"path\":["u8);
        switch (urn.EntityType)
        {
            case "dataJob":
                Entry(text, urn.Parts[0], isUrn: true);
                break;
            case "dataset" when SplitName(urn, readCurrent) is { Count: > 0 } folders:
                for (var i = 0; i < folders.Count; i++)
                {
                    if (i > 0)
                    {
                        text.Raw(","u8);
                    }
                    var instance = i == 0 ? $"urn:li:dataPlatformInstance:({urn.Parts[0]},{folders[0]})" : null;
                    var isInstance = instance is not null && !readCurrent(instance, "dataPlatformInstanceKey").IsEmpty;
                    Entry(text, isInstance ? instance! : folders[i], isInstance);
                }
                break;
            default:
                Entry(text, "Default", isUrn: false);
                break;
        }
        return text.Raw("]}"u8).Take();
    }

    /// <summary>The name of a dataset without its last part, at the delimiter of its platform: <c>shop.public</c> of <c>shop.public.orders</c>.</summary>
    private static List<string> SplitName(Urn urn, Func<string, string, ReadOnlyMemory<byte>> readCurrent)
    {
        var parts = urn.Parts[1].Split(Delimiter(readCurrent(urn.Parts[0], "dataPlatformInfo")));
        return [.. parts.SkipLast(1).Where(part => part.Length > 0)];
    }

    /// <summary>From <c>{"name":"hdfs","datasetNameDelimiter":"/",..}</c>.</summary>
    private static string Delimiter(ReadOnlyMemory<byte> platform)
    {
        if (platform.IsEmpty)
        {
            return UsualDelimiter;
        }
        using var document = JsonDocument.Parse(platform, AspectJson.Options);
        return document.RootElement.TryGetProperty("datasetNameDelimiter", out var delimiter) && delimiter.GetString() is { Length: > 0 } text
            ? text
            : UsualDelimiter;
    }

    private static void Entry(JsonText text, string id, bool isUrn)
    {
        text.Raw("{\"id\":"u8).Text(id);
        if (isUrn)
        {
            text.Raw(",\"urn\":"u8).Text(id);
        }
        text.Raw("}"u8);
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Discovery.Catalog.Search;
using Discovery.Catalog.Store;

namespace Discovery.Catalog.Tests.Search;

/// <summary>An index with entities as the store would hand them in.</summary>
public abstract class SearchFixture
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    protected SearchIndex Index { get; } = new();

    protected static string Urn(string name, string platform = "mysql", string env = "PROD") => $"urn:li:dataset:(urn:li:dataPlatform:{platform},{name},{env})";

    protected string Dataset(string name, string platform = "mysql", string env = "PROD", params (string Aspect, string Value)[] aspects)
    {
        var urn = Urn(name, platform, env);
        Index.Apply([State(urn, "dataset", [("datasetKey", Key(name, platform, env)), .. aspects])]);
        return urn;
    }

    protected string Entity(string urn, params (string Aspect, string Value)[] aspects)
    {
        Index.Apply([State(urn, urn.Split(':')[2], aspects)]);
        return urn;
    }

    protected static EntityState State(string urn, string type, (string Aspect, string Value)[] aspects) =>
        new(urn, type, [.. aspects.Select(aspect => new StoredAspect(urn, aspect.Aspect, 0, System.Text.Encoding.UTF8.GetBytes(aspect.Value), default, 0, ""))]);

    protected static string Key(string name, string platform, string env) =>
        new JsonObject { ["platform"] = $"urn:li:dataPlatform:{platform}", ["name"] = name, ["origin"] = env }.ToJsonString(Plain);

    protected static (string Aspect, string Value) Properties(string? name = null, string? description = null, params (string Key, string Value)[] custom)
    {
        var properties = new JsonObject { ["customProperties"] = new JsonObject(custom.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))) };
        if (name is not null)
        {
            properties["name"] = name;
        }
        if (description is not null)
        {
            properties["description"] = description;
        }
        return ("datasetProperties", properties.ToJsonString(Plain));
    }

    protected static (string Aspect, string Value) Columns(params string[] names) => ("schemaMetadata", new JsonObject
    {
        ["schemaName"] = "s",
        ["fields"] = new JsonArray([.. names.Select(name => new JsonObject { ["fieldPath"] = name, ["nativeDataType"] = "int" })]),
    }.ToJsonString(Plain));

    protected static (string Aspect, string Value) Tags(params string[] tags) =>
        ("globalTags", $$"""{"tags":[{{string.Join(',', tags.Select(tag => $$"""{"tag":"urn:li:tag:{{tag}}"}"""))}}]}""");

    protected static (string Aspect, string Value) Removed { get; } = ("status", """{"removed":true}""");

    protected string[] Find(string query, SearchFilter? filter = null, params string[] types) =>
        [.. Search(query, filter, types).Matches.Select(match => match.Urn)];

    protected SearchAnswer Search(string query, SearchFilter? filter = null, params string[] types) =>
        Index.Search(new SearchRequest { Query = query, Filter = filter ?? SearchFilter.All, EntityTypes = types.Length == 0 ? null : types, Count = 1000 });

    protected static SearchFilter All(params Criterion[] criteria) => new([criteria]);

    protected static Criterion Where(string field, string condition, params string[] values) => new(field, condition, values);
}

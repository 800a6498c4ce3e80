using Discovery.Catalog.Endpoints;

namespace Discovery.Catalog.GraphQl;

/// <summary>The fields of queries and mutations.</summary>
internal sealed class RootFields(GmsRequest request, EntityNodes entities)
{
    /// <summary>The value of a field, see <see cref="FindRootField"/>.</summary>
    public Task<object?> FindAsync(string field, Dictionary<string, object?> arguments)
    {
        var given = new InputObject(arguments);
        var input = given.Object("input")!;
        return field switch
        {
            "createTag" => Tags.CreateAsync(input),
            "removeTag" => Tags.RemoveAsync(input),
            "searchAcrossEntities" => Task.FromResult<object?>(new SearchFields(request.Index, entities).Search(input)),
            "scrollAcrossEntities" => Task.FromResult<object?>(new SearchFields(request.Index, entities).Scroll(input)),
            "scrollAcrossLineage" => Task.FromResult<object?>(new LineageFields(request, entities).Scroll(input)),
            "me" => Task.FromResult<object?>(new Dictionary<string, object?>(StringComparer.Ordinal) { ["corpUser"] = request.Actor }),
            "appConfig" => Task.FromResult<object?>(AppConfig()),
            "listIngestionSources" => Task.FromResult<object?>(NoIngestionSources(input)),
            _ => Task.FromResult<object?>(Stored(given.Text("urn")!)),
        };
    }

    private TagFields Tags => new(request);

    private EntityNode? Stored(string urn) => request.Store.Exists(urn) ? entities.Find(urn) : null;

    private static Dictionary<string, object?> AppConfig() => new(StringComparer.Ordinal)
    {
        ["appVersion"] = typeof(RootFields).Assembly.GetName().Version?.ToString(3),
        ["telemetryConfig"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["enableThirdPartyLogging"] = false },
        ["semanticSearchConfig"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["enabled"] = false, ["enabledEntities"] = Array.Empty<object>() },
    };

    private static Dictionary<string, object?> NoIngestionSources(InputObject input) => new(StringComparer.Ordinal)
    {
        ["start"] = input.Count("start", 0),
        ["count"] = 0,
        ["total"] = 0,
        ["ingestionSources"] = Array.Empty<object>(),
    };
}

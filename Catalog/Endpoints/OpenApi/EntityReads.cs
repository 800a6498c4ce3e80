using System.Text.Json;
using Discovery.Catalog.Search;
using Discovery.Catalog.Store;
using Discovery.Metadata.Model;
using Microsoft.AspNetCore.Http;

namespace Discovery.Catalog.Endpoints.OpenApi;

/// <summary>Reads of <c>/openapi/v3/entity</c>.</summary>
internal static class EntityReads
{
    private const int MostMatches = 10_000;

    public static IEnumerable<GmsEndpoint> Endpoints =>
    [
        new(GmsFamily.OpenApi, "GET", "/openapi/v3/entity/{type}", null, "`sliceId`, `sliceMax`, `sortCriteria` and `pitKeepAlive` are not read; facets are not counted.", ListAsync) { Coverage = Coverage.Partly },
        new(GmsFamily.OpenApi, "POST", "/openapi/v3/entity/scroll", null, "`sliceId`, `sliceMax` and `pitKeepAlive` are not read; facets are not counted.", ScrollAsync) { Coverage = Coverage.Partly, IsRead = true },
        new(GmsFamily.OpenApi, "POST", "/openapi/v3/entity/{type}/scroll", null, "As the scroll over all types.", ScrollAsync) { Coverage = Coverage.Partly, IsRead = true },
        new(GmsFamily.OpenApi, "GET", "/openapi/v3/entity/{type}/{**urn}", null, "Also one aspect, by its name after the urn.", ReadAsync),
        new(GmsFamily.OpenApi, "HEAD", "/openapi/v3/entity/{type}/{**urn}", null, "Also one aspect, by its name after the urn.", ProbeAsync),
        new(GmsFamily.OpenApi, "POST", "/openapi/v3/entity/{type}/batchGet", null, "", ReadBatchAsync) { IsRead = true },
        new(GmsFamily.OpenApi, "POST", "/openapi/v3/entity/generic/batchGet", null, "", ReadGenericBatchAsync) { IsRead = true },
        new(GmsFamily.OpenApi, "POST", "/openapi/v2/entity/batch/{type}", null, "Deprecated in DataHub.", ReadBatchV2Async) { IsRead = true },
    ];

    private static Task ReadAsync(GmsRequest request)
    {
        var (entity, urn, aspect) = EntityPath.Of(request);
        var withSystemMetadata = request.Query.Flag("systemMetadata");
        if (aspect is not null)
        {
            return EntityJson.Read(request.Store, urn.ToString(), aspect, request.Query.Number("version", 0)) is { } stored
                ? request.AnswerAsync(writer => EntityJson.WriteAspect(writer, stored, withSystemMetadata))
                : NotFoundAsync(request);
        }
        var names = request.Query.List("aspects") ?? request.Query.List("aspectNames");
        var aspects = EntityJson.Read(request.Store, urn.ToString(), Aspects(entity, names));
        return aspects.Count > 0 || request.Store.Exists(urn.ToString())
            ? request.AnswerAsync(writer => EntityJson.Write(writer, urn.ToString(), aspects, withSystemMetadata))
            : NotFoundAsync(request);
    }

    private static Task ProbeAsync(GmsRequest request)
    {
        var (_, parsed, aspect) = EntityPath.Of(request);
        var urn = parsed.ToString();
        var exists = aspect is null ? request.Store.Exists(urn) : EntityJson.Read(request.Store, urn, aspect, 0) is not null;
        return exists && (request.Query.Flag("includeSoftDelete") || !request.Store.IsRemoved(urn))
            ? request.AnswerAsync(StatusCodes.Status204NoContent)
            : NotFoundAsync(request);
    }

    private static Task NotFoundAsync(GmsRequest request)
    {
        request.Context.Response.Headers["Not-Found-Reason"] = "ENTITY";
        return request.AnswerAsync(StatusCodes.Status404NotFound);
    }

    private static IReadOnlyList<AspectType>? Aspects(EntityType entity, IReadOnlyList<string>? names) =>
        names is { Count: > 0 } ? [.. names.Select(name => ModelNames.RequireAspect(entity, name)).Distinct()] : null;

    private static Task ListAsync(GmsRequest request)
    {
        var entity = EntityPath.TypeOf(request);
        var names = request.Query.List("aspects") ?? request.Query.List("aspectNames");
        var search = FromQuery(request) with { EntityTypes = [entity.Name] };
        return AnswerPageAsync(request, search, names ?? []);
    }

    private static async Task ScrollAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var type = request.Context.Request.RouteValues.ContainsKey("type") ? EntityPath.TypeOf(request).Name : null;
        var types = type is not null ? [type] : arguments.TextsOrNull("entities")?.Select(name => ModelNames.Entity(name).Name).ToList();
        var sort = FilterReader.ReadSort(arguments);
        var search = FromQuery(request);
        await AnswerPageAsync(
            request,
            search with { EntityTypes = types is { Count: > 0 } ? types : null, Filter = FilterReader.Read(arguments.Member("filter")), Sort = sort.Count > 0 ? sort : search.Sort },
            arguments.TextsOrNull("aspects"));
    }

    private static SearchRequest FromQuery(GmsRequest request) => new()
    {
        Query = request.Query.Text("query") ?? "*",
        Count = Math.Min(request.Query.Count("count", 10), MostMatches),
        ScrollId = request.Query.Text("scrollId"),
        Sort = [new SortBy(request.Query.Text("sort") ?? "urn", request.Query.Text("sortOrder") is "DESCENDING")],
        IncludeSoftDeleted = request.Query.Flag("includeSoftDelete") ? true : null,
        Facets = [],
    };

    /// <param name="request">The request.</param>
    /// <param name="search">Finds the entities of the page.</param>
    /// <param name="names">The aspects to give; none for all, null for just the urn.</param>
    private static Task AnswerPageAsync(GmsRequest request, SearchRequest search, IReadOnlyList<string>? names)
    {
        var answer = request.Index.Search(search);
        var aspects = names?.Count > 0 ? names.Select(ModelNames.Aspect).Distinct().ToList() : null;
        var withSystemMetadata = request.Query.Flag("systemMetadata");
        return request.AnswerAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("scrollId"u8, answer.ScrollId);
            writer.WriteStartArray("entities"u8);
            foreach (var match in answer.Matches)
            {
                EntityJson.Write(writer, match.Urn, names is null ? [] : EntityJson.Read(request.Store, match.Urn, aspects), withSystemMetadata);
            }
            writer.WriteEndArray();
            writer.WriteTexts("facets", []);
            writer.WriteNumber("totalCount"u8, answer.Total);
            writer.WriteEndObject();
        });
    }

    private static async Task ReadBatchAsync(GmsRequest request)
    {
        var entity = EntityPath.TypeOf(request);
        var body = (await request.ReadJsonAsync()).RootElement;
        await request.AnswerAsync(writer => WriteBatch(writer, request, entity, body));
    }

    private static async Task ReadGenericBatchAsync(GmsRequest request)
    {
        var body = (await request.ReadJsonAsync()).RootElement;
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new CatalogException(CatalogFault.Argument, "The request body is not an object of entity types.");
        }
        await request.AnswerAsync(writer =>
        {
            writer.WriteStartObject();
            foreach (var type in body.EnumerateObject())
            {
                writer.WritePropertyName(type.Name);
                WriteBatch(writer, request, ModelNames.Entity(type.Name), type.Value);
            }
            writer.WriteEndObject();
        });
    }

    /// <summary>Answers <c>[{"urn": .., "status": {}}]</c>: those aspects, or all where none is named; entities without any are left out.</summary>
    private static void WriteBatch(Utf8JsonWriter writer, GmsRequest request, EntityType entity, JsonElement asked)
    {
        var withSystemMetadata = request.Query.Flag("systemMetadata");
        writer.WriteStartArray();
        foreach (var item in EntityItems(asked))
        {
            var urn = item.Urn("urn").ToString();
            var named = item.Members.Select(member => member.Name).Where(name => name != "urn").Select(name => (Aspect: ModelNames.RequireAspect(entity, name), Version: Version(item, name))).ToList();
            IReadOnlyList<StoredAspect> aspects = named.Count == 0
                ? EntityJson.Read(request.Store, urn, null)
                : [.. named.Select(wanted => EntityJson.Read(request.Store, urn, wanted.Aspect, wanted.Version)).OfType<StoredAspect>()];
            if (aspects.Count > 0)
            {
                EntityJson.Write(writer, urn, aspects, withSystemMetadata);
            }
        }
        writer.WriteEndArray();
    }

    private static IEnumerable<Arguments> EntityItems(JsonElement asked) => asked.ValueKind == JsonValueKind.Array
        ? asked.EnumerateArray().Select(item => new Arguments(item))
        : throw new CatalogException(CatalogFault.Argument, "An array of entities is expected.");

    /// <summary>The version in <c>{"headers": {"If-Version-Match": "2"}}</c>; 0 where none is asked for.</summary>
    private static long Version(Arguments item, string aspect) =>
        item.Member(aspect) is not { ValueKind: JsonValueKind.Object } wanted || new Arguments(wanted).Member("headers") is not { } headers ? 0
        : new Arguments(headers).TextOrNull("If-Version-Match") is not { } version ? 0
        : long.TryParse(version, out var number) ? number
        : throw new CatalogException(CatalogFault.Argument, $"'{version}' is no version.");

    private static async Task ReadBatchV2Async(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var entity = ModelNames.Entity(request.PathAfter(4)[0]);
        var aspects = Aspects(entity, arguments.TextsOrNull("aspectNames"));
        var withSystemMetadata = arguments.Flag("withSystemMetadata");
        var urns = arguments.TextsOrNull("urns") ?? [];
        await request.AnswerAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("entities"u8);
            foreach (var urn in urns)
            {
                var stored = EntityJson.Read(request.Store, urn, aspects);
                writer.WriteStartObject();
                writer.WriteString("urn"u8, urn);
                writer.WriteStartObject("aspects"u8);
                foreach (var aspect in stored)
                {
                    writer.WritePropertyName(aspect.Aspect);
                    EntityJson.WriteAspect(writer, aspect, withSystemMetadata);
                }
                writer.WriteEndObject();
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }
}

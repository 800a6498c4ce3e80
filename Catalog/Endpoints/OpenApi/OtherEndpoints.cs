namespace Discovery.Catalog.Endpoints.OpenApi;

/// <summary>Endpoints about message queues, and families of OpenAPI that the catalog has not.</summary>
internal static class OtherEndpoints
{
    private const string NoElasticsearch = "There is no Elasticsearch.";

    public static IEnumerable<GmsEndpoint> Endpoints =>
    [
        new(GmsFamily.OpenApi, "GET", "/openapi/operations/messaging/{name}/consumer/lag", null, "Always empty: there is no queue.", NothingAsync),
        new(GmsFamily.OpenApi, "GET", "/openapi/operations/kafka/{name}/consumer/offsets", null, "Always empty: there is no queue.", NothingAsync),
        new(GmsFamily.OpenApi, "*", "/openapi/operations/elasticSearch/{**rest}", null, NoElasticsearch, null),
        new(GmsFamily.OpenApi, "*", "/openapi/operations/throttle/{**rest}", null, "Nothing is throttled.", null),
        new(GmsFamily.OpenApi, "*", "/openapi/operations/{**rest}", null, "", null),
        new(GmsFamily.OpenApi, "*", "/openapi/analytics/{**rest}", null, "Read the timeseries aspects themselves.", null),
        new(GmsFamily.OpenApi, "*", "/openapi/v2/analytics/{**rest}", null, "Read the timeseries aspects themselves.", null),
        new(GmsFamily.OpenApi, "*", "/openapi/entities/v1/{**rest}", null, "Use /openapi/v3/entity.", null),
        new(GmsFamily.OpenApi, "*", "/openapi/platform/entities/v1/{**rest}", null, "Use /openapi/v3/entity.", null),
        new(GmsFamily.OpenApi, "*", "/openapi/v2/entity/{**rest}", null, "Use /openapi/v3/entity.", null),
        new(GmsFamily.OpenApi, "*", "/openapi/v2/relationship/{**rest}", null, "Use /openapi/v3/relationship/scroll.", null),
        new(GmsFamily.OpenApi, "*", "/openapi/v3/entity/versioning/{**rest}", null, "Write the aspects versionProperties and versionSetProperties instead.", null),
        new(GmsFamily.OpenApi, "*", "/openapi/v1/events/{**rest}", null, "There is no event bus.", null),
        new(GmsFamily.OpenApi, "*", "/openapi/v1/files/{**rest}", null, "", null),
        new(GmsFamily.OpenApi, "*", "/openapi/scim/{**rest}", null, "", null),
        new(GmsFamily.OpenApi, "GET", "/openapi/swagger-ui/{**rest}", null, "The description itself is at /openapi/v3/api-docs.", null),
    ];

    private static Task NothingAsync(GmsRequest request) => request.AnswerAsync(static writer =>
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    });
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Endpoints.OpenApi;

/// <summary>The description of what is offered, as an OpenAPI document.</summary>
internal static partial class ApiDocs
{
    public static IEnumerable<GmsEndpoint> Endpoints =>
    [
        new(GmsFamily.OpenApi, "GET", "/openapi/v3/api-docs", null, "Paths and methods; values have the shapes of DataHub's model, which it does not repeat.", AnswerAsync) { Coverage = Coverage.Partly },
    ];

    private static Task AnswerAsync(GmsRequest request) => request.AnswerAsync(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("openapi"u8, "3.0.1"u8);
        writer.WriteStartObject("info"u8);
        writer.WriteString("title"u8, "Discovery catalog"u8);
        writer.WriteString("version"u8, AspectRegistry.Instance.Version);
        writer.WriteEndObject();
        writer.WriteStartObject("paths"u8);
        var offered = OpenApiEndpoints.All.Where(endpoint => endpoint.Coverage != Coverage.Not);
        foreach (var path in offered.SelectMany(Paths).GroupBy(path => path.Path, path => path.Endpoint).OrderBy(path => path.Key, StringComparer.Ordinal))
        {
            WritePath(writer, path.Key, path);
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary>The paths of an endpoint: those over entities once for each type, as there are many tools that go by types.</summary>
    private static IEnumerable<(string Path, GmsEndpoint Endpoint)> Paths(GmsEndpoint endpoint)
    {
        var path = endpoint.Route.Replace("{**", "{", StringComparison.Ordinal);
        return path.StartsWith("/openapi/v3/entity/{type}", StringComparison.Ordinal)
            ? AspectRegistry.Instance.Entities.Keys.Select(type => (path.Replace("{type}", type, StringComparison.Ordinal), endpoint))
            : [(path, endpoint)];
    }

    private static void WritePath(Utf8JsonWriter writer, string path, IEnumerable<GmsEndpoint> endpoints)
    {
        writer.WriteStartObject(path);
        foreach (var endpoint in endpoints)
        {
            writer.WriteStartObject(endpoint.Method.ToLowerInvariant());
            if (endpoint.Note.Length > 0)
            {
                writer.WriteString("description"u8, endpoint.Note);
            }
            writer.WriteStartArray("parameters"u8);
            foreach (Match parameter in ParameterPattern().Matches(path))
            {
                writer.WriteStartObject();
                writer.WriteString("name"u8, parameter.Groups[1].Value);
                writer.WriteString("in"u8, "path"u8);
                writer.WriteBoolean("required"u8, true);
                writer.WriteStartObject("schema"u8);
                writer.WriteString("type"u8, "string"u8);
                writer.WriteEndObject();
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteStartObject("responses"u8);
            writer.WriteStartObject("200"u8);
            writer.WriteString("description"u8, "OK"u8);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    [GeneratedRegex(@"\{(\w+)\}", RegexOptions.NonBacktracking)]
    private static partial Regex ParameterPattern();
}

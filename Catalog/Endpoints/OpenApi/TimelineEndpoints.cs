using System.Text.Json;
using Discovery.Catalog.Timeline;

namespace Discovery.Catalog.Endpoints.OpenApi;

/// <summary>How entities changed.</summary>
internal static class TimelineEndpoints
{
    private static readonly Dictionary<string, ChangeCategory?> Categories = new(StringComparer.OrdinalIgnoreCase)
    {
        ["TAG"] = ChangeCategory.Tag,
        ["OWNERSHIP"] = ChangeCategory.Ownership,
        ["OWNER"] = ChangeCategory.Ownership,
        ["GLOSSARY_TERM"] = ChangeCategory.GlossaryTerm,
        ["TECHNICAL_SCHEMA"] = ChangeCategory.TechnicalSchema,
        ["DOCUMENTATION"] = ChangeCategory.Documentation,
        ["DOMAIN"] = ChangeCategory.Domain,
        ["STRUCTURED_PROPERTY"] = null,
        ["APPLICATION"] = null,
        ["ASSET_MEMBERSHIP"] = null,
        ["VERSIONING"] = null,
        ["LIFECYCLE"] = null,
    };

    public static IEnumerable<GmsEndpoint> Endpoints =>
    [
        Endpoint("/openapi/v2/timeline/v1/{**urn}", parts: 4),
        Endpoint("/openapi/timeline/v1/{**urn}", parts: 3),
    ];

    private static GmsEndpoint Endpoint(string route, int parts) =>
        new(GmsFamily.OpenApi, "GET", route, null, "Tags, owners, terms, columns, documentation and domains; other categories are empty, `raw` is not read.", request => ReadAsync(request, parts))
        {
            Coverage = Coverage.Partly,
        };

    private static Task ReadAsync(GmsRequest request, int parts)
    {
        var urn = request.UrnAfter(parts);
        var names = request.Query.List("categories") ?? throw new CatalogException(CatalogFault.Argument, "The query member 'categories' is missing.");
        var categories = names.Select(Category).OfType<ChangeCategory>().ToHashSet();
        var start = request.Query.Number("startTime", -1);
        var end = request.Query.Number("endTime", 0);
        var transactions = EntityTimeline.Read(request.Store, urn, categories)
            .Where(transaction => transaction.Timestamp >= start && (end <= 0 || transaction.Timestamp <= end))
            .ToList();
        return request.AnswerAsync(writer =>
        {
            writer.WriteStartArray();
            transactions.ForEach(transaction => Write(writer, transaction));
            writer.WriteEndArray();
        });
    }

    private static ChangeCategory? Category(string name) =>
        Categories.TryGetValue(name, out var category) ? category
        : throw new CatalogException(CatalogFault.Argument, $"'{name}' is no category; these are: {string.Join(", ", Categories.Keys)}.");

    private static void Write(Utf8JsonWriter writer, ChangeTransaction transaction)
    {
        writer.WriteStartObject();
        writer.WriteNumber("timestamp"u8, transaction.Timestamp);
        writer.WriteString("actor"u8, transaction.Actor);
        writer.WriteString("semVer"u8, transaction.SemVer);
        writer.WriteString("semVerChange"u8, Name(transaction.Change));
        writer.WriteStartArray("changeEvents"u8);
        foreach (var change in transaction.Events)
        {
            writer.WriteStartObject();
            writer.WriteString("entityUrn"u8, change.EntityUrn);
            writer.WriteString("category"u8, Categories.First(category => category.Value == change.Category).Key);
            writer.WriteString("operation"u8, change.Operation);
            writer.WriteString("modifier"u8, change.Modifier);
            writer.WriteString("semVerChange"u8, Name(change.Change));
            writer.WriteString("description"u8, change.Description);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteString("versionStamp"u8, ""u8);
        writer.WriteEndObject();
    }

    private static string Name(SemVerChange change) => change == SemVerChange.Major ? "MAJOR" : "MINOR";
}

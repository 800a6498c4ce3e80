using System.Text;
using Discovery.Catalog.Endpoints;

namespace Discovery.Catalog.Tests.Endpoints;

public sealed class CoverageDocumentTests
{
    [Fact]
    public void The_page_of_coverage_is_what_the_code_offers()
    {
        var text = new StringBuilder("""
            # What the catalog offers of DataHub's metadata service

            Every endpoint of GMS. Made from the code; a test compares. What is not offered answers 501 with the reason. `GET /health`
            is offered too.

            """);
        AppendEndpoints(text, "Rest.li", RestLiEndpoints.All);
        AppendEndpoints(text, "OpenAPI", OpenApiEndpoints.All);
        AppendEndpoints(text, "GraphQL", GraphQlEndpoints.All);
        text.Append("\n## What the real client expects and does not find\n\n");
        text.Append("Tests of the conformance kit that the catalog does not pass; one that passes must leave this list.\n\n");
        text.Append("| Test | Reason |\n| --- | --- |\n");
        foreach (var (file, test, reason) in KnownMisses.All)
        {
            text.Append($"| `{file}` `{test}` | {reason} |\n");
        }
        var page = Path.Combine(SharedFolder.Root, "docs", "catalog-coverage.md");
        var made = Path.Combine(SharedFolder.Root, "artifacts", "catalog-coverage.md");
        File.WriteAllText(made, text.ToString());

        Assert.True(File.Exists(page) && File.ReadAllText(page) == text.ToString(), $"docs/catalog-coverage.md is not what the code says; copy {made} over it");
    }

    private static void AppendEndpoints(StringBuilder text, string family, IEnumerable<GmsEndpoint> endpoints)
    {
        text.Append($"\n## {family}\n\n| Endpoint | Offered | |\n| --- | --- | --- |\n");
        foreach (var endpoint in endpoints)
        {
            var method = endpoint.Method == "*" ? "" : $"{endpoint.Method} ";
            var route = endpoint.Route.Replace("{**", "{", StringComparison.Ordinal) + (endpoint.Action is null ? "" : $"?action={endpoint.Action}");
            var offered = endpoint.Coverage switch { Coverage.Offered => "yes", Coverage.Partly => "partly", _ => "no" };
            text.Append($"| `{method}{route}` | {offered} | {endpoint.Note} |\n");
        }
    }
}

using System.Text.Json;
using Discovery.Catalog.GraphQl;
using Discovery.Catalog.GraphQl.Syntax;

namespace Discovery.Catalog.Tests.GraphQl;

/// <summary>The queries that DataHub's own client was recorded to send.</summary>
public sealed class CassetteTests
{
    // What they ask for and the catalog does not offer.
    private static readonly string[] NotOffered =
    [
        "batchAssignForm", "batchAssignRole", "createAccessToken", "createDynamicFormAssignment", "createInviteToken", "fetchExtraFields", "getInviteToken", "reportAssertionResult",
        "reportOperation", "runAssertion", "semanticSearchAcrossEntities", "updateIngestionSource", "upsertCustomAssertion", "AssertionResult", "AssertionStd", "assertions", "operations",
        "ReportOperationInput", "StringMapEntryInput", "DatasetAssertion",
    ];

    [Fact]
    public void Each_recorded_query_is_valid_or_refused_for_what_is_not_offered()
    {
        var folder = SharedFolder.Require("oracle/wire/cassettes");
        var valid = 0;
        foreach (var request in Directory.EnumerateFiles(folder, "*.json").SelectMany(Requests))
        {
            var document = Parser.Parse(request.Query);
            foreach (var operation in document.Operations)
            {
                try
                {
                    var root = Schema.Instance.Find(operation.Kind == "query" ? "Query" : "Mutation")!;
                    Validator.Check(Schema.Instance, document, operation, root);
                    new Inputs(Schema.Instance).Variables(operation, request.Variables);
                    valid++;
                }
                catch (GraphQlException e)
                {
                    Assert.True(NotOffered.Any(word => request.Query.Contains(word, StringComparison.Ordinal)), $"{e.Message} {request.Query}");
                    Assert.Contains("this catalog", e.Message, StringComparison.OrdinalIgnoreCase);
                }
            }
        }
        Assert.True(valid > 30, $"{valid} are valid.");
    }

    [Fact]
    public async Task The_clients_introspection_query_is_answered()
    {
        var folder = SharedFolder.Require("oracle/wire/cassettes");
        var request = Requests(Path.Combine(folder, "62_search_text.json")).First(request => request.Query.Contains("IntrospectionQuery", StringComparison.Ordinal));
        var answer = await GraphQlText.RunAsync(request.Query);
        Assert.False(answer.TryGetProperty("errors", out _));
        var types = answer.GetProperty("data").GetProperty("__schema").GetProperty("types").EnumerateArray().Select(type => type.GetProperty("name").GetString()).ToList();
        Assert.Contains("Dataset", types);
        Assert.Contains("Assertion", types);
        Assert.Contains("__Type", types);
    }

    private static IEnumerable<GraphQlRequest> Requests(string file)
    {
        using var cassette = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (var exchange in cassette.RootElement.GetProperty("exchanges").EnumerateArray())
        {
            var request = exchange.GetProperty("request");
            if (request.GetProperty("target").GetString() == "/api/graphql")
            {
                yield return GraphQlRequest.Read(request.GetProperty("body").Clone());
            }
        }
    }
}

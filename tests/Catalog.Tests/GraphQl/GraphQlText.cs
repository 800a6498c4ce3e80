using System.Text.Json;
using Discovery.Catalog.GraphQl;

namespace Discovery.Catalog.Tests.GraphQl;

/// <summary>Runs requests against given values at the root, without a store.</summary>
internal static class GraphQlText
{
    public static async Task<JsonElement> RunAsync(string query, object? root = null, string? variables = null, string? operationName = null)
    {
        var request = new GraphQlRequest(query, operationName, variables is null ? default : JsonElement.Parse(variables));
        var answer = await request.ExecuteAsync(Schema.Instance, (_, _) => Task.FromResult(root is string json ? JsonElement.Parse(json) : root), new EntityNodes(null!), mayChange: true);
        return JsonElement.Parse(answer.Span);
    }

    public static async Task<string> ErrorAsync(string query, string? variables = null, string? root = null)
    {
        var answer = await RunAsync(query, root, variables);
        Assert.False(answer.TryGetProperty("data", out _));
        return answer.GetProperty("errors")[0].GetProperty("message").GetString()!;
    }

    public static void AssertJson(string expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), actual), $"Expected {expected}, found {actual.GetRawText()}");
}

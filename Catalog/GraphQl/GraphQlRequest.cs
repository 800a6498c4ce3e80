using System.Buffers;
using System.Text.Json;
using Discovery.Catalog.GraphQl.Syntax;

namespace Discovery.Catalog.GraphQl;

/// <summary>A request as it is posted: <c>{"query": "..", "variables": {..}, "operationName": ".."}</c>.</summary>
internal sealed record GraphQlRequest(string Query, string? OperationName, JsonElement Variables)
{
    /// <exception cref="CatalogException">A member is missing or of another type.</exception>
    public static GraphQlRequest Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("query", out var query) || query.ValueKind != JsonValueKind.String)
        {
            throw new CatalogException(CatalogFault.Argument, "The body has no 'query': {\"query\": \"{ me { corpUser { urn } } }\"} is expected.");
        }
        var name = body.TryGetProperty("operationName", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        var variables = body.TryGetProperty("variables", out var given) ? given : default;
        return variables.ValueKind is JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined
            ? new GraphQlRequest(query.GetString()!, string.IsNullOrEmpty(name) ? null : name, variables)
            : throw new CatalogException(CatalogFault.Argument, "'variables' is not an object.");
    }

    /// <summary>Carries it out.</summary>
    /// <param name="schema">What can be asked for.</param>
    /// <param name="findRoot">Gives the fields of queries and mutations.</param>
    /// <param name="entities">Gives the entities that these lead to.</param>
    /// <param name="mayChange">Whether who asks may do what a mutation does.</param>
    /// <returns>The answer as UTF-8 JSON; with <c>errors</c> where something is at fault, and without <c>data</c> where nothing was done.</returns>
    public async Task<ReadOnlyMemory<byte>> ExecuteAsync(Schema schema, FindRootField findRoot, EntityNodes entities, bool mayChange)
    {
        var answer = new ArrayBufferWriter<byte>();
        try
        {
            var document = Parser.Parse(Query);
            var operation = Choose(document);
            var root = schema.Find(operation.Kind switch { "query" => "Query", "mutation" => "Mutation", _ => "Subscription" })
                ?? throw new GraphQlException("This catalog has no subscriptions.", operation.Location);
            if (operation.Kind == "mutation" && !mayChange)
            {
                throw new GraphQlException("A mutation needs the role operator.", operation.Location);
            }
            Validator.Check(schema, document, operation, root);
            var executor = new Executor(schema, document, new Inputs(schema).Variables(operation, Variables), findRoot, entities);
            await using var writer = new Utf8JsonWriter(answer);
            writer.WriteStartObject();
            writer.WritePropertyName("data");
            await executor.WriteAsync(operation, root, writer);
            WriteErrors(writer, executor.Errors);
            writer.WriteEndObject();
        }
        catch (GraphQlException e)
        {
            answer.ResetWrittenCount();
            await using var writer = new Utf8JsonWriter(answer);
            writer.WriteStartObject();
            WriteErrors(writer, [new GraphQlError(e.Message, e.Location, [])]);
            writer.WriteEndObject();
        }
        return answer.WrittenMemory;
    }

    private Operation Choose(Document document) => OperationName is null
        ? document.Operations is [var only] ? only : throw new GraphQlException("The document has several operations: say which by 'operationName'.")
        : document.Operations.FirstOrDefault(operation => operation.Name == OperationName) ?? throw new GraphQlException($"The document has no operation '{OperationName}'.");

    private static void WriteErrors(Utf8JsonWriter writer, IReadOnlyList<GraphQlError> errors)
    {
        if (errors.Count == 0)
        {
            return;
        }
        writer.WriteStartArray("errors");
        foreach (var error in errors)
        {
            writer.WriteStartObject();
            writer.WriteString("message", error.Message);
            if (error.Location is { } at)
            {
                writer.WriteStartArray("locations");
                writer.WriteStartObject();
                writer.WriteNumber("line", at.Line);
                writer.WriteNumber("column", at.Column);
                writer.WriteEndObject();
                writer.WriteEndArray();
            }
            if (error.Path.Count > 0)
            {
                writer.WriteStartArray("path");
                foreach (var step in error.Path)
                {
                    if (step is int index)
                    {
                        writer.WriteNumberValue(index);
                    }
                    else
                    {
                        writer.WriteStringValue((string)step);
                    }
                }
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}

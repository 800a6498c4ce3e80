using System.Buffers;
using System.Text.Json;
using Discovery.Catalog.Endpoints;
using Discovery.Metadata;

namespace Discovery.Catalog.GraphQl;

/// <summary><c>createTag</c> and <c>removeTag</c></summary>
internal sealed class TagFields(GmsRequest request)
{
    /// <returns>The urn of the new tag.</returns>
    public async Task<object?> CreateAsync(InputObject input)
    {
        var urn = $"urn:li:tag:{input.Text("id") ?? Guid.NewGuid().ToString()}";
        var properties = Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", input.Text("name"));
            if (input.Text("description") is { } description)
            {
                writer.WriteString("description", description);
            }
            writer.WriteEndObject();
        });
        await request.WriteAsync([new MetadataChangeProposal("tag", urn, "tagProperties", properties) { ChangeType = "CREATE_ENTITY" }]);
        return urn;
    }

    /// <returns>Whether it was done.</returns>
    public async Task<object?> RemoveAsync(InputObject input)
    {
        if (input.Text("subResource") is not null)
        {
            throw new CatalogException(CatalogFault.NotBuilt, "This catalog takes tags off whole entities only: leave subResource out.");
        }
        var resource = input.Text("resourceUrn")!;
        if (!Urn.TryParse(resource, out var urn))
        {
            throw new CatalogException(CatalogFault.Argument, $"'{resource}' is not a urn.");
        }
        var patch = Json(writer =>
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WriteString("op", "remove");
            // Names in a JSON pointer: ~ is ~0 and / is ~1.
            writer.WriteString("path", $"/tags/{input.Text("tagUrn")!.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}");
            writer.WriteEndObject();
            writer.WriteEndArray();
        });
        await request.WriteAsync([new MetadataChangeProposal(urn.EntityType, resource, "globalTags", patch) { ChangeType = MetadataChangeProposal.Patch }]);
        return true;
    }

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }
        return buffer.WrittenMemory;
    }
}

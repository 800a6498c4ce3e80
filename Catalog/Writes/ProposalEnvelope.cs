using System.Globalization;
using System.Text;
using System.Text.Json;
using Discovery.Metadata;

namespace Discovery.Catalog.Writes;

/// <summary>The members of a proposal that only a server reads: <c>headers</c> and <c>entityKeyAspect</c>.</summary>
internal static class ProposalEnvelope
{
    private static readonly string[] Iso8601 = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"];

    /// <summary>The conditions in <c>"headers":{"If-Version-Match":"1"}</c>; headers of other names are passed over.</summary>
    /// <exception cref="CatalogException">One of them is malformed.</exception>
    public static WriteConditions ReadConditions(MetadataChangeProposal proposal)
    {
        if (proposal.OtherMembers.Span.IndexOf("\"headers\""u8) < 0)
        {
            return WriteConditions.None;
        }
        using var document = Parse(proposal);
        if (!document.RootElement.TryGetProperty("headers", out var headers) || headers.ValueKind == JsonValueKind.Null)
        {
            return WriteConditions.None;
        }
        if (headers.ValueKind != JsonValueKind.Object)
        {
            throw Refuse("'headers' is not an object");
        }
        var conditions = WriteConditions.None;
        foreach (var header in headers.EnumerateObject())
        {
            if (header.Value.ValueKind != JsonValueKind.Null)
            {
                conditions = Add(conditions, header.Name, Text(header));
            }
        }
        return conditions;
    }

    /// <summary>The value of <c>"entityKeyAspect":{"value":"{\"name\":\"x\"}","contentType":"application/json"}</c>.</summary>
    /// <exception cref="CatalogException">It is missing or malformed.</exception>
    public static ReadOnlyMemory<byte> ReadKeyAspect(MetadataChangeProposal proposal)
    {
        using var document = Parse(proposal);
        if (!document.RootElement.TryGetProperty("entityKeyAspect", out var aspect) || aspect.ValueKind != JsonValueKind.Object)
        {
            throw Refuse("The proposal names no entity: 'entityUrn' or 'entityKeyAspect' is needed");
        }
        if (aspect.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String)
        {
            return Encoding.UTF8.GetBytes(value.GetString()!);
        }
        return aspect.TryGetProperty("json", out var json)
            ? Encoding.UTF8.GetBytes(json.GetRawText())
            : throw Refuse("'entityKeyAspect' has no 'value'");
    }

    private static WriteConditions Add(WriteConditions conditions, string name, string value)
    {
        if (name.Equals("If-Version-Match", StringComparison.OrdinalIgnoreCase))
        {
            return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var version)
                ? conditions with { VersionMatch = version.ToString(CultureInfo.InvariantCulture) }
                : throw Refuse($"The header If-Version-Match is '{value}'; a version is expected, or -1 for none");
        }
        if (name.Equals("If-Modified-Since", StringComparison.OrdinalIgnoreCase))
        {
            return conditions with { ModifiedSince = Time(name, value) };
        }
        if (name.Equals("If-Unmodified-Since", StringComparison.OrdinalIgnoreCase))
        {
            return conditions with { UnmodifiedSince = Time(name, value) };
        }
        if (name.Equals("If-None-Match", StringComparison.OrdinalIgnoreCase))
        {
            return value == "*" ? conditions with { SkipExisting = true } : throw Refuse($"The header If-None-Match is '{value}'; only * is offered");
        }
        return conditions;
    }

    private static DateTimeOffset Time(string name, string value) =>
        DateTimeOffset.TryParseExact(value, Iso8601, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Refuse($"The header {name} is '{value}'; a time as 2026-01-31T23:59:00Z is expected");

    private static string Text(JsonProperty header) => header.Value.ValueKind switch
    {
        JsonValueKind.String => header.Value.GetString()!,
        JsonValueKind.Number => header.Value.GetRawText(),
        _ => throw Refuse($"The header {header.Name} is not text"),
    };

    /// <summary>The members as an object; they come without braces.</summary>
    private static JsonDocument Parse(MetadataChangeProposal proposal)
    {
        var braced = new byte[proposal.OtherMembers.Length + 2];
        braced[0] = (byte)'{';
        proposal.OtherMembers.Span.CopyTo(braced.AsSpan(1));
        braced[^1] = (byte)'}';
        try
        {
            return JsonDocument.Parse(AspectValue.Compact(braced, "com.linkedin.mxe.MetadataChangeProposal"), AspectJson.Options);
        }
        catch (JsonException exception)
        {
            throw Refuse($"The proposal is not valid JSON: {exception.Message}");
        }
    }

    private static CatalogException Refuse(string message) => new(CatalogFault.Argument, message);
}

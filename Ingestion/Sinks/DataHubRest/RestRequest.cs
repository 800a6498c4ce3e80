using System.Net;

namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>Where requests of one kind go, and what surrounds their records.</summary>
/// <param name="Method">POST, or PATCH on the OpenAPI endpoint.</param>
/// <param name="Target">Path and query, such as <c>/aspects?action=ingestProposal</c>.</param>
/// <param name="Prefix">Body before the first record.</param>
/// <param name="Suffix">Body after the last record.</param>
/// <param name="MaxRecords">How many records one request may carry.</param>
internal sealed record Route(HttpMethod Method, string Target, byte[] Prefix, byte[] Suffix, int MaxRecords)
{
    /// <summary>Bytes of a request around its records.</summary>
    public int EnvelopeBytes => Prefix.Length + Suffix.Length;
}

/// <summary>One request: records in JSON, separated by commas, inside the envelope of their route.</summary>
/// <param name="Route">Where it goes.</param>
/// <param name="Records">UTF-8; must stay unchanged until the answer.</param>
/// <param name="Count">How many records.</param>
/// <param name="RetryServerErrors">False sends once where the server answers 500: the same records were answered so before.</param>
internal readonly record struct RestRequest(Route Route, ReadOnlyMemory<byte> Records, int Count = 1, bool RetryServerErrors = true)
{
    /// <summary>Bytes of the body.</summary>
    public int Length => Route.EnvelopeBytes + Records.Length;
}

/// <summary>Writes the body of a request from where its bytes lie.</summary>
internal sealed class RestRequestContent(RestRequest request) : HttpContent
{
    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(request.Route.Prefix, cancellationToken);
        await stream.WriteAsync(request.Records, cancellationToken);
        await stream.WriteAsync(request.Route.Suffix, cancellationToken);
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = request.Length;
        return true;
    }
}

using System.Text;
using Discovery.Metadata;

namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>Which request a record goes into, by mode and endpoint of the sink.</summary>
internal sealed class Routes
{
    private readonly RestSinkEndpoint _endpoint;
    private readonly string _async;
    private readonly int _maxRecords;
    private readonly Route _proposals;
    private readonly Dictionary<(HttpMethod Method, string EntityType), Route> _openApi = [];

    /// <summary>Makes the routes. Not thread-safe.</summary>
    public Routes(DataHubRestConfig config)
    {
        _endpoint = config.Endpoint;
        _async = config.Mode == RestSinkMode.Sync ? "false" : "true";
        SplitsSnapshots = config.Mode == RestSinkMode.AsyncBatch;
        _maxRecords = SplitsSnapshots ? config.MaxPerBatch : 1;
        _proposals = SplitsSnapshots
            ? new Route(HttpMethod.Post, "/aspects?action=ingestProposalBatch", "{\"proposals\":["u8.ToArray(), Bytes($"],\"async\":\"{_async}\"}}"), _maxRecords)
            : Single(_async);
    }

    /// <summary>A synchronous call for one proposal.</summary>
    public static Route SyncProposal { get; } = Single("false");

    /// <summary>A snapshot as a whole.</summary>
    public static Route Snapshot { get; } = new(HttpMethod.Post, "/entities?action=ingest", [], [], 1);

    /// <summary>Whether snapshots are sent as one proposal for each aspect.</summary>
    public bool SplitsSnapshots { get; }

    /// <summary>Whether proposals go to the OpenAPI endpoint, which takes one entity type a request.</summary>
    public bool OpenApi => _endpoint == RestSinkEndpoint.Openapi;

    /// <summary>The route of a proposal.</summary>
    public Route For(MetadataChangeProposal proposal)
    {
        if (!OpenApi)
        {
            return _proposals;
        }
        var key = (proposal.ChangeType == MetadataChangeProposal.Patch ? HttpMethod.Patch : HttpMethod.Post, proposal.EntityType);
        if (!_openApi.TryGetValue(key, out var route))
        {
            route = new Route(key.Item1, $"/openapi/v3/entity/{Uri.EscapeDataString(key.EntityType)}?async={_async}", "["u8.ToArray(), "]"u8.ToArray(), _maxRecords);
            _openApi.Add(key, route);
        }
        return route;
    }

    private static Route Single(string isAsync) =>
        new(HttpMethod.Post, "/aspects?action=ingestProposal", "{\"proposal\":"u8.ToArray(), Bytes($",\"async\":\"{isAsync}\"}}"), 1);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}

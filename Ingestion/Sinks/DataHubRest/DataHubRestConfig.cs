using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>How records are sent.</summary>
internal enum RestSinkMode
{
    /// <summary>One request at a time, one record each; the server answers after writing.</summary>
    Sync,

    /// <summary>One record a request, several requests at a time; the server answers after queueing.</summary>
    Async,

    /// <summary>Many records a request, several requests at a time; the server answers after queueing.</summary>
    AsyncBatch,
}

/// <summary>Which of the server's two interfaces for writing is used.</summary>
internal enum RestSinkEndpoint
{
    /// <summary>Rest.li: <c>/aspects</c> and <c>/entities</c>.</summary>
    Restli,

    /// <summary><c>/openapi/v3/entity</c>.</summary>
    Openapi,
}

/// <summary>What <c>sink.config</c> of a <c>datahub-rest</c> sink holds: the options of DataHub's own client, none from the environment.</summary>
[AcceptsUnknownSettings]
internal sealed record DataHubRestConfig : IValidatedConfig
{
    /// <summary>Largest value of <see cref="MaxPerBatch"/>.</summary>
    public const int LargestBatch = 200;

    private const double DefaultTimeoutSeconds = 30;
    private const int DefaultRetryMaxTimes = 4;
    private static readonly IReadOnlyList<int> DefaultRetryStatusCodes = [429, 500, 502, 503, 504];

    /// <summary>Address of the metadata service.</summary>
    [Setting("server", "Address of DataHub's metadata service (GMS), such as http://localhost:8080. Not the address of the web front end.")]
    public required string Server { get; init; }

    /// <summary>Personal access token.</summary>
    [Setting("token", "Access token, sent as `Authorization: Bearer`.")]
    public Secret? Token { get; init; }

    /// <summary>Other kinds of authentication; refused.</summary>
    [Setting("auth", "Kinds of authentication other than a token. Not built: use token.")]
    public IReadOnlyDictionary<string, string>? Auth { get; init; }

    /// <summary>Time for connecting, and for an answer, in seconds.</summary>
    [Setting("timeout_sec", "Seconds to wait for a connection and for an answer.", Minimum = 0.001, Maximum = 86400)]
    public double? TimeoutSeconds { get; init; } = DefaultTimeoutSeconds;

    /// <summary>Statuses after which a request is sent again.</summary>
    [Setting("retry_status_codes", "HTTP statuses after which a request is sent again.")]
    public IReadOnlyList<int>? RetryStatusCodes { get; init; } = DefaultRetryStatusCodes;

    /// <summary>How often a request is sent again.</summary>
    [Setting("retry_max_times", "How often a request is sent again after a fault; an answer 429 counts half.", Minimum = 0, Maximum = 100)]
    public int? RetryMaxTimes { get; init; } = DefaultRetryMaxTimes;

    /// <summary>Headers to send with each request.</summary>
    [Setting("extra_headers", "Headers to send with each request.")]
    public IReadOnlyDictionary<string, string>? ExtraHeaders { get; init; }

    /// <summary>PEM file of certificate authorities.</summary>
    [Setting("ca_certificate_path", "PEM file with the certificate authorities to trust in place of the system's.", IsPath = true)]
    public string? CaCertificatePath { get; init; }

    /// <summary>PEM file of the client certificate.</summary>
    [Setting("client_certificate_path", "PEM file with the client certificate; may hold its key too.", IsPath = true)]
    public string? ClientCertificatePath { get; init; }

    /// <summary>PEM file of the client certificate's key.</summary>
    [Setting("client_key_path", "PEM file with the key of the client certificate.", IsPath = true)]
    public string? ClientKeyPath { get; init; }

    /// <summary>Accepts any certificate.</summary>
    [Setting("disable_ssl_verification", "Accept any server certificate. Anyone on the way can then read the token.")]
    public bool DisableSslVerification { get; init; }

    /// <summary>How records are sent.</summary>
    [Setting("mode", "SYNC, ASYNC or ASYNC_BATCH.")]
    public RestSinkMode Mode { get; init; } = RestSinkMode.AsyncBatch;

    /// <summary>Which interface is used.</summary>
    [Setting("endpoint", "RESTLI or OPENAPI.")]
    public RestSinkEndpoint Endpoint { get; init; } = RestSinkEndpoint.Restli;

    /// <summary>Requests at a time in the async modes.</summary>
    [Setting("max_threads", "Requests at a time in the modes ASYNC and ASYNC_BATCH.", Minimum = 1, Maximum = 1000)]
    public int MaxThreads { get; init; } = 15;

    /// <summary>Records waiting or on their way before the source has to wait.</summary>
    [Setting("max_pending_requests", "How many records may wait before reading from the source pauses.", Minimum = 1)]
    public int MaxPendingRequests { get; init; } = 2000;

    /// <summary>Records a request.</summary>
    [Setting("max_per_batch", "Records a request in the mode ASYNC_BATCH.", Minimum = 1, Maximum = LargestBatch)]
    public int MaxPerBatch { get; init; } = 100;

    /// <summary>Longest time that a record waits for its batch to fill, in seconds.</summary>
    [Setting("min_process_interval_seconds", "Longest time in seconds that a record waits for its batch to fill, in the mode ASYNC_BATCH.", Minimum = 0.001, Maximum = 86400)]
    public double MinProcessIntervalSeconds { get; init; } = 30;

    /// <summary>No effect.</summary>
    [Setting("pool_connections", "Connection pools of the Python client.", WithoutEffect = "there is one pool, for the one server")]
    public int? PoolConnections { get; init; }

    /// <summary>No effect.</summary>
    [Setting("pool_maxsize", "Connections a pool of the Python client.", WithoutEffect = "as many connections are opened as max_threads says")]
    public int? PoolMaxSize { get; init; }

    /// <summary>No effect.</summary>
    [Setting("openapi_ingestion", "Interface of the Python client's emitter.", WithoutEffect = "endpoint decides")]
    public bool? OpenApiIngestion { get; init; }

    /// <summary>No effect.</summary>
    [Setting("respect_mcp_sync_marker", "Send batches with marked records synchronously.", WithoutEffect = "mode decides; no source here marks records")]
    public bool? RespectMcpSyncMarker { get; init; }

    /// <summary>No effect.</summary>
    [Setting("client_mode", "What the client calls itself.", WithoutEffect = "an ingestion always says INGESTION")]
    public string? ClientMode { get; init; }

    /// <summary>No effect.</summary>
    [Setting("datahub_component", "What the client calls itself.", WithoutEffect = "requests carry this product's own name")]
    public string? DataHubComponent { get; init; }

    /// <summary>No effect.</summary>
    [Setting("server_config_refresh_interval", "Seconds until the server's configuration is read again.", WithoutEffect = "the server's configuration is read once a run")]
    public int? ServerConfigRefreshInterval { get; init; }

    /// <summary>No effect.</summary>
    [Setting("tcp_keepalive", "TCP keep-alive.", WithoutEffect = "TCP keep-alive is always on")]
    public bool? TcpKeepAlive { get; init; }

    /// <summary>No effect.</summary>
    [Setting("default_emit_mode", "Emit mode of the Python client.", WithoutEffect = "mode decides")]
    public string? DefaultEmitMode { get; init; }

    /// <summary>The address without a trailing slash, such as <c>https://datahub.example.com/gms</c>.</summary>
    public string Address => Server.Trim().TrimEnd('/');

    /// <summary>The token without surrounding white space, null for none.</summary>
    public string? BearerToken => Token?.Reveal().Trim() is { Length: > 0 } token ? token : null;

    /// <summary>Time for connecting, and for an answer.</summary>
    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds ?? DefaultTimeoutSeconds);

    /// <summary>How often a request is sent again.</summary>
    public int Retries => RetryMaxTimes ?? DefaultRetryMaxTimes;

    /// <summary>Statuses after which a request is sent again.</summary>
    public IReadOnlyList<int> RetryStatuses => RetryStatusCodes ?? DefaultRetryStatusCodes;

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (ServerFault() is { } fault)
        {
            yield return ("server", fault);
        }
        if (BearerToken is { } token && token.Any(c => c is <= ' ' or > '~'))
        {
            yield return ("token", "holds white space or a character that a header cannot carry; give the token alone, without quotes or line breaks");
        }
        if (Auth is not null)
        {
            yield return ("auth", "is not built yet; use token");
        }
        if (ClientKeyPath is not null && ClientCertificatePath is null)
        {
            yield return ("client_key_path", "has no client_certificate_path beside it");
        }
        foreach (var name in (ExtraHeaders ?? new Dictionary<string, string>()).Where(header => !IsHeader(header.Key, header.Value)).Select(header => header.Key))
        {
            yield return ("extra_headers", $"the header {name} has a name or value that HTTP does not allow");
        }
        if (RetryStatuses.Any(status => status is < 400 or > 599))
        {
            yield return ("retry_status_codes", "holds a number that is not an HTTP error status (400 to 599)");
        }
    }

    private string? ServerFault()
    {
        if (!Uri.TryCreate(Address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            return "is not an http or https address, such as http://localhost:8080";
        }
        if (uri.UserInfo.Length > 0)
        {
            return "holds a user name or password; remove it and use token";
        }
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            return "ends in a query or fragment; give the address of the metadata service alone";
        }
        return ReservedAddresses.IsMetadataService(uri.IdnHost.Trim('[', ']')) ? "is a link-local address, where cloud machines keep their credentials; give the address of the metadata service" : null;
    }

    private static bool IsHeader(string name, string value) =>
        name.Length > 0
        && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal))
        && value.All(c => c is >= ' ' and <= '~');
}

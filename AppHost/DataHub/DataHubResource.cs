namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A DataHub: its metadata service (GMS), web frontend, update job and, where wanted, actions, which are its children. It is ready when metadata
/// service and frontend are. Its connection string is the address of the metadata service, such as <c>http://localhost:41234</c>.
/// </summary>
/// <param name="name">Name of the resource; those of its parts begin with it.</param>
/// <param name="secrets">What its parts prove themselves to each other with, and the password of its first user.</param>
public sealed class DataHubResource(string name, DataHubSecrets secrets) : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
{
    /// <summary>Who logs in with <see cref="DataHubSecrets.Password"/> and may do everything.</summary>
    public const string UserName = "datahub";

    /// <summary>What its parts prove themselves to each other with, and the password of its first user.</summary>
    public DataHubSecrets Secrets { get; } = secrets;

    /// <summary>Whether requests need a token or a log-in.</summary>
    public bool HasAuthentication { get; internal set; } = true;

    /// <summary>The metadata service.</summary>
    public DataHubGmsResource Gms { get; } = new($"{name}-gms");

    /// <summary>The web frontend.</summary>
    public DataHubFrontendResource Frontend { get; } = new($"{name}-frontend");

    /// <summary>The job that makes tables, topics and indices, and changes them for a newer version.</summary>
    public DataHubSystemUpdateResource SystemUpdate { get; } = new($"{name}-system-update");

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Gms.HttpEndpoint.Property(EndpointProperty.Url)}");

    /// <summary>The variable that DataHub's own clients read the address from.</summary>
    public string ConnectionStringEnvironmentVariable => "DATAHUB_GMS_URL";

    internal MySqlServerResource? MySql { get; set; }

    internal KafkaServerResource? Kafka { get; set; }

    internal ElasticsearchResource? Elasticsearch { get; set; }
}

/// <summary>Secrets of a <see cref="DataHubResource"/>, each a parameter that is generated once and kept.</summary>
/// <param name="SystemClient">What frontend, actions and update job prove themselves to the metadata service with.</param>
/// <param name="TokenSigningKey">Signs access tokens: a new one ends all of them.</param>
/// <param name="TokenSalt">Salt of the hashes that access tokens are kept as.</param>
/// <param name="EncryptionKey">Encrypts the secrets that people store in DataHub: with a new one they cannot be read.</param>
/// <param name="FrontendSession">Signs the cookies of the frontend.</param>
/// <param name="Password">The password of <see cref="DataHubResource.UserName"/>.</param>
public sealed record DataHubSecrets(
    ParameterResource SystemClient,
    ParameterResource TokenSigningKey,
    ParameterResource TokenSalt,
    ParameterResource EncryptionKey,
    ParameterResource FrontendSession,
    ParameterResource Password);

/// <summary>DataHub's metadata service (GMS): the API that clients write to and read from.</summary>
/// <param name="name">Name of the resource.</param>
public sealed class DataHubGmsResource(string name) : ContainerResource(name)
{
    /// <summary>Where it answers.</summary>
    public EndpointReference HttpEndpoint => field ??= new(this, "http");
}

/// <summary>DataHub's web frontend: the pages, and the log-in.</summary>
/// <param name="name">Name of the resource.</param>
public sealed class DataHubFrontendResource(string name) : ContainerResource(name)
{
    /// <summary>Where it answers.</summary>
    public EndpointReference HttpEndpoint => field ??= new(this, "http");
}

/// <summary>DataHub's update job, which runs to its end at each start: the metadata service waits for its word that the stores are as this version needs them.</summary>
/// <param name="name">Name of the resource.</param>
public sealed class DataHubSystemUpdateResource(string name) : ContainerResource(name);

/// <summary>DataHub's actions, which run the recipes that people schedule in DataHub's own pages.</summary>
/// <param name="name">Name of the resource.</param>
public sealed class DataHubActionsResource(string name) : ContainerResource(name);

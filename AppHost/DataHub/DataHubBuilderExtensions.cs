using Aspire.Hosting.DataHub;

namespace Aspire.Hosting;

/// <summary>Adds DataHub to an application, and what it stands on.</summary>
public static class DataHubBuilderExtensions
{
    private const int GmsPort = 8080;
    private const int FrontendPort = 9002;

    /// <summary>Adds a DataHub with authentication. It needs <see cref="WithMySql"/>, <see cref="WithKafka"/> and <see cref="WithElasticsearch"/>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource; those of its parts begin with it.</param>
    /// <param name="port">Port of the frontend on this machine; chosen anew at each start where it is not given, which does for everything but <see cref="WithKeycloak"/>.</param>
    /// <returns>The DataHub, for <c>WithReference</c> (<c>DATAHUB_GMS_URL</c>) and <c>WaitFor</c>.</returns>
    public static IResourceBuilder<DataHubResource> AddDataHub(this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port = null)
    {
        var datahub = new DataHubResource(name, new DataHubSecrets(
            SystemClient: Secret("system-client-secret"),
            TokenSigningKey: Secret("token-signing-key"),
            TokenSalt: Secret("token-salt"),
            EncryptionKey: Secret("encryption-key"),
            FrontendSession: Secret("frontend-session-key"),
            Password: Secret("password")));

        var resource = builder.AddResource(datahub)
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "DataHub", State = KnownResourceStates.NotStarted, Properties = [] })
            .WithIconName("BookDatabase")
            .OnInitializeResource(BecomeRunningAsync);

        var systemUpdate = builder.AddResource(datahub.SystemUpdate)
            .WithDataHubImage(DataHubContainerImageTags.SystemUpdate)
            .WithArgs("-u", "SystemUpdate")
            .WithEnvironment(DataHubEnvironment.Of(datahub))
            .WithEnvironment(DataHubEnvironment.OfSystemUpdate(datahub))
            .WithParentRelationship(datahub);

        var gms = builder.AddResource(datahub.Gms)
            .WithDataHubImage(DataHubContainerImageTags.Gms)
            .WithHttpEndpoint(targetPort: GmsPort)
            .WithUrlForEndpoint("http", url => url.DisplayText = "Metadata service")
            .WithHttpHealthCheck("/health")
            .WithEnvironment(DataHubEnvironment.Of(datahub))
            .WithEnvironment(DataHubEnvironment.OfGms(datahub))
            .WithParentRelationship(datahub)
            .WaitForCompletion(systemUpdate);

        var frontend = builder.AddResource(datahub.Frontend)
            .WithDataHubImage(DataHubContainerImageTags.Frontend)
            .WithHttpEndpoint(port, FrontendPort)
            .WithUrlForEndpoint("http", url => url.DisplayText = "DataHub")
            .WithHttpHealthCheck("/admin")
            .WithEnvironment(DataHubEnvironment.OfFrontend(datahub))
            .WithFirstUser(datahub)
            .WithParentRelationship(datahub)
            .WaitFor(gms);

        // Who has the DataHub may ask its frontend for a token at once.
        return resource.WaitFor(frontend);

        ParameterResource Secret(string of) =>
            // DataHub takes the system client's secret apart at a colon, and its start scripts see all of them.
            builder.AddParameter($"{name}-{of}", new GenerateParameterDefault { MinLength = 44, Special = false }, secret: true, persist: true).Resource;
    }

    /// <summary>Keeps its metadata in a MySQL database. The server gets the version that this DataHub is tested with, and the collation that tells urns apart by case.</summary>
    /// <param name="builder">The DataHub.</param>
    /// <param name="database">The database; of a server that is for this DataHub alone.</param>
    public static IResourceBuilder<DataHubResource> WithMySql(this IResourceBuilder<DataHubResource> builder, IResourceBuilder<MySqlDatabaseResource> database)
    {
        builder.Resource.MySql = database.Resource.Parent;
        builder.ApplicationBuilder.CreateResourceBuilder(database.Resource.Parent)
            .WithImageTag(DataHubContainerImageTags.MySqlTag)
            .WithArgs("--character-set-server=utf8mb4", "--collation-server=utf8mb4_bin");
        return builder.WithStore(database, DataHubEnvironment.OfMySql(database.Resource));
    }

    /// <summary>Sends its changes through Kafka. The broker takes messages as large as DataHub's.</summary>
    /// <param name="builder">The DataHub.</param>
    /// <param name="kafka">The broker; for this DataHub alone.</param>
    public static IResourceBuilder<DataHubResource> WithKafka(this IResourceBuilder<DataHubResource> builder, IResourceBuilder<KafkaServerResource> kafka)
    {
        builder.Resource.Kafka = kafka.Resource;
        kafka.WithImageTag(DataHubContainerImageTags.KafkaTag)
            .WithEnvironment("KAFKA_MESSAGE_MAX_BYTES", DataHubEnvironment.LargestMessage)
            .WithEnvironment("KAFKA_MAX_MESSAGE_BYTES", DataHubEnvironment.LargestMessage)
            .WithEnvironment("KAFKA_HEAP_OPTS", "-Xms512m -Xmx512m");
        builder.ApplicationBuilder.CreateResourceBuilder(builder.Resource.Frontend).WithEnvironment(DataHubEnvironment.OfKafka(kafka.Resource));
        return builder.WithStore(kafka, DataHubEnvironment.OfKafka(kafka.Resource));
    }

    /// <summary>Searches, and keeps its graph, in Elasticsearch, which gets a heap of 1 GiB. It is open to all who reach it, as in DataHub's own profile: it listens on this machine alone.</summary>
    /// <param name="builder">The DataHub.</param>
    /// <param name="elasticsearch">The server; for this DataHub alone.</param>
    public static IResourceBuilder<DataHubResource> WithElasticsearch(this IResourceBuilder<DataHubResource> builder, IResourceBuilder<ElasticsearchResource> elasticsearch)
    {
        builder.Resource.Elasticsearch = elasticsearch.Resource;
        elasticsearch.WithImage(DataHubContainerImageTags.Elasticsearch, DataHubContainerImageTags.ElasticsearchTag)
            .WithImageRegistry(DataHubContainerImageTags.ElasticsearchRegistry)
            .WithEnvironment("xpack.security.enabled", "false")
            .WithEnvironment("ES_JAVA_OPTS", "-Xms1g -Xmx1g")
            // On a disk that is nearly full it would make all indices read-only.
            .WithEnvironment("cluster.routing.allocation.disk.threshold_enabled", "false");
        builder.ApplicationBuilder.CreateResourceBuilder(builder.Resource.Frontend).WithEnvironment(DataHubEnvironment.OfElasticsearchClient(elasticsearch.Resource));
        return builder.WithStore(elasticsearch, DataHubEnvironment.OfElasticsearch(elasticsearch.Resource));
    }

    /// <summary>Lets people log in at Keycloak, beside the first user, who has a password. Users and their groups come into being when they log in first.</summary>
    /// <param name="builder">The DataHub, with a fixed port: the realm knows it by its address.</param>
    /// <param name="keycloak">The server, whose address browsers and DataHub's containers see alike (<c>KC_HOSTNAME</c>).</param>
    /// <param name="realm">Name of the realm.</param>
    /// <param name="clientId">What the realm knows DataHub by.</param>
    /// <param name="clientSecret">The secret of that client.</param>
    public static IResourceBuilder<DataHubResource> WithKeycloak(
        this IResourceBuilder<DataHubResource> builder, IResourceBuilder<KeycloakResource> keycloak, string realm, string clientId, IResourceBuilder<ParameterResource> clientSecret)
    {
        builder.ApplicationBuilder.CreateResourceBuilder(builder.Resource.Frontend)
            .WithEnvironment(DataHubEnvironment.OfKeycloak(builder.Resource, keycloak.GetEndpoint("http"), realm, clientId, clientSecret.Resource))
            .WaitFor(keycloak);
        return builder;
    }

    /// <summary>Adds DataHub's actions, which run the recipes that people schedule in DataHub's own pages. Everything else works without.</summary>
    /// <param name="builder">The DataHub.</param>
    public static IResourceBuilder<DataHubResource> WithActions(this IResourceBuilder<DataHubResource> builder)
    {
        var datahub = builder.Resource;
        builder.ApplicationBuilder.AddResource(new DataHubActionsResource($"{datahub.Name}-actions"))
            .WithDataHubImage(DataHubContainerImageTags.Actions)
            .WithImageTag(DataHubContainerImageTags.ActionsTag)
            .WithEnvironment(DataHubEnvironment.OfActions(datahub))
            .WithParentRelationship(datahub)
            .WaitFor(builder.ApplicationBuilder.CreateResourceBuilder(datahub.Gms));
        return builder;
    }

    /// <summary>Sends traces and metrics of the metadata service and the frontend to the dashboard, by the agent in their images.</summary>
    /// <param name="builder">The DataHub.</param>
    public static IResourceBuilder<DataHubResource> WithTelemetry(this IResourceBuilder<DataHubResource> builder)
    {
        var (gms, frontend) = (builder.ApplicationBuilder.CreateResourceBuilder(builder.Resource.Gms), builder.ApplicationBuilder.CreateResourceBuilder(builder.Resource.Frontend));
        gms.WithEnvironment("ENABLE_OTEL", "true").WithOtlpExporter();
        frontend.WithEnvironment("ENABLE_OTEL", "true").WithOtlpExporter();
        return builder;
    }

    /// <summary>Lets everybody who reaches it do everything, without a token or a log-in.</summary>
    /// <param name="builder">The DataHub.</param>
    public static IResourceBuilder<DataHubResource> WithoutAuthentication(this IResourceBuilder<DataHubResource> builder)
    {
        builder.Resource.HasAuthentication = false;
        // While it knows a way to log in, the frontend asks for it.
        builder.ApplicationBuilder.CreateResourceBuilder(builder.Resource.Frontend).WithEnvironment("AUTH_JAAS_ENABLED", "false").WithEnvironment("AUTH_NATIVE_ENABLED", "false");
        return builder;
    }

    /// <summary>Keeps what it stores in volumes, so that it outlives the containers. Passwords are kept too: a volume opens with the one that it was made with.</summary>
    /// <param name="builder">The DataHub, with all its stores.</param>
    /// <exception cref="DistributedApplicationException">A store is missing.</exception>
    public static IResourceBuilder<DataHubResource> WithDataVolumes(this IResourceBuilder<DataHubResource> builder)
    {
        var (mysql, kafka, elasticsearch) = DataHubStores.Of(builder.Resource);
        builder.ApplicationBuilder.CreateResourceBuilder(mysql).WithDataVolume();
        builder.ApplicationBuilder.CreateResourceBuilder(kafka).WithDataVolume();
        builder.ApplicationBuilder.CreateResourceBuilder(elasticsearch).WithDataVolume();
        return builder;
    }

    /// <summary>An access token of the first user, such as programs send: for the environment of a resource that waits for the DataHub.</summary>
    /// <param name="builder">The DataHub, with authentication.</param>
    /// <param name="name">What the token is called in DataHub's settings.</param>
    public static DataHubAccessToken GetAccessToken(this IResourceBuilder<DataHubResource> builder, string name)
    {
        var (application, datahub) = (builder.ApplicationBuilder, builder.Resource);
        var published = application.ExecutionContext.IsPublishMode ? application.AddParameter($"{datahub.Name}-{name}-token", secret: true).Resource : datahub.Secrets.Password;
        var token = new DataHubAccessToken(datahub, name, published);
        application.CreateResourceBuilder(datahub.Gms).OnResourceStopped((_, _, _) =>
        {
            token.Forget();
            return Task.CompletedTask;
        });
        return token;
    }

    /// <summary>The image, and patience: the stores of a slow machine take longer than DataHub waits by itself.</summary>
    private static IResourceBuilder<T> WithDataHubImage<T>(this IResourceBuilder<T> builder, string image)
        where T : ContainerResource =>
        builder.WithImage(image, DataHubContainerImageTags.Tag).WithImageRegistry(DataHubContainerImageTags.Registry).WithEnvironment("DATAHUB_WAIT_TIMEOUT_SECONDS", "900");

    private static IResourceBuilder<DataHubResource> WithStore(
        this IResourceBuilder<DataHubResource> builder, IResourceBuilder<IResource> store, Action<EnvironmentCallbackContext> environment)
    {
        // The metadata service waits for the update job, which waits for the stores.
        builder.ApplicationBuilder.CreateResourceBuilder(builder.Resource.SystemUpdate).WithEnvironment(environment).WaitFor(store);
        builder.ApplicationBuilder.CreateResourceBuilder(builder.Resource.Gms).WithEnvironment(environment);
        return builder;
    }

    /// <summary>The image has a user whose password everybody knows; this file takes the place of its list of users.</summary>
    private static IResourceBuilder<DataHubFrontendResource> WithFirstUser(this IResourceBuilder<DataHubFrontendResource> builder, DataHubResource datahub) =>
        builder.WithContainerFiles("/datahub-frontend/conf", async (_, cancellationToken) =>
            [new ContainerFile { Name = "user.props", Contents = $"{DataHubResource.UserName}:{await datahub.Secrets.Password.GetValueAsync(cancellationToken)}\n" }]);

    private static async Task BecomeRunningAsync(DataHubResource datahub, InitializeResourceEvent start, CancellationToken cancellationToken)
    {
        try
        {
            DataHubStores.Of(datahub);
            // This waits for what it waits for.
            await start.Eventing.PublishAsync(new BeforeResourceStartedEvent(datahub, start.Services), cancellationToken);
            await start.Notifications.PublishUpdateAsync(datahub, snapshot => snapshot with { State = KnownResourceStates.Running });
            await start.Eventing.PublishAsync(new ConnectionStringAvailableEvent(datahub, start.Services), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            DataHubLog.FailedToStart(start.Logger, datahub.Name, e);
            await start.Notifications.PublishUpdateAsync(datahub, snapshot => snapshot with { State = KnownResourceStates.FailedToStart });
        }
    }
}

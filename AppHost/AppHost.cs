using Discovery.AppHost;
using Discovery.AppHost.Commands;
using Discovery.AppHost.Preflight;
using Discovery.AppHost.Publishing;

var builder = DistributedApplication.CreateBuilder(args);
var settings = HostSettings.Read(args, builder.Configuration);
ContainerPreflight.Add(builder, settings);
var folders = HostFolders.Of(builder, settings);
var tokens = settings.HasAuthentication ? StaticTokens.Add(builder, folders) : null;
var login = settings.HasLogIn ? LogIn.Add(builder, "keycloak", settings) : null;

// What is read: a MySQL server with the sample fleet, and an account that holds REFERENCES and nothing else.
var fleet = SampleFleet.Add(builder, "fleet");

// What gives runs to the workers: recipes, schedules, runs, diffs, pages.
var api = builder.AddProject<Projects.Ingestion_Api>("api")
    .WithArgs("api", "--data", folders.Of("api"), "--recipes", folders.Recipes)
    .ListensOn(settings.ApiPort)
    .WithPage("Runs and recipes", "/ingestion")
    .WithIngestNow("fleet", tokens?.Operator)
    .WithResetData(folders);
tokens?.TakenBy(api);
login?.Opens(api);

// What executes them.
var workers = builder.AddProject<Projects.Ingestion_Worker>("worker")
    .WithArgs("worker", "--file-root", folders.Of("files"))
    .WithReplicas(2)
    .WithReference(api).WaitFor(api)
    .WithPreflight(Path.Combine(folders.Recipes, "fleet.yml"))
    .IngestsAtStart(api);
fleet.ReadBy(workers);
if (tokens is not null)
{
    workers.WithEnvironment("DISCOVERY_WORKER_TOKEN", tokens.Worker);
}

// What they write to: DataHub, or the catalog that needs no containers.
if (settings.Stack == Stack.DataHub)
{
    var mysql = builder.AddMySql("datahub-mysql");
    var kafka = builder.AddKafka("datahub-kafka");
    var elasticsearch = builder.AddElasticsearch("datahub-elasticsearch");
    var datahub = builder.AddDataHub("datahub", settings.DataHubPort)
        .WithMySql(mysql.AddDatabase("datahub-db", "datahub"))
        .WithKafka(kafka)
        .WithElasticsearch(elasticsearch)
        .WithActions()
        .WithTelemetry();

    _ = login is null ? datahub.WithoutAuthentication() : datahub.WithKeycloak(login.Keycloak, LogIn.Realm, "datahub", login.DataHubSecret);
    _ = settings.KeepsData ? datahub.WithDataVolumes() : datahub;
    if (builder.ExecutionContext.IsRunMode)
    {
        mysql.WithPhpMyAdmin(tool => tool.WithExplicitStart());
        kafka.WithKafkaUI(tool => tool.WithExplicitStart());
    }
    workers.WithReference(datahub).WaitFor(datahub);
    if (login is not null)
    {
        workers.WithEnvironment("DATAHUB_GMS_TOKEN", datahub.GetAccessToken("workers"));
        datahub.WithMintToken();
    }
}
else
{
    var catalog = builder.AddProject<Projects.Catalog>("catalog")
        .WithArgs("catalog", "--data", folders.Of("catalog"))
        .ListensOn(port: null)
        .WithPage("Catalog", "/");
    tokens?.TakenBy(catalog);
    workers.WithEnvironment("DATAHUB_GMS_URL", catalog.GetEndpoint("http")).WaitFor(catalog);
    if (tokens is not null)
    {
        workers.WithEnvironment("DATAHUB_GMS_TOKEN", tokens.Operator);
    }
}

// What 'aspire publish' writes: the deployment to GKE.
GkeDeployment.Add(builder, settings, api, workers);

await builder.Build().RunAsync();

namespace Discovery.AppHost;

/// <summary>A MySQL server with the sample databases, and an account that holds REFERENCES on them and nothing else: what is read.</summary>
/// <param name="Server">The server; made anew at each start.</param>
/// <param name="ReaderPassword">Password of the account <c>discovery_reader</c>.</param>
internal sealed record SampleFleet(IResourceBuilder<MySqlServerResource> Server, IResourceBuilder<ParameterResource> ReaderPassword)
{
    private const string Reader = "discovery_reader";

    /// <summary>The newest long-term version, as most of those have that are read with this.</summary>
    private const string MySqlTag = "8.4";

    /// <summary>Adds it.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the server.</param>
    public static SampleFleet Add(IDistributedApplicationBuilder builder, string name)
    {
        var password = Secrets.Add(builder, $"{name}-reader-password");
        var scripts = Path.GetFullPath(Path.Combine("..", "samples", "fleet"), builder.AppHostDirectory);
        var server = builder.AddMySql(name)
            .WithImageTag(MySqlTag)
            .WithContainerFiles("/docker-entrypoint-initdb.d", async (_, cancellationToken) =>
            [
                .. ContainerDirectory.GetFileSystemItemsFromPath(scripts, "*.sql"),
                new ContainerFile { Name = "90-reader.sql", Contents = Grants(scripts, await password.Resource.GetValueAsync(cancellationToken)) },
            ]);
        return new SampleFleet(server, password);
    }

    /// <summary>Gives a resource the variables of the recipe <c>fleet.yml</c>, and lets it wait for the server.</summary>
    public void ReadBy(IResourceBuilder<ProjectResource> reader) => reader
        .WithEnvironment("FLEET_HOST_PORT", Server.Resource.PrimaryEndpoint.Property(EndpointProperty.HostAndPort))
        .WithEnvironment("FLEET_PASSWORD", ReaderPassword)
        .WaitFor(Server);

    // 10-geo.sql makes the database geo.
    private static string Grants(string scripts, string? password) =>
        $"CREATE USER '{Reader}'@'%' IDENTIFIED BY '{password}';\n"
        + string.Concat(Directory.GetFiles(scripts, "*.sql").Order(StringComparer.Ordinal)
            .Select(script => $"GRANT REFERENCES ON `{Path.GetFileNameWithoutExtension(script).Split('-', 2)[1]}`.* TO '{Reader}'@'%';\n"));
}

using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.Containers;

/// <summary>A recipe for a container with the sample fleet, and the file that it writes, in a folder of its own.</summary>
internal sealed class ContainerRecipe : IDisposable
{
    /// <summary>What is in the output file before a run.</summary>
    public const string Earlier = "[\n]";

    private readonly string _folder = Directory.CreateTempSubdirectory("discovery-recipe-").FullName;

    /// <param name="server">The server to read.</param>
    /// <param name="password">The password to try.</param>
    public ContainerRecipe(ContainerServer server, string password = FleetContainer.Password)
    {
        File.WriteAllText(OutputFile, Earlier);
        File.WriteAllText(Path, $$"""
            source:
              type: mysql
              config:
                host_port: {{server.HostPort}}
                username: {{FleetContainer.Account}}
                password: "{{password}}"
                schemas_per_batch: 1
                database_pattern: { deny: [^information_schema$, ^performance_schema$] }
            sink:
              type: file
              config:
                filename: {{OutputFile}}
            """);
    }

    public string Path => System.IO.Path.Combine(_folder, "recipe.yml");

    public string OutputFile => System.IO.Path.Combine(_folder, "out.json");

    /// <summary>Runs it with the command line program.</summary>
    public Task<ProgramResult> IngestAsync() => ProgramResult.DiscoveryAsync(_folder, new Dictionary<string, string>(), "ingest", "-c", Path);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

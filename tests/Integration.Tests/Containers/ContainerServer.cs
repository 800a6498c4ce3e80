using System.Diagnostics;
using System.Security.Cryptography;
using Discovery.Embedded.LocalMySql;
using MySqlConnector;

namespace Discovery.Integration.Tests.Containers;

/// <summary>One server in a container of the tests' own, on a port of 127.0.0.1, as people start one with <c>docker run</c>. It is removed at the end.</summary>
internal sealed class ContainerServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("discovery-container-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Name of the container.</summary>
    public string Name { get; } = $"discovery-test-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";

    /// <summary>Of root; it holds what shells and options of clients would trip over.</summary>
    public string RootPassword { get; } = $"it's a \\ \"#$ {RandomNumberGenerator.GetHexString(8)}";

    /// <summary>As recipes name it; another one after each start.</summary>
    public string HostPort { get; private set; } = "";

    /// <summary>Starts a container; the server in it answers later, see <see cref="UntilReadyAsync"/>.</summary>
    /// <param name="image">The image.</param>
    /// <param name="scripts">Files for <c>/docker-entrypoint-initdb.d</c>, by their names.</param>
    /// <param name="variables">More for its environment, lines of <c>NAME=value</c>.</param>
    /// <param name="options">More options of <c>docker create</c>.</param>
    /// <param name="arguments">Arguments of the server.</param>
    public static async Task<ContainerServer> StartAsync(
        string image, IReadOnlyDictionary<string, byte[]>? scripts = null, string variables = "", IEnumerable<string>? options = null, IEnumerable<string>? arguments = null)
    {
        var server = new ContainerServer();
        try
        {
            var environment = Path.Combine(server._folder, "environment");
            var oursAlone = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
            await using (var writer = new StreamWriter(environment, oursAlone))
            {
                await writer.WriteAsync($"MYSQL_ROOT_PASSWORD={server.RootPassword}\n{variables}\n");
            }
            await Docker.RunAsync(["create", "--name", server.Name, "--env-file", environment, "--publish", "127.0.0.1::3306", .. options ?? [], image, .. arguments ?? []]);
            var init = Directory.CreateDirectory(Path.Combine(server._folder, "init")).FullName;
            foreach (var (name, content) in scripts ?? new Dictionary<string, byte[]>())
            {
                await File.WriteAllBytesAsync(Path.Combine(init, name), content, Cancelled);
            }
            await Docker.RunAsync("cp", $"{init}/.", $"{server.Name}:/docker-entrypoint-initdb.d");
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the container.</summary>
    public async Task StartAgainAsync()
    {
        await Docker.RunAsync("start", Name);
        HostPort = (await Docker.RunAsync("port", Name, "3306/tcp")).Split('\n')[0];
    }

    /// <summary>Waits until the server answers root from outside the container.</summary>
    public async Task UntilReadyAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return;
            }
            catch (MySqlException e)
            {
                var state = await Docker.RunAsync("inspect", "--format", "{{.State.Status}}", Name);
                if (state != "running" || Stopwatch.GetElapsedTime(started) > Patience)
                {
                    Assert.Fail($"The server does not answer ({e.Message}), its container is {state}:\n{await LogAsync()}");
                }
                await Task.Delay(50, Cancelled);
            }
        }
    }

    /// <summary>Runs a statement as root.</summary>
    /// <returns>The first cell as text.</returns>
    public async Task<string?> ExecuteAsync(string sql)
    {
        var login = new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1",
            Port = uint.Parse(HostPort.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture),
            UserID = "root",
            Password = RootPassword,
            AllowPublicKeyRetrieval = true,
            Pooling = false,
        };
        await using var connection = new MySqlConnection(login.ConnectionString);
        await connection.OpenAsync(Cancelled);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(await command.ExecuteScalarAsync(Cancelled), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>What the container wrote.</summary>
    public Task<string> LogAsync() => Docker.RunAsync("logs", Name);

    public async ValueTask DisposeAsync()
    {
        await Command.RunAsync("docker", ["rm", "--force", "--volumes", Name], CancellationToken.None);
        Directory.Delete(_folder, recursive: true);
    }
}

using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Discovery.Embedded.LocalMySql;

/// <summary>Starts a server in a container on this machine's Docker; nothing of it is left at the end.</summary>
internal static partial class DockerServer
{
    /// <summary>The variable by which <c>up</c> takes another image.</summary>
    public const string ImageVariable = "DISCOVERY_UP_IMAGE";

    private const string UsualImage = "mariadb:10.11";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether there is a Docker client and a daemon on this machine. A daemon elsewhere is not ours to use, and its loopback not ours either.</summary>
    public static async Task<bool> IsReachableAsync(CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(Patience);
        try
        {
            var (exitCode, host) = await Command.RunAsync("docker", ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"], timer.Token);
            return exitCode == 0
                && host.StartsWith("unix://", StringComparison.Ordinal)
                && (await Command.RunAsync("docker", ["version", "--format", "{{.Server.Version}}"], timer.Token)).ExitCode == 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <exception cref="LocalMySqlException">The image cannot be pulled or the server does not start.</exception>
    public static async Task<RunningServer> StartAsync(LocalMySqlOptions options, CancellationToken cancellationToken)
    {
        var image = options.Image ?? UsualImage;
        await PullAsync(image, cancellationToken);
        var folder = await ServerFolder.OpenAsync(Path.Combine(options.DataFolder, "docker"), cancellationToken);
        var container = $"discovery-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        try
        {
            var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
            var environment = folder.WritePrivate("environment", $"MYSQL_ROOT_PASSWORD={password}\n");
            // The client stays attached and hands SIGTERM on, so that the container ends with it and with us.
            IEnumerable<string> Arguments(int port) =>
            [
                "run", "--rm", "--name", container, "--label", $"discovery.folder={options.DataFolder}", "--env-file", environment, "--publish", $"127.0.0.1:{port}:3306", image,
                "--skip-name-resolve", "--local-infile=OFF", .. options.Arguments,
            ];
            var start = new ServerStart(port => OwnedProcess.Start("docker", Arguments(port), folder.Log), folder.Log, SaysReady);
            try
            {
                var (process, port, log) = await start.RunAsync(options, cancellationToken);
                var match = VersionPattern().Match(log);
                var version = Version.Parse(match.Groups[1].ValueSpan);
                var isMariaDb = match.Groups[2].Value == "-MariaDB";
                return new RunningServer
                {
                    Process = process,
                    Name = $"{(isMariaDb ? "mariadbd" : "mysqld")} {version} (Docker)",
                    Version = version,
                    IsMariaDb = isMariaDb,
                    Port = port,
                    LogFile = folder.Log,
                    AdminUser = "root",
                    AdminPassword = password,
                    AccountHost = "%",
                    CleanUpAsync = () => RemoveAsync(container, folder),
                };
            }
            finally
            {
                File.Delete(environment);
            }
        }
        catch
        {
            await RemoveAsync(container, folder);
            throw;
        }
    }

    private static async Task PullAsync(string image, CancellationToken cancellationToken)
    {
        if ((await Command.RunAsync("docker", ["image", "inspect", image], cancellationToken)).ExitCode == 0)
        {
            return;
        }
        var (exitCode, output) = await Command.RunAsync("docker", ["pull", "--quiet", image], cancellationToken);
        if (exitCode != 0)
        {
            throw new LocalMySqlException($"Docker could not pull {image}: {output.Trim()} Check the network, name a mirror of it that you have in {ImageVariable}, or install a MariaDB or MySQL server on this machine.");
        }
    }

    private static async ValueTask RemoveAsync(string container, ServerFolder folder)
    {
        await Command.RunAsync("docker", ["rm", "--force", "--volumes", container], CancellationToken.None);
        folder.Dispose();
    }

    // The image first runs a server without a network for its set-up, and says when that is done.
    private static bool SaysReady(string log)
    {
        var setUp = log.IndexOf("init process done", StringComparison.Ordinal);
        return setUp >= 0 && ServerLog.SaysReady(log[setUp..]);
    }

    // Version: '10.11.19-MariaDB-ubu2204'  socket: '/run/mysqld/mysqld.sock'  port: 3306  mariadb.org binary distribution
    // /usr/sbin/mysqld: ready for connections. Version: '8.4.6'  socket: '/var/run/mysqld/mysqld.sock'  port: 3306  MySQL Community Server - GPL.
    [GeneratedRegex(@"Version: '(\d+\.\d+\.\d+)(-MariaDB)?", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MySqlConnector;

[assembly: AssemblyFixture(typeof(Discovery.MySqlConnector.Tests.MariaDbServer))]

namespace Discovery.MySqlConnector.Tests;

/// <summary>A real MariaDB server in a folder of its own, on loopback, with TLS; started once for all tests where <c>mariadbd</c> is installed.</summary>
public sealed class MariaDbServer : IAsyncLifetime
{
    public const string User = "reader";
    public const string Password = "p@ss;'word\\ 비밀";

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mariadb-test-");
    private Process? process;
    private Task<string>? log;

    public int Port { get; private set; }

    public TestCertificates Certificates { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (FindProgram("mariadbd") is not { } server || FindProgram("mariadb-install-db") is not { } installer)
        {
            return;
        }

        Certificates = new TestCertificates(folder.FullName);
        var data = Path.Combine(folder.FullName, "data");
        var user = $"--user={Environment.UserName}";
        using (var install = Start(installer, "--no-defaults", $"--datadir={data}", user, "--auth-root-authentication-method=normal", "--skip-test-db"))
        {
            var output = install.StandardOutput.ReadToEndAsync();
            var errors = install.StandardError.ReadToEndAsync();
            await install.WaitForExitAsync();
            Assert.True(install.ExitCode == 0, await output + await errors);
        }

        var init = Path.Combine(folder.FullName, "init.sql");
        var literal = Password.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal);
        await File.WriteAllTextAsync(init, $"CREATE USER {User}@'%' IDENTIFIED BY '{literal}';\nGRANT ALL ON *.* TO {User}@'%';\n");
        Port = FreePort();
        process = Start(
            server,
            "--no-defaults",
            user,
            $"--datadir={data}",
            $"--init-file={init}",
            $"--socket={Path.Combine(folder.FullName, "s")}",
            "--bind-address=127.0.0.1",
            $"--port={Port}",
            "--skip-log-bin",
            "--skip-name-resolve",
            "--character-set-server=utf8mb4",
            "--innodb-flush-log-at-trx-commit=0",
            $"--ssl-cert={Certificates.ServerCertificate}",
            $"--ssl-key={Certificates.ServerKey}");
        try
        {
            await WaitUntilReadyAsync(process.StandardError);
        }
        catch
        {
            process.Kill();
            throw;
        }

        log = process.StandardError.ReadToEndAsync();
    }

    /// <summary>A connection string; the test is skipped where there is no server.</summary>
    public MySqlConnectionStringBuilder Settings()
    {
        if (process is null)
        {
            Assert.Skip("mariadbd and mariadb-install-db are not installed (apt-get install mariadb-server-core mariadb-client-core).");
        }

        return new() { Server = "127.0.0.1", Port = (uint)Port, UserID = User, Password = Password, Pooling = false };
    }

    /// <summary>An open connection.</summary>
    public async Task<MySqlConnection> OpenAsync()
    {
        var connection = new MySqlConnection(Settings().ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            _ = await log!;
            process.Dispose();
        }

        folder.Delete(recursive: true);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? FindProgram(string name) =>
        ((string[])["/usr/sbin", "/usr/bin", "/usr/local/bin"]).Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);

    private static Process Start(string program, params string[] arguments)
    {
        return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
    }

    // 2026-01-31 12:00:00 0 [Note] mariadbd: ready for connections.
    private static async Task WaitUntilReadyAsync(StreamReader log)
    {
        var lines = new List<string>();
        while (await log.ReadLineAsync().WaitAsync(StartTime) is { } line)
        {
            lines.Add(line);
            if (line.Contains("ready for connections", StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail("mariadbd did not start:\n" + string.Join('\n', lines));
    }
}

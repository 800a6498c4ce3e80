using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Discovery.Embedded.LocalMySql;

namespace Discovery.Integration.Tests;

/// <summary>How the local server starts and ends.</summary>
public sealed class LocalMySqlServerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("discovery-test-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_answers_on_loopback_only_and_nothing_of_it_runs_afterwards()
    {
        int port;
        int process;
        await using (var server = await StartAsync(Options()))
        {
            (port, process) = (server.Port, ProcessId(server));
            Assert.Equal(1, await LocalMySqlFixture.ScalarAsync<long>(server, "SELECT 1"));
            var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == port);
            Assert.Equal(IPAddress.Loopback, Assert.Single(listeners).Address);
        }
        Assert.False(IsRunning(process));
        Assert.DoesNotContain(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(), listener => listener.Port == port);
    }

    [Fact]
    public async Task Databases_are_there_again_at_the_next_start_and_passwords_are_new()
    {
        string password;
        await using (var first = await StartAsync(Options()))
        {
            await first.RunSqlAsync("CREATE DATABASE kept; CREATE TABLE kept.t (a INT); INSERT INTO kept.t VALUES (7);", cancellationToken: Cancelled);
            password = LocalMySqlFixture.Password(first);
        }
        await using var second = await StartAsync(Options());
        Assert.Equal(7, await LocalMySqlFixture.ScalarAsync<int>(second, "SELECT a FROM kept.t"));
        Assert.NotEqual(password, LocalMySqlFixture.Password(second));
    }

    [Fact]
    public async Task Two_servers_run_side_by_side()
    {
        await using var one = await StartAsync(Options());
        await using var other = await StartAsync(Options() with { DataFolder = Path.Combine(_folder.FullName, "other") });
        Assert.NotEqual(one.Port, other.Port);
        Assert.Equal(1, await LocalMySqlFixture.ScalarAsync<long>(one, "SELECT 1"));
        Assert.Equal(1, await LocalMySqlFixture.ScalarAsync<long>(other, "SELECT 1"));
    }

    [Fact]
    public async Task A_folder_serves_one_server_at_a_time()
    {
        await using var one = await StartAsync(Options());
        var refused = await Assert.ThrowsAsync<LocalMySqlException>(() => StartAsync(Options()));
        Assert.Contains("Another process runs a server in", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await LocalMySqlFixture.ScalarAsync<long>(one, "SELECT 1"));
    }

    [Fact]
    public async Task A_taken_port_is_said_in_one_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var refused = await Assert.ThrowsAsync<LocalMySqlException>(() => StartAsync(Options() with { Port = port }));
        Assert.Equal($"Port {port} of 127.0.0.1 is taken by another program. End that program or choose another port.", refused.Message);
    }

    [Fact]
    public async Task A_server_that_does_not_start_shows_the_end_of_its_log()
    {
        var refused = await Assert.ThrowsAsync<LocalMySqlException>(() => StartAsync(Options() with { Arguments = ["--no-such-option"] }));
        Assert.Contains("no-such-option", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_folder_name_is_no_obstacle()
    {
        var deep = Path.Combine(_folder.FullName, new string('d', 60), new string('e', 60));
        await using var server = await StartAsync(Options() with { DataFolder = deep });
        Assert.Equal(1, await LocalMySqlFixture.ScalarAsync<long>(server, "SELECT 1"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_server_is_left_when_its_owner_is_killed(bool asNobody)
    {
        Assert.SkipWhen(asNobody && (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/setpriv")), "Needs root and setpriv to become another user.");
        Assert.SkipUnless(await LocalMySqlServer.IsAvailableAsync(Cancelled), LocalMySqlFixture.NoServer);
        var checkout = LocalMySqlCheckout.Create(_folder);
        using var owner = checkout.StartUp(asNobody);
        while (await owner.StandardOutput.ReadLineAsync(Cancelled) is { } line && !line.StartsWith("server ready", StringComparison.Ordinal))
        {
        }
        var server = checkout.ServerProcessId();
        Assert.True(IsRunning(server));

        owner.Kill();
        using var left = Find(server);
        await (left?.WaitForExitAsync(Cancelled) ?? Task.CompletedTask);
        Assert.False(IsRunning(server));
    }

    private LocalMySqlOptions Options() => LocalMySqlFixture.OptionsIn(_folder);

    private static async Task<LocalMySqlServer> StartAsync(LocalMySqlOptions options)
    {
        Assert.SkipUnless(await LocalMySqlServer.IsAvailableAsync(Cancelled), LocalMySqlFixture.NoServer);
        return await LocalMySqlServer.StartAsync(options, Cancelled);
    }

    private static int ProcessId(LocalMySqlServer server) =>
        int.Parse(File.ReadAllText(Path.Combine(server.DataFolder!, "server.pid")), CultureInfo.InvariantCulture);

    private static bool IsRunning(int process)
    {
        using var found = Find(process);
        return found is { HasExited: false };
    }

    private static Process? Find(int process)
    {
        try
        {
            return Process.GetProcessById(process);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

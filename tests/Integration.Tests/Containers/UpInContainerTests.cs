using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Discovery.Embedded.LocalMySql;

namespace Discovery.Integration.Tests.Containers;

/// <summary><c>up</c> where Docker starts its server.</summary>
public sealed class UpInContainerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("discovery-up-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Up_once_ingests_from_a_container_and_leaves_none_behind()
    {
        using var up = LocalMySqlCheckout.Create(_folder, await Docker.RequireAsync("mariadb:10.11")).StartUp(asNobody: false, "--once");
        var output = await up.StandardOutput.ReadToEndAsync(Cancelled);
        await up.WaitForExitAsync(Cancelled);

        Assert.Equal(0, up.ExitCode);
        Assert.Matches(@"^server ready +mariadbd 10\.11\.[0-9]+ \(Docker\) on 127\.0\.0\.1:[0-9]+ ", output);
        Assert.Contains("63 emitted + 0 failed; 63 accepted, 0 rejected", output, StringComparison.Ordinal);
        Assert.Empty(await ContainersAsync());
    }

    [Fact]
    public async Task No_container_is_left_when_up_is_killed()
    {
        using var up = LocalMySqlCheckout.Create(_folder, await Docker.RequireAsync("mariadb:10.11")).StartUp(asNobody: false);
        while (await up.StandardOutput.ReadLineAsync(Cancelled) is { } line && !line.StartsWith("server ready", StringComparison.Ordinal))
        {
        }
        Assert.Single(await ContainersAsync());

        up.Kill();

        // Docker removes it a moment after it ended.
        var started = Stopwatch.GetTimestamp();
        while ((await ContainersAsync()).Count > 0 && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(50, Cancelled);
        }
        Assert.Empty(await ContainersAsync());
    }

    [Fact]
    public async Task A_taken_port_is_said_in_one_sentence()
    {
        var image = await Docker.RequireAsync("mariadb:10.11");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var refused = await Assert.ThrowsAsync<LocalMySqlException>(() => LocalMySqlServer.StartAsync(Options(image) with { Port = port }, Cancelled));

        Assert.Equal($"Port {port} of 127.0.0.1 is taken by another program. End that program or choose another port.", refused.Message);
        Assert.Empty(await ContainersAsync());
    }

    [Fact]
    public async Task A_server_that_does_not_start_shows_the_end_of_its_log()
    {
        var image = await Docker.RequireAsync("mariadb:10.11");

        var refused = await Assert.ThrowsAsync<LocalMySqlException>(() => LocalMySqlServer.StartAsync(Options(image) with { Arguments = ["--no-such-option"] }, Cancelled));

        Assert.Contains("no-such-option", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await ContainersAsync());
    }

    [Fact]
    public async Task An_image_that_cannot_be_pulled_is_named_with_what_to_do()
    {
        await Docker.RequireAsync("mariadb:10.11");

        var refused = await Assert.ThrowsAsync<LocalMySqlException>(() => LocalMySqlServer.StartAsync(Options("127.0.0.1:1/mariadb:10.11"), Cancelled));

        Assert.StartsWith("Docker could not pull 127.0.0.1:1/mariadb:10.11: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("DISCOVERY_UP_IMAGE", refused.Message, StringComparison.Ordinal);
    }

    private async Task<List<string>> ContainersAsync() =>
    [
        .. (await Docker.RunAsync("ps", "--all", "--format", "{{.Names}} {{.Label \"discovery.folder\"}}")).Split('\n')
            .Where(line => line.Contains(_folder.FullName, StringComparison.Ordinal)).Select(line => line.Split(' ')[0]),
    ];

    private LocalMySqlOptions Options(string image) => new() { DataFolder = Path.Combine(_folder.FullName, "mysql"), Image = image };
}

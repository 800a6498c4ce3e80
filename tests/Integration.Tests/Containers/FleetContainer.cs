using Discovery.Embedded;

namespace Discovery.Integration.Tests.Containers;

/// <summary>A container that loaded the sample fleet by itself, with an account that holds REFERENCES alone; one for the tests of a class.</summary>
public abstract class FleetContainer(string image) : IAsyncLifetime
{
    /// <summary>The account and its password.</summary>
    public const string Account = "reader", Password = "pw+3x4mple!9f";

    private ContainerServer? _server;
    private string _reason = "";

    internal ContainerServer Server
    {
        get
        {
            Assert.SkipWhen(_server is null, _reason);
            return _server;
        }
    }

    public async ValueTask InitializeAsync()
    {
        (var found, _reason) = await Docker.FindAsync(image);
        if (found is null)
        {
            return;
        }
        var folder = LocalMySqlCheckout.SampleFleetFolder();
        var scripts = Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);
        _server = await ContainerServer.StartAsync(found, scripts);
        await _server.UntilReadyAsync();
        await _server.ExecuteAsync($"CREATE USER '{Account}'@'%' IDENTIFIED BY '{Password}'");
        foreach (var database in new SampleFleet(folder).Databases)
        {
            await _server.ExecuteAsync($"GRANT REFERENCES ON `{database}`.* TO '{Account}'@'%'");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}

/// <summary>The long-term release of MySQL.</summary>
public sealed class MySql84Container() : FleetContainer("mysql:8.4");

/// <summary>The newest MySQL.</summary>
public sealed class MySql97Container() : FleetContainer("mysql:9.7");

/// <summary>The MariaDB that <c>up</c> starts.</summary>
public sealed class MariaDb1011Container() : FleetContainer("mariadb:10.11");

/// <summary>The newest long-term release of MariaDB.</summary>
public sealed class MariaDb118Container() : FleetContainer("mariadb:11.8");

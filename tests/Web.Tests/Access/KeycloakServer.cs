using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Discovery.Web.Tests.Access;

/// <summary>
/// A real Keycloak with the realm that the AppHost gives it, and with its settings for two sides: browsers reach it as localhost, servers by another name.
/// It has a folder of its own and free ports of this machine.
/// </summary>
internal sealed class KeycloakServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keycloak-");
    private readonly int _port = FreePort();
    private Process? _process;

    /// <summary>Where the client <c>datahub</c> has its pages.</summary>
    public const string DataHubAddress = "http://localhost:9002";

    /// <summary>The <c>iss</c>, which is also its address for browsers.</summary>
    public string Issuer => $"http://localhost:{_port}/realms/discovery";

    /// <summary>The address that servers ask.</summary>
    public string BackChannel => $"http://127.0.0.1:{_port}/realms/discovery";

    /// <summary>Of all users.</summary>
    public string Password { get; } = RandomNumberGenerator.GetHexString(32);

    /// <summary>Of the client <c>datahub</c>.</summary>
    public string DataHubSecret { get; } = RandomNumberGenerator.GetHexString(32);

    /// <summary>Of the client <c>discovery</c>, which may come back to each port of 127.0.0.1.</summary>
    public string DiscoverySecret { get; } = RandomNumberGenerator.GetHexString(32);

    /// <summary>Starts it; the test is skipped where it or Java is not there.</summary>
    public static async Task<KeycloakServer> StartAsync(CancellationToken cancellationToken)
    {
        var source = SharedFolder.Require("servers/keycloak");
        Assert.SkipUnless(await RunAsync("java", ["-version"]) == 0, "There is no Java (Debian: apt-get install openjdk-17-jre-headless).");
        var server = new KeycloakServer();
        try
        {
            Assert.Equal(0, await RunAsync("tar", ["-C", server._folder.FullName, "-xJf", Directory.GetFiles(source, "keycloak-*.tar.xz").Single()]));
            await server.StartAsync(Path.Combine(source, "start.sh"), cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Logs in where a client sent the browser.</summary>
    /// <param name="browser">Keeps the cookies.</param>
    /// <param name="address">Where the client sent it.</param>
    /// <param name="name">Who fills in the form; null for who is logged in already.</param>
    /// <returns>Where Keycloak sends it back to.</returns>
    public Task<string> LogInAsync(HttpClient browser, string address, string? name) => KeycloakPages.LogInAsync(browser, address, name, Password);

    /// <summary>Asks the back channel for tokens, as a client whose secret is in the header.</summary>
    public async Task<JsonElement> RedeemAsync(string client, string secret, Dictionary<string, string> members)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{BackChannel}/protocol/openid-connect/token") { Content = new FormUrlEncodedContent(members) };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{client}:{secret}")));
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        _folder.Delete(recursive: true);
    }

    private async Task StartAsync(string script, CancellationToken cancellationToken)
    {
        var management = FreePort();
        var start = new ProcessStartInfo("bash", [script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KEYCLOAK_HOME"] = Path.Combine(_folder.FullName, "keycloak");
        start.Environment["HTTP_PORT"] = $"{_port}";
        start.Environment["MANAGEMENT_PORT"] = $"{management}";
        start.Environment["HOSTNAME_URL"] = $"http://localhost:{_port}";
        start.Environment["KC_HOSTNAME_BACKCHANNEL_DYNAMIC"] = "true";
        start.Environment["REALM_FILE"] = Path.Combine(SharedFolder.Root, "AppHost", "Keycloak", "realm.json");
        start.Environment["DEMO_USER_PASSWORD"] = Password;
        start.Environment["DATAHUB_URL"] = DataHubAddress;
        start.Environment["DATAHUB_CLIENT_SECRET"] = DataHubSecret;
        // For an address of this machine that names no port Keycloak takes each port.
        start.Environment["DISCOVERY_URL"] = "http://127.0.0.1";
        start.Environment["DISCOVERY_CLIENT_SECRET"] = DiscoverySecret;
        _process = Process.Start(start)!;
        var last = "";
        _process.OutputDataReceived += (_, line) => last = line.Data ?? last;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{management}") };
        for (var begun = Stopwatch.StartNew(); !await IsReadyAsync(client, cancellationToken); await Task.Delay(500, cancellationToken))
        {
            Assert.False(_process.HasExited, $"Keycloak ended: {last}");
            Assert.True(begun.Elapsed < Patience, $"Keycloak is not ready after {Patience}: {last}");
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<int> RunAsync(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>One Keycloak for all tests of a collection, started by the first of them that runs.</summary>
public sealed class KeycloakFixture : IAsyncDisposable
{
    private KeycloakServer? _server;

    internal async Task<KeycloakServer> StartAsync() => _server ??= await KeycloakServer.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>The tests that share a Keycloak.</summary>
[CollectionDefinition(nameof(KeycloakCollection))]
public sealed class KeycloakCollection : ICollectionFixture<KeycloakFixture>;

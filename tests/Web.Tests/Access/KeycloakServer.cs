using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Discovery.Web.Tests.Access;

/// <summary>A real Keycloak with the realm <c>datahub</c>, in a folder of its own, on free ports of this machine.</summary>
internal sealed class KeycloakServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keycloak-");
    private readonly int _port = FreePort();
    private Process? _process;

    /// <summary>The <c>iss</c>.</summary>
    public string Issuer => $"http://127.0.0.1:{_port}/realms/datahub";

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

    /// <summary>A browser of its own.</summary>
    public static HttpClient NewBrowser() => new(new CookieJar { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false } });

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

    /// <summary>Keeps cookies as browsers do, which send those marked as secure to this machine also on http.</summary>
    private sealed class CookieJar : DelegatingHandler
    {
        private readonly Dictionary<string, string> _cookies = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            var answer = await base.SendAsync(request, cancellationToken);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                var parts = cookie.Split(';')[0].Split('=', 2);
                if (cookie.Contains("Max-Age=0", StringComparison.OrdinalIgnoreCase))
                {
                    _cookies.Remove(parts[0]);
                }
                else
                {
                    _cookies[parts[0]] = parts[1];
                }
            }
            return answer;
        }
    }
}

/// <summary>One Keycloak for all tests of a class, started by the first of them that runs.</summary>
public sealed class KeycloakFixture : IAsyncDisposable
{
    private KeycloakServer? _server;

    internal async Task<KeycloakServer> StartAsync() => _server ??= await KeycloakServer.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}

using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Discovery.Ingestion.Pipeline;

namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>Opens the way to the server: TLS, client certificate, proxy, fixed headers.</summary>
internal static class RestConnection
{
    /// <summary>Makes the client; connects to nothing yet.</summary>
    /// <exception cref="SinkException">A certificate or key file cannot be read.</exception>
    public static HttpClient Create(DataHubRestConfig config, Confinement? confinement)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect would carry the token to another place.
            AllowAutoRedirect = false,
            UseCookies = false,
            // HTTP_PROXY, HTTPS_PROXY and NO_PROXY count, as for DataHub's own client, but nothing on this machine is behind a proxy.
            UseProxy = !new Uri(config.Address).IsLoopback,
            MaxConnectionsPerServer = config.MaxThreads,
            ConnectTimeout = config.Timeout,
            SslOptions = Tls(config),
        };
        if (confinement is not null)
        {
            handler.ConnectCallback = static (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, cancellationToken);
        }
        // The time for an answer is kept per request, on the run's clock.
        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        SetHeader(http, "User-Agent", ClientIdentity.UserAgent);
        SetHeader(http, "Accept", "*/*");
        SetHeader(http, "X-DataHub-Client-Mode", "INGESTION");
        SetHeader(http, "X-RestLi-Protocol-Version", "2.0.0");
        foreach (var (name, value) in config.ExtraHeaders ?? new Dictionary<string, string>())
        {
            SetHeader(http, name, value);
        }
        if (config.BearerToken is { } token)
        {
            SetHeader(http, "Authorization", "Bearer " + token);
        }
        return http;
    }

    /// <summary>Connects to an address that was looked at, so that a name cannot mean another one by then.</summary>
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint server, CancellationToken cancellationToken)
    {
        var addresses = await Confinement.AddressesAsync(server.Host, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, server.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void SetHeader(HttpClient http, string name, string value)
    {
        http.DefaultRequestHeaders.Remove(name);
        http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
    }

    [SuppressMessage("Security", "CA5359", Justification = "The recipe asks for it by disable_ssl_verification, and the report warns.")]
    private static SslClientAuthenticationOptions Tls(DataHubRestConfig config)
    {
        var options = new SslClientAuthenticationOptions { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 };
        if (config.CaCertificatePath is { } authorities)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(Read("ca_certificate_path", authorities, path =>
            {
                var certificates = new X509Certificate2Collection();
                certificates.ImportFromPemFile(path);
                return certificates.Count > 0 ? certificates : throw new CryptographicException("it holds no certificate in PEM form");
            }));
        }
        if (config.ClientCertificatePath is { } certificate)
        {
            options.ClientCertificates =
            [
                Read("client_certificate_path", certificate, path => X509Certificate2.CreateFromPemFile(path, config.ClientKeyPath)),
            ];
        }
        if (config.DisableSslVerification)
        {
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        }
        return options;
    }

    private static T Read<T>(string setting, string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SinkException($"The file that {setting} of the sink names, {path}, cannot be used: {e.Message}", e);
        }
    }
}

using System.Net.Sockets;
using Discovery.ServiceDefaults;
using Discovery.Web.Access;
using Discovery.Web.Faults;
using Discovery.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Discovery.Web.Hosting;

/// <summary>
/// The web server that all of ours run in. It takes nothing from the environment or from files beside it, so that its command line alone decides
/// where it listens and who may come in.
/// </summary>
public static class ServerHost
{
    /// <summary>The largest body of a request, in bytes.</summary>
    public const long MaxBodyBytes = 64L << 20;

    /// <summary>Sets up a server: limits, logging, telemetry, access.</summary>
    /// <param name="service">Name of the service in telemetry.</param>
    /// <param name="access">Where it listens and who may reach it.</param>
    /// <exception cref="AccessSettingsException">The server would be open by accident, or a setting is malformed.</exception>
    public static WebApplicationBuilder CreateBuilder(string service, AccessSettings access)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = service });
        builder.Services.AddRoutingCore();
        AddPages(builder.Services);
        builder.Services.AddAccess(access);
        builder.WebHost.UseKestrelCore().UseUrls([.. access.Urls]).ConfigureKestrel(SetLimits);
        // One JSON object a line on standard error, from warnings on.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddJsonConsole();
        // Why a server does not start is said once, by who starts it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.AddServiceDefaults(service);
        return builder;
    }

    /// <summary>Puts faults and access before all endpoints, and maps what every server has.</summary>
    /// <exception cref="AccessSettingsException">The key of own tokens cannot be used.</exception>
    public static void UseServerDefaults(this WebApplication app)
    {
        app.UseRequestTraces();
        app.UseMiddleware<FaultMiddleware>();
        app.UseAccess();
        app.MapDefaultEndpoints();
        app.MapShellFiles();
    }

    /// <summary>Starts to listen.</summary>
    /// <returns>The addresses, with the ports that the system chose.</returns>
    /// <exception cref="AccessSettingsException">An address cannot be listened on.</exception>
    public static async Task<IReadOnlyList<string>> ListenAsync(this WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            // Failed to bind to address http://127.0.0.1:8080: address already in use.
            throw new AccessSettingsException($"{e.Message} Choose another port with --urls, or end the program that has this one.");
        }
        catch (SocketException e)
        {
            throw new AccessSettingsException($"The server cannot listen on {app.Configuration[WebHostDefaults.ServerUrlsKey]}: {e.Message}. Choose another address or port with --urls.");
        }
        return [.. app.Urls];
    }

    // What pages are rendered with brings keys along, for interactive pages and tokens in forms. We have neither, and the keys would be made
    // at each start and kept in the home folder of whoever runs the server.
    private static void AddPages(IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        var start = services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(IKeyManager).Assembly);
        services.Remove(start);
    }

    private static void SetLimits(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = MaxBodyBytes;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        // Urns stand in paths and queries with each reserved character as three.
        options.Limits.MaxRequestLineSize = 32 << 10;
    }
}

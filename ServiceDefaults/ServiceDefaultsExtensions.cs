using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Discovery.ServiceDefaults;

/// <summary>What every process of ours that stays has, servers and workers: telemetry and health.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Adds health checks and, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, traces, metrics and logs over OTLP.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="service">Name of the service in all signals; <c>OTEL_SERVICE_NAME</c> comes first.</param>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder, string service)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddHealthChecks();
        Telemetry.Add(builder, service);
        return builder;
    }

    /// <summary>
    /// Maps <c>/health</c> (200 when all health checks pass, else 503) and <c>/alive</c> (200 while the process answers at all). Neither has a body:
    /// both are open to everybody.
    /// </summary>
    public static void MapDefaultEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = NoBody }).AllowAnonymous().WithoutTrace();
        routes.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = NoBody }).AllowAnonymous().WithoutTrace();
    }

    private static Task NoBody(HttpContext context, HealthReport report) => Task.CompletedTask;
}

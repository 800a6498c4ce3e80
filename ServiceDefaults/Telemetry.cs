using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace Discovery.ServiceDefaults;

/// <summary>Traces, metrics and logs, from .NET's own sources by name.</summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Sources = ["Discovery.*", "Microsoft.AspNetCore*", "System.Net.Http"];

    private static readonly string[] Meters = [.. Sources, "System.Runtime"];

    /// <summary>Adds the signals. Without an endpoint nothing is made: nobody would see them, and start-up would pay for them.</summary>
    public static void Add(IHostApplicationBuilder builder, string service)
    {
        // The SDK reads its settings from the configuration of the host, into which ours take nothing else of the environment.
        builder.Configuration.AddInMemoryCollection(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, entry.Value as string))
            .Where(entry => entry.Key.StartsWith("OTEL_", StringComparison.Ordinal)));
        if (string.IsNullOrEmpty(builder.Configuration[Endpoint]))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics.AddMeter(Meters))
            .WithTracing(tracing => tracing.AddSource(Sources))
            .WithLogging()
            .UseOtlpExporter();
    }
}

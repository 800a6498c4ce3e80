using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OpenTelemetry;

/// <summary>Sets up the signals of a host. All that it does is in the SDK; this gives the calls their return type.</summary>
public sealed class OpenTelemetryBuilder : IOpenTelemetryBuilder
{
    internal OpenTelemetryBuilder(IServiceCollection services) => Services = services;

    /// <inheritdoc/>
    public IServiceCollection Services { get; }

    /// <summary>Says what the signals come from.</summary>
    public OpenTelemetryBuilder ConfigureResource(Action<ResourceBuilder> configure) => Return(OpenTelemetryBuilderSdkExtensions.ConfigureResource(this, configure));

    /// <summary>Adds metrics.</summary>
    public OpenTelemetryBuilder WithMetrics(Action<MeterProviderBuilder> configure) => Return(OpenTelemetryBuilderSdkExtensions.WithMetrics(this, configure));

    /// <summary>Adds traces.</summary>
    public OpenTelemetryBuilder WithTracing(Action<TracerProviderBuilder> configure) => Return(OpenTelemetryBuilderSdkExtensions.WithTracing(this, configure));

    /// <summary>Adds logs.</summary>
    public OpenTelemetryBuilder WithLogging() => Return(OpenTelemetryBuilderSdkExtensions.WithLogging(this));

    private OpenTelemetryBuilder Return(IOpenTelemetryBuilder _) => this;
}

using Microsoft.Extensions.Hosting;
using OpenTelemetry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds OpenTelemetry to a host.</summary>
public static class OpenTelemetryServicesExtensions
{
    /// <summary>Adds OpenTelemetry; its providers start with the host, before all else in it. More calls add to the same providers.</summary>
    public static OpenTelemetryBuilder AddOpenTelemetry(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(service => service.ImplementationType == typeof(ProviderStart)))
        {
            services.Insert(0, ServiceDescriptor.Singleton<IHostedService, ProviderStart>());
        }
        return new OpenTelemetryBuilder(services);
    }
}

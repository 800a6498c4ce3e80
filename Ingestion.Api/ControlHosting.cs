using Discovery.Ingestion.Api.Diffs;
using Discovery.Ingestion.Api.Endpoints;
using Discovery.Ingestion.Api.Pages;
using Discovery.Ingestion.Api.Recipes;
using Discovery.Ingestion.Api.Runs;
using Discovery.Ingestion.Api.Schedules;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;
using Discovery.Web.Shell;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Discovery.Ingestion.Api;

/// <summary>Puts the control plane into a host.</summary>
public static class ControlHosting
{
    /// <summary>Adds the store, the recipes, the schedules and the runs. The host does not start where the store cannot be opened (<see cref="ControlException"/>).</summary>
    public static IServiceCollection AddControlPlane(this IServiceCollection services, ControlSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton(_ => ControlStore.Open(settings.DataFolder));
        services.AddSingleton<RecipeBook>();
        services.AddSingleton<RecipeViews>();
        services.AddSingleton<ActiveRuns>();
        services.AddSingleton<Workers>();
        services.AddSingleton<RunFeed>();
        services.AddSingleton<RunRequests>();
        services.AddSingleton<RunClaims>();
        services.AddSingleton<RunDiffs>();
        services.AddSingleton<HeldRuns>();
        services.AddSingleton<LostRuns>();
        services.AddSingleton<RunStream>();
        services.AddSingleton<ScheduleFiring>();
        services.AddSingleton<Retention>();
        services.AddHostedService<RecipeWatch>();
        services.AddHostedService<ControlClock>();
        services.AddHealthChecks().AddCheck<ControlHealth>("control");
        // A value of a query that cannot be read is told with its name.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => ControlJson.Configure(options.SerializerOptions));
        services.AddSingleton(new NavigationLink("Recipes", PageAddress.Recipes, 30)).AddSingleton(new NavigationLink("Runs", PageAddress.Runs(), 40));
        OpenApiDocument.AddServices(services);
        return services;
    }

    /// <summary>Maps <c>/api/v1</c> and the pages under <c>/ingestion</c>.</summary>
    public static void MapControlPlane(this IEndpointRouteBuilder routes)
    {
        ApiRoutes.Map(routes);
        PageEndpoints.Map(routes);
    }
}

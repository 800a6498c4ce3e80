using Discovery.Catalog.Endpoints;
using Discovery.Catalog.Pages;
using Discovery.Catalog.Search;
using Discovery.Catalog.Store;
using Discovery.Web.Faults;
using Discovery.Web.Shell;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Discovery.Catalog;

/// <summary>Puts the catalog into a host.</summary>
public static class CatalogHosting
{
    /// <summary>Adds the store of a folder and what stands on it.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="folder">Where the store is; created where it is missing.</param>
    public static IServiceCollection AddCatalog(this IServiceCollection services, string folder)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => CatalogStore.Open(folder, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => SearchIndexing.Open(provider.GetRequiredService<CatalogStore>(), provider.GetRequiredService<ILogger<SearchIndexing>>()));
        services.AddSingleton(provider => provider.GetRequiredService<SearchIndexing>().Index);
        services.AddHostedService<CatalogStart>();
        // Of /api GraphQL alone is GMS's.
        services.AddSingleton(new GmsPaths(["/api/graphql", .. RestLiEndpoints.All.Concat(OpenApiEndpoints.All).Select(endpoint => "/" + endpoint.Route.Split('/')[1]).Distinct()]));
        services.AddSingleton(new NavigationLink("Browse", "/browse", 10)).AddSingleton(new NavigationLink("Changes", "/changes", 20));
        services.AddSingleton(new SearchBox("/search", "Search the catalog", "Search tables, columns, descriptions"));
        PageEndpoints.AddServices(services);
        return services;
    }

    /// <summary>Maps GMS's paths and the pages.</summary>
    public static void MapCatalog(this IEndpointRouteBuilder routes)
    {
        RestLiEndpoints.Map(routes);
        OpenApiEndpoints.Map(routes);
        GraphQlEndpoints.Map(routes);
        PageEndpoints.Map(routes);
    }
}

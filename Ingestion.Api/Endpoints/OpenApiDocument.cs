using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Discovery.Ingestion.Api.Endpoints;

/// <summary>The OpenAPI document of <c>/api/v1</c>, made from its endpoints.</summary>
internal static class OpenApiDocument
{
    private const string Name = "v1";
    private const string Bearer = "bearer";

    public static void AddServices(IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        // A host may have endpoints of others too.
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith(ApiRoutes.Prefix[1..] + "/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Discovery control plane", Version = Name, Description = "Recipes, their schedules and their runs. Faults are problem details (RFC 9457)." };
            // Those of the request that asked for the document.
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Bearer, Description = "Not needed where the server can be reached from its own machine alone." },
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
            return Task.CompletedTask;
        });
    });

    public static void Map(IEndpointRouteBuilder routes) => routes.MapOpenApi($"{ApiRoutes.Prefix}/openapi.json").Add(endpoint => ((RouteEndpointBuilder)endpoint).Order = 0);
}

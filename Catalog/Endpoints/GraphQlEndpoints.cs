using Discovery.Catalog.GraphQl;
using Discovery.Web.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Catalog.Endpoints;

/// <summary><c>POST /api/graphql</c></summary>
internal static class GraphQlEndpoints
{
    /// <summary>What there is of it.</summary>
    public static IReadOnlyList<GmsEndpoint> All { get; } =
    [
        new(GmsFamily.OpenApi, "POST", "/api/graphql", null, "What `Catalog/GraphQl/schema.graphqls` lists; other fields are errors that name them.", AnswerAsync)
        {
            Coverage = Coverage.Partly,
            IsRead = true,
        },
    ];

    public static void Map(IEndpointRouteBuilder routes) => GmsRoutes.Map(routes, All);

    private static async Task AnswerAsync(GmsRequest request)
    {
        var body = await request.ReadJsonAsync();
        var entities = new EntityNodes(request.Store);
        var roots = new RootFields(request, entities);
        var answer = await GraphQlRequest.Read(body.RootElement).ExecuteAsync(Schema.Instance, roots.FindAsync, entities, request.Context.May(AccessRole.Operator));
        await GmsAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, answer);
    }
}

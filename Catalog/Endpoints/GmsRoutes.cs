using Discovery.Web.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Discovery.Catalog.Endpoints;

/// <summary>Maps endpoints of GMS and answers what goes wrong in them.</summary>
internal static class GmsRoutes
{
    public static void Map(IEndpointRouteBuilder routes, IEnumerable<GmsEndpoint> endpoints)
    {
        foreach (var route in endpoints.GroupBy(endpoint => endpoint.Route))
        {
            var choices = route.ToArray();
            var mapped = routes.Map(route.Key, context => RunAsync(context, choices)).Require(request => RoleFor(request, choices));
            if (Array.TrueForAll(choices, choice => choice.IsOpen))
            {
                mapped.AllowAnonymous();
            }
        }
    }

    private static AccessRole RoleFor(HttpRequest request, GmsEndpoint[] choices) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || Find(request, choices) is { IsRead: true } ? AccessRole.Viewer : AccessRole.Operator;

    // What is let in and what is run is found in one way.
    private static GmsEndpoint? Find(HttpRequest request, GmsEndpoint[] choices)
    {
        var ofMethod = Array.FindAll(choices, choice => choice.Method == request.Method || choice.Method == "*");
        var action = (string?)request.Query["action"];
        return Array.Find(ofMethod, choice => choice.Action == action) ?? Array.Find(ofMethod, choice => choice.Action is null);
    }

    private static async Task RunAsync(HttpContext context, GmsEndpoint[] choices)
    {
        var family = choices[0].Family;
        Traceparent.Add(context, context.RequestServices.GetRequiredService<TimeProvider>());
        try
        {
            await Choose(context, choices)(new GmsRequest(context));
        }
        catch (CatalogException exception) when (!context.Response.HasStarted)
        {
            await GmsErrors.AnswerAsync(context, family, exception.Fault, exception.Message);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await GmsErrors.AnswerAsync(context, family, exception.StatusCode, exception.Message, exception.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(GmsRoutes))
                .RequestFailed(exception, context.Request.Method, context.Request.Path);
            const string Message = "The catalog met a fault of its own; its log says which.";
            await GmsErrors.AnswerAsync(context, family, StatusCodes.Status500InternalServerError, Message, Message);
        }
    }

    private static Func<GmsRequest, Task> Choose(HttpContext context, GmsEndpoint[] choices)
    {
        var method = context.Request.Method;
        if (!Array.Exists(choices, choice => choice.Method == method || choice.Method == "*"))
        {
            context.Response.Headers.Allow = string.Join(", ", choices.Select(choice => choice.Method).Distinct());
            throw new BadHttpRequestException($"{method} is no method of {choices[0].Route}.", StatusCodes.Status405MethodNotAllowed);
        }
        var action = (string?)context.Request.Query["action"];
        var chosen = Find(context.Request, choices);
        return chosen is null
            ? throw new CatalogException(CatalogFault.Argument, action is null
                ? $"The query member 'action' is missing; {method} {choices[0].Route} needs one."
                : $"'{action}' is no action of {choices[0].Route}.")
            : chosen.Handle ?? throw NotBuilt(chosen);
    }

    private static CatalogException NotBuilt(GmsEndpoint endpoint)
    {
        var name = endpoint.Action is null ? $"{endpoint.Method} {endpoint.Route}" : $"{endpoint.Method} {endpoint.Route}?action={endpoint.Action}";
        return new CatalogException(CatalogFault.NotBuilt, $"{name} is not offered by this catalog. {endpoint.Note}".TrimEnd());
    }
}

using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.ServiceDefaults;

/// <summary>
/// Gives the span that .NET makes of each request its name and attributes as OpenTelemetry's conventions have them: method, route and status,
/// never the address itself, which can hold names and queries.
/// </summary>
public static class RequestTraces
{
    /// <summary>Names the spans of requests; before anything that answers one.</summary>
    public static void UseRequestTraces(this IApplicationBuilder app) => app.Use(NameAsync);

    /// <summary>Leaves requests that went well out of traces: those that come all the time and lead to nothing.</summary>
    public static TBuilder WithoutTrace<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Untraced());

    private static async Task NameAsync(HttpContext context, RequestDelegate next)
    {
        if (Activity.Current is not { IsAllDataRequested: true } activity)
        {
            await next(context);
            return;
        }
        var endpoint = context.GetEndpoint();
        // A group and an address of nothing more make /api/v1/runs/.
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText is { } text ? $"/{text.Trim('/')}" : null;
        activity.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        activity.SetTag("http.request.method", context.Request.Method);
        activity.SetTag("http.route", route);
        try
        {
            await next(context);
        }
        finally
        {
            activity.SetTag("http.response.status_code", context.Response.StatusCode);
            if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            {
                activity.SetStatus(ActivityStatusCode.Error);
            }
            else if (endpoint?.Metadata.GetMetadata<Untraced>() is not null)
            {
                activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            }
        }
    }

    private sealed class Untraced;
}

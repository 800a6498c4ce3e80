using Discovery.Ingestion.Api.Store;
using Discovery.Web.Faults;
using Microsoft.AspNetCore.Http;

namespace Discovery.Ingestion.Api.Endpoints;

/// <summary>Answers requests that are refused, and those that the store has no room or no time for.</summary>
internal sealed class RefusalFilter : IEndpointFilter
{
    private const int RetryAfterSeconds = 5;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Refusal e)
        {
            await Fault.WriteAsync(context.HttpContext, e.Status, e.Message);
        }
        catch (StoreUnavailableException e)
        {
            context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await Fault.WriteAsync(context.HttpContext, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
        return Results.Empty;
    }
}

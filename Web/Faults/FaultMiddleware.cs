using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Discovery.Web.Faults;

/// <summary>Answers what nothing else did: defects, requests that are no valid HTTP, and addresses that do not exist.</summary>
internal sealed partial class FaultMiddleware(RequestDelegate next, ILogger<FaultMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, e.StatusCode, e.Message);
            return;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            LogDefect(logger, context.Request.Method, context.GetEndpoint()?.DisplayName, e);
            await WriteAsync(context, StatusCodes.Status500InternalServerError, "The server failed on this request, which is a defect of it; its log says more.");
            return;
        }
        if (!context.Response.HasStarted && context.Response.ContentLength is null && context.Response.ContentType is null)
        {
            var message = context.Response.StatusCode switch
            {
                StatusCodes.Status404NotFound when context.GetEndpoint() is null => "There is nothing at this address.",
                StatusCodes.Status405MethodNotAllowed => "This address does not know the method of the request; the header Allow says which it knows.",
                _ => null,
            };
            if (message is not null)
            {
                await WriteAsync(context, context.Response.StatusCode, message);
            }
        }
    }

    // What was said of the body that will not come must not be said of this one.
    private static Task WriteAsync(HttpContext context, int status, string message)
    {
        context.Response.ContentLength = null;
        return Fault.WriteAsync(context, status, message);
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Error, Message = "{Method} {Endpoint} failed")]
    private static partial void LogDefect(ILogger logger, string method, string? endpoint, Exception exception);
}

using Discovery.Web.Faults;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Discovery.Web.Access;

/// <summary>The one access rule: host, origin and content of every request, and its token where one is asked for.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, AccessRule rule, ILogger<AccessMiddleware> logger, TokenValidator? tokens = null)
{
    public async Task InvokeAsync(HttpContext context)
    {
        SecurityHeaders.Set(context.Response.Headers);
        if (CheckRequest(context) is { } refusal)
        {
            await Fault.WriteAsync(context, refusal.Status, refusal.Message);
            return;
        }
        try
        {
            await AnswerAsync(context);
        }
        catch (IssuerUnavailableException)
        {
            await Fault.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "Tokens cannot be checked now: their issuer does not answer. Try again later.");
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (tokens is null || IsOpen(context))
        {
            await next(context);
            return;
        }
        if (await AuthenticateAsync(context, tokens) is { } unauthenticated)
        {
            await Unauthorized.WriteAsync(context, unauthenticated);
            return;
        }
        if (context.User.Identity?.AuthenticationType == LoginCookie.Scheme && WriteRule.IsWrite(context.Request) && WriteRule.Check(context.Request, fromBrowser: true) is { } foreign)
        {
            await Fault.WriteAsync(context, foreign.Status, foreign.Message);
            return;
        }
        await next(context);
    }

    private Refusal? CheckRequest(HttpContext context)
    {
        var request = context.Request;
        if (!request.Host.HasValue)
        {
            return new Refusal(StatusCodes.Status400BadRequest, "The request has no header Host.");
        }
        if (!rule.IsAllowed(request.Host, context.Connection.LocalIpAddress))
        {
            AccessLog.ForeignHost(logger, request.Host.Host);
            return new Refusal(
                StatusCodes.Status421MisdirectedRequest, "This server does not go by the name that the request was sent to. If it should, start it with --allow-host NAME.");
        }
        if (!WriteRule.IsWrite(request))
        {
            return null;
        }
        var takesForms = context.GetEndpoint()?.Metadata.GetMetadata<AccessEndpoint.AcceptsForms>() is not null;
        return WriteRule.Check(request, fromBrowser: takesForms && !IsJson(request)) ?? WriteRule.CheckContent(request, takesForms);
    }

    private static bool IsJson(HttpRequest request) => WriteRule.CheckContent(request, takesForms: false) is null;

    private static bool IsOpen(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    /// <returns>Why the request is not let in; null where it is, with its user set.</returns>
    private static async Task<string?> AuthenticateAsync(HttpContext context, TokenValidator tokens)
    {
        var header = context.Request.Headers.Authorization;
        string token;
        string scheme;
        if (header.Count > 0)
        {
            const string bearer = "Bearer ";
            if (header.Count > 1 || header[0] is not { } value || !value.StartsWith(bearer, StringComparison.OrdinalIgnoreCase))
            {
                return "The header Authorization must be: Bearer TOKEN";
            }
            (token, scheme) = (value[bearer.Length..].Trim(), "Bearer");
        }
        else if (context.Request.Cookies.TryGetValue(LoginCookie.Name(context.Request), out var cookie))
        {
            (token, scheme) = (cookie, LoginCookie.Scheme);
        }
        else
        {
            return "A token is needed: send it as Authorization: Bearer TOKEN";
        }

        var verdict = await tokens.ValidateAsync(token, scheme, context.RequestAborted);
        if (verdict.User is null)
        {
            return verdict.HasExpired ? "The token has expired; get a new one." : "The token is not valid here.";
        }
        context.User = verdict.User;
        return null;
    }
}

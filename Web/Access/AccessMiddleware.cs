using Discovery.Web.Access.Login;
using Discovery.Web.Access.Oidc;
using Discovery.Web.Faults;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Discovery.Web.Access;

/// <summary>The one access rule: host, origin and content of every request, and, where tokens are asked for, who sent it and whether they may.</summary>
internal sealed class AccessMiddleware(
    RequestDelegate next, AccessRule rule, TimeProvider time, ILogger<AccessMiddleware> logger, Authentication? authentication = null, LoginEndpoints? login = null)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

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
            await Fault.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "Nobody can be let in now: the issuer of tokens and log-ins does not answer. Try again later.");
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (authentication is null || IsOpen(context))
        {
            await next(context);
            return;
        }
        var found = await authentication.FindAsync(context.Request, context.RequestAborted);
        if (found.Caller is not { } caller)
        {
            await Unauthorized.WriteAsync(context, login!, found.Problem);
            return;
        }
        context.User = caller.ToUser(found.Scheme);
        context.Features.Set(caller);
        if (found.Scheme == BrowserCookie.Scheme && WriteRule.IsWrite(context.Request) && WriteRule.Check(context.Request, fromBrowser: true) is { } foreign)
        {
            await Fault.WriteAsync(context, foreign.Status, foreign.Message);
            return;
        }
        if (RoleRule.Check(context, caller) is { } forbidden)
        {
            await Fault.WriteAsync(context, StatusCodes.Status403Forbidden, forbidden);
            return;
        }
        await AnswerWhileKnownAsync(context, found);
    }

    // A stream may go on for hours: who has logged out meanwhile, or whose token has ended or was revoked, gets no more of it.
    private async Task AnswerWhileKnownAsync(HttpContext context, Authenticated found)
    {
        var answer = next(context);
        if (!answer.IsCompleted && HttpMethods.IsGet(context.Request.Method))
        {
            using var done = new CancellationTokenSource();
            var watch = AbortOnceUnknownAsync(context, found, done.Token);
            await answer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await done.CancelAsync();
            await watch;
        }
        await answer;
    }

    private async Task AbortOnceUnknownAsync(HttpContext context, Authenticated found, CancellationToken done)
    {
        try
        {
            while (true)
            {
                await Task.Delay(LookAgain, time, done);
                if (await IsKnownAsync(found, done))
                {
                    continue;
                }
                context.Abort();
                return;
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The answer is complete.
        }
    }

    private static async Task<bool> IsKnownAsync(Authenticated found, CancellationToken cancellationToken)
    {
        try
        {
            return await found.Again(cancellationToken) == found.Caller;
        }
        catch (IssuerUnavailableException)
        {
            // Nothing new is known.
            return true;
        }
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
}

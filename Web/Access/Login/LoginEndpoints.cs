using Discovery.Web.Access.Oidc;
using Discovery.Web.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Web.Access.Login;

/// <summary>Logging in by a token and out, for people.</summary>
internal sealed class LoginEndpoints(TokenValidator tokens, Sessions sessions, LoginChoices choices, OidcLogin? issuer)
{
    public const string LoginPath = "/login";
    public const string LogoutPath = "/logout";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(LoginPath, context => WritePageAsync(context, StatusCodes.Status200OK, "/", null)).AllowAnonymous();
        routes.MapPost(LoginPath, LogInAsync).AcceptForms().AllowAnonymous();
        routes.MapPost(LogoutPath, LogOutAsync).AcceptForms().AllowAnonymous();
    }

    /// <summary>Shows the log-in.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">An HTTP status.</param>
    /// <param name="back">Path and query to go to afterwards.</param>
    /// <param name="problem">Why the last try failed.</param>
    public Task WritePageAsync(HttpContext context, int status, string back, string? problem) =>
        new RazorComponentResult<LoginPage>(new { choices.Issuer, choices.TakesTokens, Back = back, Problem = problem }) { StatusCode = status }.ExecuteAsync(context);

    private async Task LogInAsync(HttpContext context)
    {
        if (await LoginForm.ReadAsync(context) is not { } form)
        {
            await WritePageAsync(context, StatusCodes.Status400BadRequest, "/", "Send the form of this page.");
            return;
        }
        var back = LocalPath.Of(form["back"].ToString());
        if (LoginForm.CheckTransport(context.Request) is { } open)
        {
            await WritePageAsync(context, StatusCodes.Status400BadRequest, back, open);
            return;
        }
        var verdict = await tokens.ValidateAsync(form["token"].ToString().Trim(), context.RequestAborted);
        if (verdict.Caller is null)
        {
            await WritePageAsync(context, StatusCodes.Status401Unauthorized, back, verdict.Problem);
            return;
        }
        if (verdict.Caller.Role is null or AccessRole.Worker)
        {
            await Fault.WriteAsync(context, StatusCodes.Status403Forbidden, verdict.Caller.Role is null ? RoleRule.NoRole(verdict.Caller) : "This token is for a worker, which has no pages to see.");
            return;
        }
        if (BrowserCookie.Session.Read(context.Request) is { } previous)
        {
            sessions.End(previous);
        }
        var (id, expires) = sessions.Begin(verdict, idToken: null);
        BrowserCookie.Session.Append(context, id, expires);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = back;
    }

    private async Task LogOutAsync(HttpContext context)
    {
        var session = BrowserCookie.Session.Read(context.Request) is { } id ? sessions.End(id) : null;
        BrowserCookie.Session.Delete(context);
        if (session?.IdToken is { } idToken && issuer is not null && await issuer.EndAddressAsync(idToken, LoginForm.Origin(context.Request) + LoginPath, context.RequestAborted) is { } end)
        {
            await ContinuePage.WriteAsync(context, "Logging out", end);
            return;
        }
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = LoginPath;
    }
}

/// <summary>What the log-in page offers.</summary>
/// <param name="Issuer">The issuer where people can log in, such as <c>login.example.com</c>; null where they cannot.</param>
/// <param name="TakesTokens">Whether they can paste a token.</param>
internal sealed record LoginChoices(string? Issuer, bool TakesTokens)
{
    public static LoginChoices Of(AccessSettings settings, AccessRule rule) =>
        rule.Oidc?.ClientId is null ? new(null, true) : new(rule.Oidc.Host, settings.TokenFile is not null);
}

using Discovery.Web.Access.Login;
using Discovery.Web.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Discovery.Web.Access.Oidc;

/// <summary>Logging in at the issuer: the form that leads there, and the address that it leads back to.</summary>
internal sealed class OidcEndpoints(OidcLogin login, Sessions sessions, TimeProvider time)
{
    public const string BeginPath = "/login/oidc";
    public const string CallbackPath = "/login/callback";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(BeginPath, BeginAsync).AcceptForms().AllowAnonymous();
        routes.MapGet(CallbackPath, EndAsync).AllowAnonymous();
    }

    private async Task BeginAsync(HttpContext context)
    {
        if (await LoginForm.ReadAsync(context) is not { } form)
        {
            await Fault.WriteAsync(context, StatusCodes.Status400BadRequest, $"Send the form of the page {LoginEndpoints.LoginPath}.");
            return;
        }
        if (LoginForm.CheckTransport(context.Request) is { } open)
        {
            await Fault.WriteAsync(context, StatusCodes.Status400BadRequest, open);
            return;
        }
        await TellAsync(context, async () =>
        {
            var (address, browser) = await login.BeginAsync(LoginForm.Origin(context.Request) + CallbackPath, LocalPath.Of(form["back"].ToString()), context.RequestAborted);
            BrowserCookie.PendingLogin.Append(context, browser, time.GetUtcNow() + PendingLogins.Life);
            await ContinuePage.WriteAsync(context, "Logging in", address);
        });
    }

    private Task EndAsync(HttpContext context) => TellAsync(context, async () =>
    {
        var browser = BrowserCookie.PendingLogin.Read(context.Request);
        var query = context.Request.Query.Select(member => KeyValuePair.Create(member.Key, member.Value.ToArray()));
        var loggedIn = await login.EndAsync(new OpenIdConnectMessage(query!), browser, context.RequestAborted);
        BrowserCookie.PendingLogin.Delete(context);
        var (id, expires) = sessions.Begin(loggedIn.Verdict, loggedIn.IdToken);
        BrowserCookie.Session.Append(context, id, expires);
        await ContinuePage.WriteAsync(context, "Logged in", loggedIn.Back);
    });

    private static async Task TellAsync(HttpContext context, Func<Task> answer)
    {
        try
        {
            await answer();
        }
        catch (LoginException e)
        {
            await Fault.WriteAsync(context, (int)e.Status, e.Message);
        }
    }
}

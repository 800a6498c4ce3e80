using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Web.Access;

/// <summary>Logging in by a token and out, for people.</summary>
internal static class LoginEndpoints
{
    public const string LoginPath = "/login";
    public const string LogoutPath = "/logout";

    public static void Map(IEndpointRouteBuilder routes, TokenValidator tokens)
    {
        routes.MapGet(LoginPath, context => WritePageAsync(context, StatusCodes.Status200OK, "/", null)).AllowAnonymous();
        routes.MapPost(LoginPath, context => LogInAsync(context, tokens)).AcceptForms().AllowAnonymous();
        routes.MapPost(LogoutPath, context =>
        {
            LoginCookie.Delete(context);
            return RedirectAsync(context, LoginPath);
        }).AcceptForms().AllowAnonymous();
    }

    public static Task WritePageAsync(HttpContext context, int status, string back, string? problem) =>
        new RazorComponentResult<LoginPage>(new { Back = back, Problem = problem }) { StatusCode = status }.ExecuteAsync(context);

    private static async Task LogInAsync(HttpContext context, TokenValidator tokens)
    {
        if (!context.Request.HasFormContentType)
        {
            await WritePageAsync(context, StatusCodes.Status415UnsupportedMediaType, "/", "Send the form of this page.");
            return;
        }
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var back = LocalPath(form["back"].ToString());
        if (!LoginCookie.IsLocal(context.Request) && !context.Request.Headers.Origin.ToString().StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            // The browser would not keep the cookie, and the token has just crossed the network for all to read.
            await WritePageAsync(context, StatusCodes.Status400BadRequest, back, "Logging in needs https, or a tunnel to this machine: on plain http others on the network could read the token.");
            return;
        }
        var verdict = await tokens.ValidateAsync(form["token"].ToString().Trim(), LoginCookie.Scheme, context.RequestAborted);
        if (verdict.User is null)
        {
            await WritePageAsync(context, StatusCodes.Status401Unauthorized, back, verdict.HasExpired ? "This token has expired; get a new one." : "This token is not valid here.");
            return;
        }
        LoginCookie.Append(context, form["token"].ToString().Trim(), verdict.Expires);
        await RedirectAsync(context, back);
    }

    private static Task RedirectAsync(HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
        return Task.CompletedTask;
    }

    // "//elsewhere" and "/\elsewhere" lead to other hosts.
    private static string LocalPath(string path) =>
        path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\') && path.All(c => c is > ' ' and <= '~') ? path : "/";
}

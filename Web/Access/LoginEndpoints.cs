using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Web.Access;

/// <summary>Logging in by a token and out, for people.</summary>
internal static class LoginEndpoints
{
    public const string LoginPath = "/login";
    public const string LogoutPath = "/logout";

    // A token and a path. Anybody may send this form, so it gets no more memory than these need.
    private const long MaxFormBytes = 64 << 10;

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
        if (await ReadFormAsync(context) is not { } form)
        {
            await WritePageAsync(context, StatusCodes.Status400BadRequest, "/", "Send the form of this page.");
            return;
        }
        var back = LocalPath(form["back"].ToString());
        if (!LoginCookie.IsLocal(context.Request) && !context.Request.Headers.Origin.ToString().StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            // The browser would not keep the cookie, and the token has just crossed the network for all to read.
            await WritePageAsync(context, StatusCodes.Status400BadRequest, back, "Logging in needs https, or a tunnel to this machine: on plain http others on the network could read the token.");
            return;
        }
        var token = form["token"].ToString().Trim();
        var verdict = await tokens.ValidateAsync(token, LoginCookie.Scheme, context.RequestAborted);
        if (verdict.User is null)
        {
            await WritePageAsync(context, StatusCodes.Status401Unauthorized, back, verdict.HasExpired ? "This token has expired; get a new one." : "This token is not valid here.");
            return;
        }
        if (token.Length > LoginCookie.MaxToken)
        {
            await WritePageAsync(context, StatusCodes.Status400BadRequest, back, $"This token is too long for a browser to keep: it has {token.Length} characters, and {LoginCookie.MaxToken} are possible. Get one with fewer claims.");
            return;
        }
        LoginCookie.Append(context, token, verdict.Expires);
        await RedirectAsync(context, back);
    }

    /// <returns>Null where it has more members than any form.</returns>
    private static async Task<IFormCollection?> ReadFormAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxFormBytes;
        }
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return null;
        }
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

using Microsoft.AspNetCore.Http;

namespace Discovery.Web.Access;

/// <summary>The cookie that holds the token of a person who logged in.</summary>
internal static class LoginCookie
{
    /// <summary>Longest token that browsers keep: they drop a cookie of more than 4,096 characters, its name included, without a word.</summary>
    public const int MaxToken = 4_000;

    /// <summary>The kind of authentication that it makes.</summary>
    public const string Scheme = "Cookie";

    /// <summary>Its name, which on a name that is not loopback makes browsers keep it to https and to this host.</summary>
    public static string Name(HttpRequest request) => IsLocal(request) ? "discovery-token" : "__Host-discovery-token";

    /// <summary>Whether the request was sent to this machine by one of its loopback names.</summary>
    public static bool IsLocal(HttpRequest request) => Loopback.Includes(request.Host.Host);

    public static void Append(HttpContext context, string token, DateTime expires) =>
        context.Response.Cookies.Append(Name(context.Request), token, Options(context.Request, expires));

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name(context.Request), Options(context.Request, null));

    private static CookieOptions Options(HttpRequest request, DateTime? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = !IsLocal(request),
        Path = "/",
        Expires = expires is { } time ? new DateTimeOffset(time, TimeSpan.Zero) : null,
    };
}

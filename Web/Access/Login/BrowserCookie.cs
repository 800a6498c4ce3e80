using Microsoft.AspNetCore.Http;

namespace Discovery.Web.Access.Login;

/// <summary>A cookie that no script reads and that, on a name that is not loopback, browsers keep to https and to this host.</summary>
/// <param name="name">Its name there has the prefix <c>__Host-</c>.</param>
/// <param name="sameSite">Which requests of other sites have it.</param>
internal sealed class BrowserCookie(string name, SameSiteMode sameSite)
{
    /// <summary>The kind of authentication that a session is.</summary>
    public const string Scheme = "Cookie";

    /// <summary>The id of a session.</summary>
    public static BrowserCookie Session { get; } = new("discovery-session", SameSiteMode.Strict);

    /// <summary>Binds a log-in at the issuer to the browser that began it. Coming back from there is a navigation from another site.</summary>
    public static BrowserCookie PendingLogin { get; } = new("discovery-login", SameSiteMode.Lax);

    /// <summary>Whether the request was sent to this machine by one of its loopback names.</summary>
    public static bool IsLocal(HttpRequest request) => Loopback.Includes(request.Host.Host);

    /// <returns>Null where the request has none.</returns>
    public string? Read(HttpRequest request) => request.Cookies.TryGetValue(Name(request), out var value) ? value : null;

    public void Append(HttpContext context, string value, DateTimeOffset expires) =>
        context.Response.Cookies.Append(Name(context.Request), value, Options(context.Request, expires));

    public void Delete(HttpContext context) => context.Response.Cookies.Delete(Name(context.Request), Options(context.Request, null));

    // Browsers send a cookie to all ports of a host, where other servers of ours may be.
    private string Name(HttpRequest request) => $"{(IsLocal(request) ? "" : "__Host-")}{name}{(request.Host.Port is { } port ? $"-{port}" : "")}";

    private CookieOptions Options(HttpRequest request, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = sameSite,
        Secure = !IsLocal(request),
        Path = "/",
        Expires = expires,
    };
}

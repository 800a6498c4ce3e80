using Discovery.Web.Access.Login;
using Discovery.Web.Faults;
using Microsoft.AspNetCore.Http;

namespace Discovery.Web.Access;

/// <summary>Answers a request of nobody known: pages with the log-in, which leads back to them.</summary>
internal static class Unauthorized
{
    public static Task WriteAsync(HttpContext context, LoginEndpoints login, string message)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        if (Fault.FormOf(context) != FaultForm.Page)
        {
            return Fault.WriteAsync(context, StatusCodes.Status401Unauthorized, message);
        }
        var wasLoggedIn = BrowserCookie.Session.Read(context.Request) is not null;
        var back = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : "/";
        return login.WritePageAsync(context, StatusCodes.Status401Unauthorized, back, wasLoggedIn ? message : null);
    }
}

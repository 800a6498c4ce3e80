using Discovery.Web.Faults;
using Microsoft.AspNetCore.Http;

namespace Discovery.Web.Access;

/// <summary>Answers a request that has no valid token: pages with the log-in, which leads back to them.</summary>
internal static class Unauthorized
{
    public static Task WriteAsync(HttpContext context, string message)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        if (Fault.FormOf(context) != FaultForm.Page)
        {
            return Fault.WriteAsync(context, StatusCodes.Status401Unauthorized, message);
        }
        var sentToken = context.Request.Cookies.ContainsKey(LoginCookie.Name(context.Request));
        var back = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : "/";
        return LoginEndpoints.WritePageAsync(context, StatusCodes.Status401Unauthorized, back, sentToken ? message : null);
    }
}

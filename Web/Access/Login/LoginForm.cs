using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Discovery.Web.Access.Login;

/// <summary>The forms of the log-in page.</summary>
internal static class LoginForm
{
    // A token and a path. Anybody may send this form, so it gets no more memory than these need.
    private const long MaxBytes = 64 << 10;

    /// <returns>Null where it is no form, or has more members than any.</returns>
    public static async Task<IFormCollection?> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return null;
        }
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
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

    /// <summary>
    /// The address of this server as the browser has it: where a proxy ends TLS, only the page knows that it is https. That it is one of
    /// ours was checked.
    /// </summary>
    public static string Origin(HttpRequest request) =>
        request.Headers.Origin is [{ Length: > 0 } origin] ? origin : $"{request.Scheme}://{request.Host}";

    /// <summary>Why logging in is not possible from where the browser is; null where it is.</summary>
    public static string? CheckTransport(HttpRequest request) =>
        BrowserCookie.IsLocal(request) || Origin(request).StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            ? null
            : "Logging in needs https, or a tunnel to this machine: on plain http others on the network could read what lets you in.";
}

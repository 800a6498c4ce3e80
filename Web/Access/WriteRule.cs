using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Discovery.Web.Access;

/// <summary>
/// Keeps pages of other sites from writing here through the browser of somebody who may. Such a page can send forms and plain text, but not
/// JSON, and the browser says where it came from. Holds on loopback too: the pages run on this machine.
/// </summary>
internal static class WriteRule
{
    /// <summary>Whether a request may change something.</summary>
    public static bool IsWrite(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);

    /// <summary>Why a write is refused; null where it is not.</summary>
    /// <param name="request">The write.</param>
    /// <param name="fromBrowser">Whether the request must say that it comes from one of our pages: forms, and requests that a cookie lets in.</param>
    public static Refusal? Check(HttpRequest request, bool fromBrowser)
    {
        var origin = request.Headers.Origin;
        var site = request.Headers["Sec-Fetch-Site"];
        if (origin.Count > 0 && !IsOwn(origin.ToString(), request))
        {
            return new Refusal(StatusCodes.Status403Forbidden, "This write comes from a page of another site (Origin), which may not write here.");
        }
        if (site.Count > 0 && site.ToString() is not ("same-origin" or "none"))
        {
            return new Refusal(StatusCodes.Status403Forbidden, "This write comes from a page of another site (Sec-Fetch-Site), which may not write here.");
        }
        if (fromBrowser && origin.Count == 0 && site.ToString() != "same-origin")
        {
            return new Refusal(StatusCodes.Status403Forbidden, "This write does not say which page it comes from (Origin). Programs send a token in the header Authorization.");
        }
        return null;
    }

    /// <summary>Why the content of a write is refused; null where it is not.</summary>
    public static Refusal? CheckContent(HttpRequest request, bool takesForms) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("application/json-patch+json", StringComparison.OrdinalIgnoreCase)
            || (takesForms && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)))
            ? null
            : new Refusal(StatusCodes.Status415UnsupportedMediaType, "A write must have the header Content-Type: application/json, also without a body.");

    // A proxy in front may end TLS: then the page is https where the request is http. The other way round is somebody on the way.
    private static bool IsOwn(string origin, HttpRequest request) =>
        origin.Equals($"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase)
        || origin.Equals($"https://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Why a request is refused.</summary>
internal sealed record Refusal(int Status, string Message);

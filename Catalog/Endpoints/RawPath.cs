using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Discovery.Catalog.Endpoints;

/// <summary>
/// The path as the client sent it. The server's own decoding leaves <c>%2F</c> and decodes all else, so that a urn cannot be told
/// from it: <c>a%2Fb</c> and <c>a%252Fb</c> would be the same.
/// </summary>
internal static class RawPath
{
    /// <summary>The parts between slashes after the first ones, each percent-decoded exactly once.</summary>
    public static IReadOnlyList<string> PartsAfter(HttpContext context, int parts)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        return [.. Path(target).Split('/').Skip(parts + 1).Select(Uri.UnescapeDataString)];
    }

    /// <summary>What stands before the query in <c>/aspects/a%2Fb?x=1</c> or <c>http://host/aspects/a%2Fb?x=1</c>.</summary>
    private static string Path(string target)
    {
        if (!target.StartsWith('/') && target.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme)
        {
            var path = target.IndexOf('/', scheme + 3);
            target = path < 0 ? "/" : target[path..];
        }
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }
}

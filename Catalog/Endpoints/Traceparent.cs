using Microsoft.AspNetCore.Http;

namespace Discovery.Catalog.Endpoints;

/// <summary>
/// The header by which clients follow a write: <c>00-000660cba79f177acab68e7d90e3e502-53f0c1a9b2d4e6f8-01</c>. The first half of the
/// trace id is the time in microseconds since 1970-01-01 UTC.
/// </summary>
internal static class Traceparent
{
    public static void Add(HttpContext context, TimeProvider time)
    {
        var microseconds = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        context.Response.Headers.TraceParent = $"00-{microseconds:x16}{Random.Shared.NextInt64():x16}-{Random.Shared.NextInt64(1, long.MaxValue):x16}-01";
    }
}

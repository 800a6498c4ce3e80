using Microsoft.AspNetCore.Http;

namespace Discovery.Ingestion.Api.Pages;

/// <summary>Reads the queries of pages.</summary>
internal static class PageQuery
{
    /// <summary>A value; null where it is not given, or empty, as forms send what was left open.</summary>
    public static string? Value(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } value ? value : null;
}

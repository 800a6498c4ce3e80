using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Store;

/// <summary>Lists that are given in parts.</summary>
internal static class Paging
{
    /// <summary>A part of a list, of which one row more than the part may have was read.</summary>
    /// <param name="rows">At most one more than <paramref name="limit"/>.</param>
    /// <param name="limit">So many items has the part at most, 1 or more.</param>
    /// <param name="item">What to show of a row.</param>
    /// <param name="cursor">By what the part after a row is found.</param>
    public static Page<TItem> ToPage<TRow, TItem>(this IReadOnlyList<TRow> rows, int limit, Func<TRow, TItem> item, Func<TRow, string> cursor) =>
        new([.. rows.Take(limit).Select(item)], rows.Count > limit ? cursor(rows[limit - 1]) : null);
}

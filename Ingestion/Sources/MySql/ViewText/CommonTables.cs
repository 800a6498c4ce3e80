namespace Discovery.Ingestion.Sources.MySql.ViewText;

/// <summary>Common table expressions that a query may name.</summary>
/// <param name="outer">Those of the query around it.</param>
internal sealed class CommonTables(CommonTables? outer)
{
    private readonly CommonTables? _outer = outer;
    private readonly Dictionary<string, Query> _byName = new(StringComparer.Ordinal);

    /// <summary>Makes one visible.</summary>
    public void Add(string name, Query query) => _byName.TryAdd(name, query);

    /// <summary>The nearest one with a name; null when there is none.</summary>
    public Query? Find(string name)
    {
        for (var tables = this; tables is not null; tables = tables._outer)
        {
            if (tables._byName.TryGetValue(name, out var query))
            {
                return query;
            }
        }
        return null;
    }
}

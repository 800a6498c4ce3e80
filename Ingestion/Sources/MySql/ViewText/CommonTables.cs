namespace Discovery.Ingestion.Sources.MySql.ViewText;

/// <summary>Common table expressions that a query may name.</summary>
/// <param name="outer">Those of the query around it.</param>
internal sealed class CommonTables(CommonTables? outer)
{
    private readonly CommonTables? _outer = outer;
    private readonly Dictionary<string, Query> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Query> _byNameInAnyCase = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes one visible.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="query">The query that it stands for.</param>
    /// <param name="isQuoted">
    /// Whether the text quotes the name where it gives it. MySQL does, and tells <c>Q</c> and <c>q</c> apart; MariaDB does not, and takes
    /// either for the other: with Q as (select ..)select `q`.`a` AS `a` from `q`
    /// </param>
    public void Add(string name, Query query, bool isQuoted) => (isQuoted ? _byName : _byNameInAnyCase).TryAdd(name, query);

    /// <summary>The nearest one with a name; null when there is none.</summary>
    public Query? Find(string name)
    {
        for (var tables = this; tables is not null; tables = tables._outer)
        {
            if (tables._byName.TryGetValue(name, out var query) || tables._byNameInAnyCase.TryGetValue(name, out query))
            {
                return query;
            }
        }
        return null;
    }
}

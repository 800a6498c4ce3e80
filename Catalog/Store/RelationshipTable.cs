using Discovery.Catalog.Graph;
using Discovery.Catalog.Store.Sqlite;

namespace Discovery.Catalog.Store;

/// <summary>The relationships that current aspects tell, seen through one connection.</summary>
internal sealed class RelationshipTable(StoreConnection connection)
{
    private const string Columns = "source, type, destination, aspect, owner";

    public List<Relationship> Outgoing(string urn) => ReadAll(connection[
        $"""
        SELECT {Columns} FROM relationship WHERE owner = ?1 AND source = ?1
        UNION ALL SELECT {Columns} FROM relationship WHERE source = ?1 AND source <> owner
        ORDER BY 2, 3
        """].Bind(1, urn));

    public List<Relationship> Incoming(string urn) =>
        ReadAll(connection[$"SELECT {Columns} FROM relationship WHERE destination = ?1 ORDER BY type, source"].Bind(1, urn));

    public void Insert(Relationship relationship) =>
        connection[$"INSERT OR IGNORE INTO relationship ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5)"]
            .Bind(1, relationship.Source).Bind(2, relationship.Type).Bind(3, relationship.Destination).Bind(4, relationship.Aspect).Bind(5, relationship.Owner).Execute();

    public void Delete(string owner, string aspect) => connection["DELETE FROM relationship WHERE owner = ?1 AND aspect = ?2"].Bind(1, owner).Bind(2, aspect).Execute();

    public void Delete(string owner) => connection["DELETE FROM relationship WHERE owner = ?1"].Bind(1, owner).Execute();

    private static List<Relationship> ReadAll(Statement statement)
    {
        var found = new List<Relationship>();
        using var rows = statement.Query(out var row);
        while (rows.Next())
        {
            found.Add(new Relationship(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4)));
        }
        return found;
    }
}

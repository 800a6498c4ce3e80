using Discovery.Catalog.Store.Sqlite;

namespace Discovery.Catalog.Store;

/// <summary>The rows of <c>metadata_aspect_v2</c>, seen through one connection.</summary>
internal sealed class AspectTable(StoreConnection connection)
{
    private const string Columns = "urn, aspect, version, metadata, systemmetadata, createdon, createdby";

    public StoredAspect? Current(string urn, string aspect) => Version(urn, aspect, 0);

    public StoredAspect? Version(string urn, string aspect, long version)
    {
        using var rows = connection[$"SELECT {Columns} FROM metadata_aspect_v2 WHERE urn = ?1 AND aspect = ?2 AND version = ?3"]
            .Bind(1, urn).Bind(2, aspect).Bind(3, version).Query(out var row);
        return rows.Next() ? Read(row) : null;
    }

    /// <summary>The n-th version before the current one, from 1.</summary>
    public StoredAspect? Before(string urn, string aspect, long back)
    {
        using var rows = connection[$"SELECT {Columns} FROM metadata_aspect_v2 WHERE urn = ?1 AND aspect = ?2 AND version > 0 ORDER BY version DESC LIMIT 1 OFFSET ?3"]
            .Bind(1, urn).Bind(2, aspect).Bind(3, back - 1).Query(out var row);
        return rows.Next() ? Read(row) : null;
    }

    /// <summary>The versions before the current one, oldest first.</summary>
    public List<StoredAspect> History(string urn, string aspect) =>
        ReadAll(connection[$"SELECT {Columns} FROM metadata_aspect_v2 WHERE urn = ?1 AND aspect = ?2 AND version > 0 ORDER BY version"].Bind(1, urn).Bind(2, aspect));

    public List<StoredAspect> CurrentOf(string urn) =>
        ReadAll(connection[$"SELECT {Columns} FROM metadata_aspect_v2 WHERE urn = ?1 AND version = 0"].Bind(1, urn));

    public bool Has(string urn, string aspect)
    {
        using var rows = connection["SELECT 1 FROM metadata_aspect_v2 WHERE urn = ?1 AND aspect = ?2 AND version = 0"].Bind(1, urn).Bind(2, aspect).Query(out _);
        return rows.Next();
    }

    /// <summary>How many entities have an aspect; <paramref name="urnLike"/> is a pattern of LIKE.</summary>
    public long Count(string aspect, string urnLike)
    {
        // With the plus the index of runs is no choice, which would read each row for its aspect; the key has it.
        using var rows = connection["SELECT count(*) FROM metadata_aspect_v2 WHERE urn LIKE ?1 AND aspect = ?2 AND +version = 0"].Bind(1, urnLike).Bind(2, aspect).Query(out var row);
        rows.Next();
        return row.Long(0);
    }

    /// <summary>Current aspects of the entities after a urn, in order of urn.</summary>
    public List<StoredAspect> CurrentAfter(string urn, int count) =>
        ReadAll(connection[$"SELECT {Columns} FROM metadata_aspect_v2 WHERE urn > ?1 AND version = 0 ORDER BY urn, aspect LIMIT ?2"].Bind(1, urn).Bind(2, count));

    public void Insert(StoredAspect aspect) =>
        connection[$"INSERT INTO metadata_aspect_v2 ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"]
            .Bind(1, aspect.Urn).Bind(2, aspect.Aspect).Bind(3, aspect.Version).Bind(4, aspect.Value.Span).Bind(5, aspect.SystemMetadata.Span)
            .Bind(6, aspect.CreatedOn).Bind(7, aspect.CreatedBy).Execute();

    public void Renumber(string urn, string aspect, long from, long to) =>
        connection["UPDATE metadata_aspect_v2 SET version = ?4 WHERE urn = ?1 AND aspect = ?2 AND version = ?3"]
            .Bind(1, urn).Bind(2, aspect).Bind(3, from).Bind(4, to).Execute();

    public void SetSystemMetadata(string urn, string aspect, ReadOnlySpan<byte> systemMetadata) =>
        connection["UPDATE metadata_aspect_v2 SET systemmetadata = ?3 WHERE urn = ?1 AND aspect = ?2 AND version = 0"]
            .Bind(1, urn).Bind(2, aspect).Bind(3, systemMetadata).Execute();

    /// <summary>Removes the versions before the current one up to a number.</summary>
    public void Trim(string urn, string aspect, long upTo) =>
        connection["DELETE FROM metadata_aspect_v2 WHERE urn = ?1 AND aspect = ?2 AND version BETWEEN 1 AND ?3"]
            .Bind(1, urn).Bind(2, aspect).Bind(3, upTo).Execute();

    public void DeleteVersion(string urn, string aspect, long version) =>
        connection["DELETE FROM metadata_aspect_v2 WHERE urn = ?1 AND aspect = ?2 AND version = ?3"].Bind(1, urn).Bind(2, aspect).Bind(3, version).Execute();

    public int Delete(string urn, string aspect) =>
        connection["DELETE FROM metadata_aspect_v2 WHERE urn = ?1 AND aspect = ?2"].Bind(1, urn).Bind(2, aspect).Execute();

    public int Delete(string urn) => connection["DELETE FROM metadata_aspect_v2 WHERE urn = ?1"].Bind(1, urn).Execute();

    private static StoredAspect Read(Statement row) =>
        new(row.Text(0), row.Text(1), row.Long(2), row.Bytes(3), row.Bytes(4), row.Long(5), row.Text(6));

    private static List<StoredAspect> ReadAll(Statement statement)
    {
        var found = new List<StoredAspect>();
        using var rows = statement.Query(out var row);
        while (rows.Next())
        {
            found.Add(Read(row));
        }
        return found;
    }
}

using System.Text.Json;
using Discovery.Catalog.Store.Sqlite;

namespace Discovery.Catalog.Store;

/// <summary>The documents of timeseries aspects, seen through one connection.</summary>
internal sealed class TimeseriesTable(StoreConnection connection)
{
    /// <summary>Writes a document; one of the same time, partition and message takes the place of the one before, as in DataHub.</summary>
    public void Put(string urn, string aspect, ReadOnlyMemory<byte> value, ReadOnlySpan<byte> systemMetadata)
    {
        var (timestamp, id) = Identity(value);
        connection["INSERT OR REPLACE INTO timeseries_aspect (urn, aspect, timestampmillis, documentid, metadata, systemmetadata) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"]
            .Bind(1, urn).Bind(2, aspect).Bind(3, timestamp).Bind(4, id).Bind(5, value.Span).Bind(6, systemMetadata).Execute();
    }

    public List<TimeseriesDocument> Read(TimeseriesQuery query)
    {
        var found = new List<TimeseriesDocument>();
        using var rows = connection[
            """
            SELECT timestampmillis, metadata, systemmetadata FROM timeseries_aspect
            WHERE urn = ?1 AND aspect = ?2 AND timestampmillis BETWEEN ?3 AND ?4 ORDER BY timestampmillis DESC, documentid DESC
            """].Bind(1, query.Urn).Bind(2, query.Aspect).Bind(3, query.From).Bind(4, query.To).Query(out var row);
        while (found.Count < query.Limit && rows.Next())
        {
            var document = new TimeseriesDocument(row.Long(0), row.Bytes(1), row.Bytes(2));
            if (query.Filter?.Invoke(document) != false)
            {
                found.Add(document);
            }
        }
        return found;
    }

    public int Delete(string urn) => connection["DELETE FROM timeseries_aspect WHERE urn = ?1"].Bind(1, urn).Execute();

    public int Delete(string urn, string aspect, long from, long to) =>
        connection["DELETE FROM timeseries_aspect WHERE urn = ?1 AND aspect = ?2 AND timestampmillis BETWEEN ?3 AND ?4"]
            .Bind(1, urn).Bind(2, aspect).Bind(3, from).Bind(4, to).Execute();

    public int DeleteRun(string runId) => connection["DELETE FROM timeseries_aspect WHERE systemmetadata ->> '$.runId' = ?1"].Bind(1, runId).Execute();

    private static (long Timestamp, string Id) Identity(ReadOnlyMemory<byte> value)
    {
        using var document = JsonDocument.Parse(value);
        var root = document.RootElement;
        var partition = root.TryGetProperty("partitionSpec", out var spec) && spec.TryGetProperty("partition", out var name) ? name.GetString() : null;
        var message = root.TryGetProperty("messageId", out var id) ? id.GetString() : null;
        return (root.GetProperty("timestampMillis").GetInt64(), $"{partition}\u001f{message}");
    }
}

using System.Globalization;
using System.Text;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Sources.MySql.ViewText;
using Discovery.Metadata;
using Discovery.Metadata.Serialization;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>The records that tell what a view reads: its upstream tables and columns, and the query that makes it.</summary>
internal sealed class LineageRecords(EntityRecords entities, MySqlSourceConfig config, TimeProvider time)
{
    /// <summary>What the statement of a view is in DataHub.</summary>
    public const string QueryType = "query";

    /// <summary>DataHub's client cuts a lineage here, for documents that a server still takes.</summary>
    public const int MostTables = 300, MostColumns = 2000;

    private readonly JsonText _json = new();

    private static ReadOnlySpan<byte> Actor => "\"actor\":\"urn:li:corpuser:_ingestion\"}"u8;

    /// <summary>The lineage of a view, and the query that makes it.</summary>
    /// <param name="schema">Its database.</param>
    /// <param name="view">Its name.</param>
    /// <param name="text">Its text.</param>
    /// <param name="lineage">What the text says; at least one table.</param>
    /// <param name="viewColumns">The view's columns.</param>
    /// <param name="isKnown">Whether a table or view, by its urn, was given out in this run.</param>
    public (WorkUnit Lineage, WorkUnit Query) Of(string schema, string view, string text, ViewLineage lineage, IReadOnlyList<string> viewColumns, Func<string, bool> isKnown)
    {
        var (urn, query) = (entities.DatasetUrn(schema, view), entities.ViewQueryUrn(schema, view));
        var upstreams = Upstreams(lineage);
        var columns = config.IncludeViewColumnLineage ? lineage.Columns : [];
        var confidence = Ascii(Confidence(upstreams, isKnown).ToString("R", CultureInfo.InvariantCulture));
        var (tables, fields) = (upstreams.Take(MostTables), columns.Take(MostColumns));
        var proposal = config.IncrementalLineage
            ? new MetadataChangeProposal("dataset", urn, "upstreamLineage", Patch(urn, query, tables, fields, confidence)) { ChangeType = MetadataChangeProposal.Patch }
            : new MetadataChangeProposal("dataset", urn, "upstreamLineage", Aspect(urn, query, tables, fields, confidence));
        return (new WorkUnit(WorkUnit.Lineage, [proposal]), new WorkUnit(QueryType,
        [
            EntityRecords.Proposal(query, "queryProperties", Properties(text)),
            EntityRecords.Proposal(query, "querySubjects", Subjects(urn, upstreams, lineage, viewColumns)),
            entities.Platform(query),
            EntityRecords.Status(query),
        ]));
    }

    private List<string> Upstreams(ViewLineage lineage) =>
        [.. lineage.Tables.Select(table => entities.DatasetUrn(table.Schema, table.Table)).Distinct(StringComparer.Ordinal).Order(NameOrder.Instance)];

    /// <summary>
    /// DataHub's own measure: 0.9 where the columns of all tables and of the view are known, otherwise between 0.2 and 0.5.
    /// </summary>
    private static double Confidence(List<string> upstreams, Func<string, bool> isKnown)
    {
        var (all, known) = (upstreams.Count + 1, upstreams.Count(isKnown) + 1);
        return known == all ? 0.9 : 0.2 + (0.3 * known / all);
    }

    private ReadOnlyMemory<byte> Aspect(string urn, string query, IEnumerable<string> upstreams, IEnumerable<ColumnLineage> columns, byte[] confidence)
    {
        _json.Raw("{\"upstreams\":["u8);
        var separator = ""u8;
        foreach (var upstream in upstreams)
        {
            _json.Raw(separator);
            AddUpstream(upstream, query);
            separator = ","u8;
        }
        _json.Raw("]"u8);
        separator = ",\"fineGrainedLineages\":["u8;
        foreach (var column in columns)
        {
            _json.Raw(separator).Raw("{\"upstreamType\":\"FIELD_SET\",\"upstreams\":["u8);
            separator = ""u8;
            foreach (var source in Sources(column))
            {
                _json.Raw(separator).Text(source);
                separator = ","u8;
            }
            _json.Raw("],\"downstreamType\":\"FIELD\",\"downstreams\":["u8).Text(Urns.SchemaField(urn, column.Column)).Raw("],\"transformOperation\":"u8).Text(Operation(column))
                .Raw(",\"confidenceScore\":"u8).Raw(confidence).Raw(",\"query\":"u8).Text(query).Raw("}"u8);
            separator = ","u8;
        }
        return _json.Raw(separator is [(byte)',', (byte)'"', ..] ? "}"u8 : "]}"u8).Take();
    }

    /// <summary>Additions to the lineage that a server has, as DataHub's patches name its parts.</summary>
    private ReadOnlyMemory<byte> Patch(string urn, string query, IEnumerable<string> upstreams, IEnumerable<ColumnLineage> columns, byte[] confidence)
    {
        var separator = "["u8;
        foreach (var upstream in upstreams)
        {
            _json.Raw(separator).Raw("{\"op\":\"add\",\"path\":"u8).Text(Path("upstreams", upstream)).Raw(",\"value\":"u8);
            AddUpstream(upstream, query);
            _json.Raw("}"u8);
            separator = ","u8;
        }
        foreach (var column in columns)
        {
            foreach (var source in Sources(column))
            {
                _json.Raw(",{\"op\":\"add\",\"path\":"u8).Text(Path("fineGrainedLineages", Operation(column), Urns.SchemaField(urn, column.Column), query, source))
                    .Raw(",\"value\":{\"confidenceScore\":"u8).Raw(confidence).Raw("}}"u8);
            }
        }
        return _json.Raw("]"u8).Take();
    }

    private ReadOnlyMemory<byte> Properties(string text)
    {
        _json.Raw("{\"customProperties\":{},\"statement\":{\"value\":"u8).Text(text).Raw(",\"language\":\"SQL\"},\"source\":\"SYSTEM\",\"created\":{\"time\":0,"u8).Raw(Actor)
            .Raw(",\"lastModified\":{\"time\":"u8).Raw(Now()).Raw(","u8).Raw(Actor).Raw("}"u8);
        return _json.Take();
    }

    private ReadOnlyMemory<byte> Subjects(string urn, List<string> upstreams, ViewLineage lineage, IReadOnlyList<string> viewColumns)
    {
        var fields = config.IncludeViewColumnLineage && lineage.NotUnderstood is null
            ? lineage.Columns.SelectMany(Sources).Distinct(StringComparer.Ordinal).Order(NameOrder.Instance).Concat(viewColumns.Select(column => Urns.SchemaField(urn, column)))
            : [];
        var separator = "{\"subjects\":["u8;
        foreach (var subject in upstreams.Append(urn).Concat(fields))
        {
            _json.Raw(separator).Raw("{\"entity\":"u8).Text(subject).Raw("}"u8);
            separator = ","u8;
        }
        return _json.Raw("]}"u8).Take();
    }

    private void AddUpstream(string upstream, string query) => _json.Raw("{\"auditStamp\":{\"time\":"u8).Raw(Now()).Raw(","u8).Raw(Actor).Raw(",\"created\":{\"time\":0,"u8).Raw(Actor)
        .Raw(",\"dataset\":"u8).Text(upstream).Raw(",\"type\":\"VIEW\",\"query\":"u8).Text(query).Raw("}"u8);

    private IEnumerable<string> Sources(ColumnLineage column) =>
        column.Sources.Select(source => Urns.SchemaField(entities.DatasetUrn(source.Table.Schema, source.Table.Table), source.Column));

    private static string Operation(ColumnLineage column) => $"{(column.IsCopy ? "COPY" : "SQL")}: {column.Expression}";

    /// <summary>A JSON pointer.</summary>
    private static string Path(params IEnumerable<string> parts) =>
        string.Concat(parts.Select(part => "/" + part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));

    private byte[] Now() => Ascii(time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    private static byte[] Ascii(string number) => Encoding.ASCII.GetBytes(number);
}

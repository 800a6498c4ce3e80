using System.Runtime.CompilerServices;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Reports;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Databases, tables, views with their lineage and stored procedures of a MySQL or MariaDB server, from <c>information_schema</c> alone.</summary>
/// <param name="platform">DataHub's platform: the recipe's source type, <c>mysql</c> or <c>mariadb</c>, whatever the server is.</param>
/// <param name="config">The recipe's settings.</param>
/// <param name="context">The run.</param>
public sealed class MySqlSource(string platform, MySqlSourceConfig config, RunContext context) : ISource
{
    private readonly SourceReport _report = context.SourceReport;

    /// <inheritdoc/>
    public async IAsyncEnumerable<WorkUnit> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await MySqlSession.OpenAsync(config, context, cancellationToken);
        var filter = new TableFilter(config);
        var reader = new CatalogReader(session, config, filter, context);
        var suffix = await CollationSuffix.ReadAsync(session, cancellationToken);
        var schemas = await reader.SchemasAsync(cancellationToken);
        var records = new EntityRecords(platform, config, context.Flags);
        var table = new TableMapper(records, session.Features, suffix, _report);
        var procedures = new ProcedureRecords(platform, records, config);
        var known = new UrnSet();
        using var lineages = config.IncludeViewLineage ? new ViewLineages(new LineageRecords(records, config, context.Time), known, _report) : null;
        await foreach (var batch in reader.BatchesAsync(schemas, cancellationToken))
        {
            var merge = new CatalogMerge(batch, filter, table, procedures, lineages, _report);
            foreach (var schema in batch.Schemas)
            {
                yield return records.Container(schema);
                await foreach (var unit in merge.TablesThenViewsAsync(schema, cancellationToken))
                {
                    if (!known.Add(unit.Records[0].Urn))
                    {
                        _report.Warning("Two tables have one urn", "Their names differ in case only and the recipe wants urns in lower case, or in where a dot stands, as `a.b`.`c` and `a`.`b.c`: a catalog keeps what comes last.", unit.Records[0].Urn);
                    }
                    yield return unit;
                }
                await foreach (var unit in merge.ProceduresAsync(schema, cancellationToken))
                {
                    yield return unit;
                }
            }
        }
        if (lineages is not null)
        {
            await foreach (var unit in lineages.ReadAsync(cancellationToken))
            {
                yield return unit;
            }
        }
    }

    /// <summary>The databases that the account sees, ordered by the bytes of their names, and which of them the recipe keeps.</summary>
    /// <exception cref="SourceException">The server cannot be reached or refuses the account.</exception>
    public static async Task<IReadOnlyList<(string Name, bool Kept)>> DatabasesAsync(MySqlSourceConfig config, RunContext context, CancellationToken cancellationToken)
    {
        await using var session = await MySqlSession.OpenAsync(config, context, cancellationToken);
        return await CatalogReader.DatabasesAsync(session, config, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task TestConnectionAsync(CancellationToken cancellationToken)
    {
        await using var session = await MySqlSession.OpenAsync(config, context, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

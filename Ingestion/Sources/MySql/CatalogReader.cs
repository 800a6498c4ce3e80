using System.Threading.Channels;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Reports;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>
/// Reads batches of schemas on one connection, ahead of who maps them: four statements a batch at most, then one for each view
/// whose text the account may read. At most one batch is read ahead.
/// </summary>
internal sealed class CatalogReader(MySqlSession session, MySqlSourceConfig config, TableFilter filter, RunContext context)
{
    /// <summary>The databases that the account sees, ordered by the bytes of their names, and whether the recipe keeps them.</summary>
    public static async Task<IReadOnlyList<(string Name, bool Kept)>> DatabasesAsync(
        MySqlSession session, MySqlSourceConfig config, CancellationToken cancellationToken)
    {
        // With `database` the connection has it as default, so it is known to exist and to be ours to see.
        IEnumerable<string> names = config.GetTarget().Database is { } only ? [only] : (await session.QueryAsync("schemas", InformationSchema.Schemas, cancellationToken)).Select(row => row[0]!);
        return [.. names.Order(NameOrder.Instance).Select(name => (name, config.DatabasePattern.Allows(name)))];
    }

    /// <summary>The databases that the recipe keeps, ordered by the bytes of their names; counts all of them.</summary>
    public async Task<List<string>> SchemasAsync(CancellationToken cancellationToken)
    {
        var kept = new List<string>();
        var visible = await DatabasesAsync(session, config, cancellationToken);
        if (visible.All(database => InformationSchema.IsShownToAll(database.Name)) && config.GetTarget().Database is null)
        {
            context.SourceReport.Warning("No database visible", "The account has no right on any database of the server: GRANT REFERENCES ON *.*, or on some databases, shows them.");
        }
        foreach (var (name, keeps) in visible)
        {
            context.SourceReport.Read("container");
            if (keeps)
            {
                kept.Add(name);
            }
            else
            {
                context.SourceReport.Filtered("container", name);
            }
        }
        return kept;
    }

    /// <summary>Starts reading and gives out each batch as its first rows come; stops reading when disposed of or cancelled.</summary>
    public async IAsyncEnumerable<CatalogBatch> BatchesAsync(
        IReadOnlyList<string> schemas, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<CatalogBatch>(1);
        var reading = ReadAsync(schemas, batches.Writer, stop.Token);
        CatalogBatch? current = null;
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken))
            {
                current = batch;
                yield return batch;
                batch.Dispose();
            }
        }
        finally
        {
            // Whoever stops early has a batch that is still being read into.
            await stop.CancelAsync();
            await reading;
            current?.Dispose();
            while (batches.Reader.TryRead(out var left))
            {
                left.Dispose();
            }
        }
    }

    private async Task ReadAsync(IReadOnlyList<string> schemas, ChannelWriter<CatalogBatch> batches, CancellationToken cancellationToken)
    {
        try
        {
            var (showView, structure) = await RightsAsync(schemas, cancellationToken);
            foreach (var (index, names) in schemas.Chunk(config.SchemasPerBatch).Index())
            {
                if (index > 0 && config.PauseBetweenBatchesSec > 0)
                {
                    await Task.Delay(TimeSpan.FromSeconds(config.PauseBetweenBatchesSec), context.Time, cancellationToken);
                }
                await ReadBatchAsync(new CatalogBatch(names), showView, structure, batches, cancellationToken);
            }
            batches.TryComplete();
        }
        catch (Exception exception)
        {
            // Whoever maps the batches gets the fault, either with the batch or from the channel.
            batches.TryComplete(exception);
        }
    }

    private async Task ReadBatchAsync(CatalogBatch batch, GrantScope showView, StructureRight structure, ChannelWriter<CatalogBatch> batches, CancellationToken cancellationToken)
    {
        await batches.WriteAsync(batch, cancellationToken);
        try
        {
            var schemas = batch.Schemas;
            var views = new List<(string Schema, string View)>();
            var asked = schemas.ToHashSet(StringComparer.Ordinal);
            var empty = schemas.ToHashSet(StringComparer.Ordinal);
            await session.SpoolAsync("tables", InformationSchema.Tables(schemas.Count), schemas, batch.Tables, cancellationToken, row =>
            {
                var (schema, name) = (row.GetString(InformationSchema.Table.Schema), row.GetString(InformationSchema.Table.Name));
                empty.Remove(schema);
                var kind = TableKinds.Of(row.GetString(InformationSchema.Table.Type));
                var isPartlyVisible = structure.SeesSomeColumnsOf(schema, name);
                var hasText = kind == TableKind.SystemView || (kind == TableKind.View && showView.Covers(schema, name));
                // The patterns are for the merge to try on every table; here they matter for few.
                if (!(isPartlyVisible || hasText) || !asked.Contains(schema) || !filter.Keeps(kind, schema, name, out _))
                {
                    return;
                }
                if (isPartlyVisible)
                {
                    context.SourceReport.Warning("Table partly visible", "The account has rights on single columns, and the server shows no others: GRANT REFERENCES on the table shows all.", $"{schema}.{name}");
                }
                if (hasText)
                {
                    views.Add((schema, name));
                }
            });
            if (empty.Count > 0)
            {
                await ReportGoneAsync(empty, cancellationToken);
            }
            await session.SpoolAsync("keys", InformationSchema.Keys(schemas.Count), schemas, batch.Keys, cancellationToken);
            await session.SpoolAsync("columns", InformationSchema.Columns(schemas.Count, session.Features), schemas, batch.Columns, cancellationToken);
            if (config.IncludeStoredProcedures)
            {
                await session.SpoolAsync("procedures", InformationSchema.Procedures(schemas.Count), schemas, batch.Procedures, cancellationToken);
            }
            else
            {
                batch.Procedures.Complete();
            }
            foreach (var (schema, view) in views)
            {
                batch.ViewTexts.Write(schema);
                batch.ViewTexts.Write(view);
                batch.ViewTexts.Write(await session.ViewTextAsync(schema, view, cancellationToken));
                batch.ViewTexts.EndRow();
            }
            batch.ViewTexts.Complete();
        }
        catch (Exception exception)
        {
            batch.Fail(exception);
            throw;
        }
    }

    /// <summary>A database without tables may have been dropped, or the right on it taken away, since the databases were listed.</summary>
    private async Task ReportGoneAsync(HashSet<string> schemas, CancellationToken cancellationToken)
    {
        // Without regard to case: the recipe's `database` may be spelled in another one than the server's.
        var there = (await session.QueryAsync("schemas", InformationSchema.Schemas, cancellationToken)).Select(row => row[0]!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var schema in schemas.Where(schema => !there.Contains(schema)).Order(NameOrder.Instance))
        {
            context.SourceReport.Warning("Database is gone", "It was dropped, or the right on it taken away, while the run went on; nothing but its container was written.", schema);
        }
    }

    private async Task<(GrantScope ShowView, StructureRight Structure)> RightsAsync(IReadOnlyList<string> schemas, CancellationToken cancellationToken)
    {
        var grants = (await ServerAccount.ReadAsync(session, cancellationToken)).Grants;
        var (showView, structure) = (new GrantScope(grants, MySqlRights.ShowView), new StructureRight(grants));
        var procedures = new ProcedureRight(grants, session.Features);
        foreach (var schema in schemas)
        {
            var visibility = structure.Of(schema);
            context.SourceReport.Database(schema).Visibility = visibility;
            if (visibility == DatabaseVisibility.Unknown)
            {
                context.SourceReport.Info("Database perhaps partly visible", "No grant that the server lists for the account shows it, so nothing tells whether there are tables on which the account has no right.", schema);
            }
            else if (visibility != DatabaseVisibility.Complete)
            {
                context.SourceReport.Warning("Database partly visible", "The account has no right on the whole database, and the server shows no tables but those on which it has one: GRANT REFERENCES on the database shows all. `./discovery preflight` prints the statement.", schema);
            }
            if (config.IncludeStoredProcedures && !procedures.ShowsBodies(schema) && grants.Explains(schema))
            {
                context.SourceReport.Info("Stored procedures perhaps hidden", "The account has no right that shows them with their bodies, and the server does not tell whether there are some. `./discovery preflight` prints the statement that gives it.", schema);
            }
        }
        return (showView, structure);
    }
}

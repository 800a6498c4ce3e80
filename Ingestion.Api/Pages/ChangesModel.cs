using System.Globalization;
using Discovery.Ingestion.Api.Endpoints;
using Discovery.Ingestion.Api.Runs;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;
using Microsoft.AspNetCore.Http;

namespace Discovery.Ingestion.Api.Pages;

/// <summary>What the page of the changes of a run shows.</summary>
/// <param name="Run">The run.</param>
/// <param name="Entries">A part of what differs.</param>
/// <param name="Databases">Names of databases that can be chosen.</param>
/// <param name="Database">Only those of this database; null for all.</param>
/// <param name="Change">Only those with this change, as the API writes it; null for all.</param>
/// <param name="Remark">What is to be known of the chosen database.</param>
public sealed record ChangesModel(RunView Run, Page<DiffEntry> Entries, IReadOnlyList<string> Databases, string? Database, string? Change, string? Remark)
{
    private const int PageSize = 100;

    /// <returns>Null where there is no such run, or it was not compared.</returns>
    /// <exception cref="Refusal">The query makes no sense.</exception>
    internal static ChangesModel? Read(ControlStore store, ActiveRuns active, string id, IQueryCollection query)
    {
        var database = PageQuery.Value(query, "database");
        var change = Query.Word<DiffChange>("change", PageQuery.Value(query, "change"));
        if (!long.TryParse(PageQuery.Value(query, "cursor") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var after))
        {
            throw new Refusal(400, "cursor must be what the part before gave.");
        }
        return store.Read(connection =>
        {
            var table = new DiffTable(connection);
            if (new RunTable(connection).Find(id) is not { } run || table.Find(run, database, change, after, PageSize) is not { } diff)
            {
                return null;
            }
            var databases = table.Databases(id, database: null);
            return new ChangesModel(
                active.View(run), diff.Entries, [.. databases.Select(found => found.Database)], database, change, databases.Find(found => found.Database == database)?.Remark);
        });
    }
}

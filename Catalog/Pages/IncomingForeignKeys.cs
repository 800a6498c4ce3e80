using Discovery.Catalog.Pages.Views;
using Discovery.Catalog.Store;

namespace Discovery.Catalog.Pages;

/// <summary>The foreign keys that refer to a dataset.</summary>
/// <param name="Keys">Foreign keys, each with the urn of the table that has it, in order of the urns; of very many the beginning.</param>
/// <param name="TablesUnread">How many tables with such keys were not looked at.</param>
public sealed record IncomingForeignKeys(IReadOnlyList<KeyValuePair<string, ForeignKeyView>> Keys, int TablesUnread)
{
    internal const int MostTables = 200;

    internal static IncomingForeignKeys Read(CatalogStore store, EntityReader entities, string dataset)
    {
        var tables = store.Incoming(dataset).Where(edge => edge.Type == "ForeignKeyToDataset").Select(edge => edge.Owner).ToList();
        return new IncomingForeignKeys(
            [
                .. from table in tables.Take(MostTables)
                   where !entities[table].Removed
                   from key in SchemaView.Read(store, table)?.ForeignKeys ?? []
                   where key.Dataset == dataset
                   select KeyValuePair.Create(table, key),
            ],
            Math.Max(0, tables.Count - MostTables));
    }
}

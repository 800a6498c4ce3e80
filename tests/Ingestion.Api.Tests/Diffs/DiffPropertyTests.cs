using Discovery.Ingestion.Control;
using Discovery.Ingestion.State;

namespace Discovery.Ingestion.Api.Tests.Diffs;

public sealed class DiffPropertyTests
{
    // Names whose bytes, UTF-16 units and lower case have different orders.
    private static readonly string[] Names = ["a", "A", "b", "z", "ä", "한", "\uFFFD", "\U0001F600", "a%", "a_", "aa", "a.b", "Ž"];

    [Fact]
    public async Task The_diff_of_two_sets_is_what_a_naive_comparison_finds()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        var random = new Random(42);
        var before = Sets(random);
        await server.RunAsync([.. before.Values]);
        for (var round = 0; round < 25; round++)
        {
            var after = Sets(random);
            var run = await server.RunAsync([.. after.Values]);
            var diff = await server.DiffAsync(run.Id);

            var expected = before.Keys.Union(after.Keys).Select(urn => (Urn: urn, Change: Change(before.GetValueOrDefault(urn), after.GetValueOrDefault(urn))))
                .Where(entry => entry.Change is not null).Select(entry => (entry.Urn, entry.Change!.Value)).ToHashSet();
            Assert.Equal(expected, diff.Entries.Items.Select(entry => (entry.Urn, entry.Change)).ToHashSet());
            Assert.Equal(diff.Entries.Items.Count, diff.Databases.Sum(database => database.Added + database.Changed + database.Unseen));
            Assert.Equal(diff.Entries.Items.Count(entry => entry.Change == DiffChange.Changed), run.Diff!.Changed);
            before = after;
        }
    }

    private static DiffChange? Change(DatasetStructure? before, DatasetStructure? after) => (before, after) switch
    {
        (null, _) => DiffChange.Added,
        (_, null) => DiffChange.Unseen,
        _ => Comparable(before) == Comparable(after) ? null : DiffChange.Changed,
    };

    private static string Comparable(DatasetStructure structure) =>
        $"{structure.Kind}|{structure.Comment}|{string.Join(';', structure.Columns.OrderBy(column => column.Name, StringComparer.Ordinal))}|{string.Join(';', structure.ForeignKeys.Order(StringComparer.Ordinal))}";

    private static Dictionary<string, DatasetStructure> Sets(Random random)
    {
        var tables = from database in Names
                     from table in Names
                     where random.Next(6) == 0
                     select Structures.Table($"{database}.{table}", [.. Columns(random)]) with
                     {
                         Comment = random.Next(2) == 0 ? null : "c",
                         ForeignKeys = random.Next(3) == 0 ? ["fk"] : [],
                     };
        // a.b and a.b.c can be the same table in name; the last one counts.
        return tables.GroupBy(table => table.Urn, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Last(), StringComparer.Ordinal);
    }

    private static IEnumerable<ColumnStructure> Columns(Random random) =>
        from name in ((string[])["x", "y"]).OrderBy(_ => random.Next())
        where random.Next(8) > 0
        select new ColumnStructure(name, random.Next(6) == 0 ? "text" : "int", random.Next(6) == 0, null, false);
}

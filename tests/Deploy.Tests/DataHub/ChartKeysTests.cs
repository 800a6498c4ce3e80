using System.Text.Json;
using System.Text.Json.Nodes;
using Discovery.Deploy.DataHub;
using Discovery.Deploy.Input;

namespace Discovery.Deploy.Tests.DataHub;

/// <summary>
/// The charts take a misspelt key without a word, so <c>chart-keys.tsv</c> lists each key that we write with a rendered field that it reaches. Where nothing but the presence of the object
/// shows it, the field is empty; the last column is another value, where not just any text or number will do.
/// </summary>
public sealed class ChartKeysTests
{
    private static readonly IReadOnlyList<ChartKey> keys =
    [
        .. File.ReadLines(Path.Combine(SharedFolder.Root, "tests", "Deploy.Tests", "DataHub", "chart-keys.tsv")).Skip(1).Select(line => line.Split('\t')).Select(
            cells => new ChartKey(cells[0], cells[1], cells[2], cells[3], cells[4].Length == 0 ? null : JsonNode.Parse(cells[4]))),
    ];

    [Fact]
    public void Each_key_of_our_values_is_listed_and_no_other()
    {
        var written = ChartEnvironments.All.SelectMany(each => Charts(each.Environment)).SelectMany(chart => NodePath.Leaves(chart.Values).Select(leaf => $"{chart.Name} {leaf.Path}"));

        Assert.Equal(keys.Select(key => $"{key.Chart} {key.Path}").Order(StringComparer.Ordinal), written.Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>All values become marks at once, each another one, and each mark must stand in the field of its key.</summary>
    [Theory]
    [MemberData(nameof(ChartEnvironments.Names), MemberType = typeof(ChartEnvironments))]
    public void Each_key_reaches_the_field_that_is_listed(string name)
    {
        foreach (var (chart, values) in Charts(ChartEnvironments.Named(name)))
        {
            var listed = keys.Where(key => key.Chart == chart && key.Other is null).ToDictionary(key => key.Path);
            var marks = NodePath.Leaves(values).Where(leaf => listed.ContainsKey(leaf.Path)).Select((leaf, index) => (Key: listed[leaf.Path], Mark: Mark(leaf.Value, 61000 + index))).ToList();
            foreach (var (key, mark) in marks)
            {
                NodePath.Set(values, key.Path, mark);
            }
            var objects = Helm.Objects(Helm.Render(chart, values)).ToList();

            Assert.Empty(marks.Where(each => Field(objects, each.Key)?.Contains(each.Mark.ToString(), StringComparison.Ordinal) != true).Select(each => each.Key));
        }
    }

    [Fact]
    public void Each_switch_changes_the_field_that_is_listed()
    {
        var charts = ChartEnvironments.All.SelectMany(each => Charts(each.Environment)).ToList();

        var switched = keys.Where(key => key.Other is not null).Select(key =>
        {
            var values = charts.First(chart => chart.Name == key.Chart && NodePath.TryFind(chart.Values, key.Path, out _)).Values;
            var changed = (JsonObject)values.DeepClone();
            NodePath.Set(changed, key.Path, key.Other!.DeepClone());
            return (Key: key, Before: Rendered(key, values), After: Rendered(key, changed));
        }).ToList();

        Assert.All(switched, each => Assert.NotEqual(each.Before, each.After));

        static string? Rendered(ChartKey key, JsonObject values) => Field([.. Helm.Objects(Helm.Render(key.Chart, values))], key);
    }

    private static IEnumerable<(string Name, JsonObject Values)> Charts(DeployEnvironment environment)
    {
        yield return ("datahub", DataHubValues.Of(environment));
        if (environment.HasPrerequisites)
        {
            yield return ("prerequisites", PrerequisitesValues.Of(environment));
        }
    }

    private static JsonValue Mark(JsonNode? value, int number) =>
        value?.GetValueKind() == JsonValueKind.Number ? JsonValue.Create(number) : JsonValue.Create($"mark{number}");

    private static string? Field(IReadOnlyList<JsonObject> objects, ChartKey key) =>
        objects.FirstOrDefault(each => $"{each["kind"]}/{each["metadata"]!["name"]}" == key.Object) is { } found && NodePath.TryFind(found, key.Field, out var field)
            ? key.Field.Length == 0 ? "is there" : field?.ToJsonString()
            : null;

    private sealed record ChartKey(string Chart, string Path, string Object, string Field, JsonNode? Other);
}

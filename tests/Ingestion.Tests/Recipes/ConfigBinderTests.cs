using System.Text;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Recipes.Binding;
using Discovery.Ingestion.Recipes.Documents;

namespace Discovery.Ingestion.Tests.Recipes;

public sealed class ConfigBinderTests
{
    [Theory]
    // As pydantic's lax mode: variables give text, so text of the right kind is taken.
    [InlineData("switch: 'YES'", "Switch", true)]
    [InlineData("switch: 'off'", "Switch", false)]
    [InlineData("switch: t", "Switch", true)]
    [InlineData("switch: 1", "Switch", true)]
    [InlineData("switch: '0'", "Switch", false)]
    [InlineData("switch: 1.0", "Switch", true)]
    [InlineData("whole: '7'", "Whole", 7)]
    [InlineData("whole: ' 7 '", "Whole", 7)]
    [InlineData("whole: 7.0", "Whole", 7)]
    [InlineData("whole: '7.0'", "Whole", 7)]
    [InlineData("whole: true", "Whole", 1)]
    [InlineData("number: '1.5'", "Number", 1.5)]
    [InlineData("number: 2", "Number", 2.0)]
    [InlineData("text: 'x'", "Text", "x")]
    [InlineData("nullable: null", "Nullable", null)]
    [InlineData("mode: async_batch", "Mode", Mode.AsyncBatch)]
    [InlineData("mode: SYNC", "Mode", Mode.Sync)]
    [InlineData("old_text: x", "Text", "x")]
    public void A_value_becomes(string yaml, string property, object? expected)
    {
        var (config, _) = Bind(yaml);
        Assert.Equal(expected, typeof(Config).GetProperty(property)!.GetValue(config));
    }

    [Theory]
    [InlineData("switch: 2", "must be true or false, not a number")]
    [InlineData("switch: maybe", "must be true or false, not 'maybe'")]
    [InlineData("whole: 7.5", "must be a whole number")]
    [InlineData("whole: x", "must be a whole number, not 'x'")]
    [InlineData("whole: 99999999999", "must be a whole number")]
    [InlineData("whole: 101", "must be at least 1 and at most 100, not 101")]
    [InlineData("number: .nan", "must be a number")]
    [InlineData("text: 12", "must be text, not a number; put text in quotes")]
    [InlineData("text: yes", "must be text, not true or false; put text in quotes")]
    [InlineData("text: 2024-01-01", "not a date; put text in quotes")]
    [InlineData("text: [x]", "must be text; this is a list")]
    [InlineData("text:", "has no value")]
    [InlineData("mode: other", "must be one of SYNC, ASYNC_BATCH, not 'other'")]
    [InlineData("list: x", "must be a list")]
    [InlineData("list: [a, 1]", "'list[1]' must be text")]
    [InlineData("nested: {deeep: 1}", "did you mean 'deep'?")]
    [InlineData("nested: x", "must be a mapping")]
    [InlineData("secret: 12", "'secret' must be text")]
    [InlineData("filter: {allow: x}", "'filter.allow' must be a list")]
    [InlineData("filter: {allow: [1]}", "'filter.allow[0]' must be text")]
    [InlineData("filter: {ignorecase: true}", "did you mean 'ignoreCase'?")]
    [InlineData("text: a\nold_text: b", "both are given")]
    public void A_value_is_refused_with_a_reason(string yaml, string reason) =>
        Assert.Contains(reason, Assert.Single(Bind(yaml).Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void Lists_mappings_filters_and_blocks_are_made()
    {
        var (config, problems) = Bind("list: [a, b]\nmap: {x: {deep: 1}, y: {deep: 2}}\nfree: {a: [1, x]}\nfilter: {allow: ['A'], deny: [ab], ignoreCase: false}");
        Assert.Empty(problems);
        Assert.Equal(["a", "b"], config.List);
        Assert.Equal([("x", 1), ("y", 2)], config.Map.Select(pair => (pair.Key, pair.Value.Deep)));
        Assert.Equal([1L, "x"], Assert.IsType<List<object?>>(config.Free["a"]));
        Assert.True(config.Filter.Allows("A"));
        Assert.False(config.Filter.Allows("a"));
    }

    [Fact]
    public void An_old_name_and_a_setting_without_effect_give_one_warning_each()
    {
        Assert.All(Bind("old_text: x\nunused: 1").Problems, problem => Assert.True(problem.IsWarning));
        Assert.Equal(2, Bind("old_text: x\nunused: 1").Problems.Count);
    }

    [Fact]
    public void The_reference_lists_every_setting_with_type_default_and_meaning()
    {
        var table = SettingsReference.Markdown(typeof(Config));
        Assert.Contains("| `whole` | a whole number | `5` | A whole number. At least 1. At most 100. |", table, StringComparison.Ordinal);
        Assert.Contains("| `nested.deep` | a whole number | `0` | Deep. |", table, StringComparison.Ordinal);
        Assert.Contains("| `mode` | one of SYNC, ASYNC_BATCH | `SYNC` | Mode a\\|b. |", table, StringComparison.Ordinal);
        Assert.Contains("| `text` | text | `d` | Text. Old name: `old_text`. |", table, StringComparison.Ordinal);
    }

    private static (Config Config, IReadOnlyList<RecipeProblem> Problems) Bind(string yaml)
    {
        var problems = new ProblemList();
        var root = RecipeDocument.Read(Encoding.UTF8.GetBytes(yaml), RecipeFormat.Yaml, DocumentKind.Recipe, problems)!;
        var config = (Config)new ConfigBinder(problems, new SecretMasker()).Bind(typeof(Config), root, "");
        return (config, problems.ToList("r.yml", new SecretMasker()));
    }

    internal enum Mode
    {
        Sync,
        AsyncBatch,
    }

    internal sealed record Config
    {
        [Setting("switch", "Switch.")]
        public bool Switch { get; init; }

        [Setting("whole", "A whole number.", Minimum = 1, Maximum = 100)]
        public int Whole { get; init; } = 5;

        [Setting("number", "A number.")]
        public double Number { get; init; }

        [Setting("text", "Text.", Alias = "old_text")]
        public string Text { get; init; } = "d";

        [Setting("nullable", "Text or nothing.")]
        public string? Nullable { get; init; } = "d";

        [Setting("secret", "Secret.")]
        public Secret? Secret { get; init; }

        [Setting("mode", "Mode a|b.")]
        public Mode Mode { get; init; }

        [Setting("list", "List.")]
        public IReadOnlyList<string> List { get; init; } = [];

        [Setting("map", "Map.")]
        public IReadOnlyDictionary<string, Nested> Map { get; init; } = new Dictionary<string, Nested>();

        [Setting("free", "Free.")]
        public IReadOnlyDictionary<string, object?> Free { get; init; } = new Dictionary<string, object?>();

        [Setting("filter", "Filter.")]
        public AllowDenyPattern Filter { get; init; } = AllowDenyPattern.AllowAll;

        [Setting("nested", "Nested.")]
        public Nested Nested { get; init; } = new();

        [Setting("unused", "Unused.", WithoutEffect = "nobody reads it")]
        public int Unused { get; init; }
    }

    internal sealed record Nested
    {
        [Setting("deep", "Deep.")]
        public int Deep { get; init; }
    }
}

using System.Globalization;
using System.Text;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Recipes.Documents;

namespace Discovery.Ingestion.Tests.Recipes;

public sealed class DocumentTests
{
    [Theory]
    // What PyYAML's safe loader makes of a plain scalar.
    [InlineData("yes", "True")]
    [InlineData("Off", "False")]
    [InlineData("y", "'y'")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("NULL", "null")]
    [InlineData("nULL", "'nULL'")]
    [InlineData("3306", "3306")]
    [InlineData("+1_000", "1000")]
    [InlineData("010", "8")]
    [InlineData("09", "'09'")]
    [InlineData("0o10", "'0o10'")]
    [InlineData("0x1F", "31")]
    [InlineData("-0b101", "-5")]
    [InlineData("1:30", "90")]
    [InlineData("10:3306", "'10:3306'")]
    [InlineData("1.5", "1.5")]
    [InlineData("1.", "1")]
    [InlineData("1e5", "'1e5'")]
    [InlineData("1.0e+5", "100000")]
    [InlineData("1:30.5", "90.5")]
    [InlineData(".inf", "Infinity")]
    [InlineData("2024-01-31", "date 2024-01-31")]
    [InlineData("2024-01-31 10:00:00", "date 2024-01-31 10:00:00")]
    [InlineData("1.2.3", "'1.2.3'")]
    [InlineData("=", "'='")]
    [InlineData("\"yes\"", "'yes'")]
    [InlineData("'1'", "'1'")]
    [InlineData("!!str 1", "'1'")]
    [InlineData("!!int \"7\"", "7")]
    [InlineData("!!float 7", "7")]
    public void A_YAML_scalar_means(string written, string expected) => Assert.Equal(expected, Show(Yaml($"a: {written}")));

    [Fact]
    public void Merge_keys_add_what_is_missing_and_the_first_mapping_wins()
    {
        var root = Yaml("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {z: 3, <<: [*a, *b]}");
        Assert.Equal("{a: {x: 1, y: 1}, b: {y: 2, z: 2}, c: {z: 3, x: 1, y: 1}}", Show(root, whole: true));
    }

    [Fact]
    public void Every_value_knows_its_line_and_column()
    {
        var root = Yaml("a:\n  - x\n  - {k: v}\n");
        var list = (RecipeList)root.Entries[0].Value;
        Assert.Equal(new RecipePosition(2, 5), list.Items[0].Position);
        Assert.Equal(new RecipePosition(3, 6), ((RecipeMapping)list.Items[1]).Entries[0].KeyPosition);
        Assert.Equal(new RecipePosition(3, 9), ((RecipeMapping)list.Items[1]).Entries[0].Value.Position);
    }

    [Fact]
    public void Positions_in_JSON_count_characters()
    {
        var root = Read("{\n \"주문\": 1, \"b\": [true, null, -1.5e3]}", RecipeFormat.Json);
        Assert.Equal(new RecipePosition(2, 2), root.Entries[0].KeyPosition);
        Assert.Equal(new RecipePosition(2, 11), root.Entries[1].KeyPosition);
        Assert.Equal("{주문: 1, b: [True, null, -1500]}", Show(root, whole: true));
    }

    [Fact]
    public void TOML_is_read_with_all_that_recipes_use()
    {
        var root = Read(
            """"
            # comment
            run_id = "a\u00e9\n"  # comment
            'quoted key' = 'C:\raw'
            long = '''
            first
            second'''
            folded = """
              one \
              two"""
            numbers = [1_000, 0xff, 0o17, 0b11, -1.5e3, +2,
              3 ]
            [source.config]
            table_pattern = { allow = ["^a$"], deny = [] }
            database_pattern.allow = ["x"]
            [[transformers]]
            type = "one"
            [[transformers]]
            type = "two"
            config.x = true
            """", RecipeFormat.Toml);
        Assert.Equal(
            "{run_id: 'aé\n', quoted key: 'C:\\raw', long: 'first\nsecond', folded: '  one two', numbers: [1000, 255, 15, 3, -1500, 2, 3], "
            + "source: {config: {table_pattern: {allow: ['^a$'], deny: []}, database_pattern: {allow: ['x']}}}, transformers: [{type: 'one'}, {type: 'two', config: {x: True}}]}",
            Show(root, whole: true));
    }

    [Theory]
    [InlineData("[source", RecipeFormat.Toml, 1, 8)]
    [InlineData("a = 1\na = 2", RecipeFormat.Toml, 2, 1)]
    [InlineData("[a]\n[a]", RecipeFormat.Toml, 2, 2)]
    [InlineData("a = {b = 1}\n[a.c]", RecipeFormat.Toml, 2, 2)]
    [InlineData("a = 2024-01-01", RecipeFormat.Toml, 1, 15)]
    [InlineData("a = 012", RecipeFormat.Toml, 1, 8)]
    [InlineData("a = \"x", RecipeFormat.Toml, 1, 7)]
    [InlineData("a = \"\\q\"", RecipeFormat.Toml, 1, 8)]
    [InlineData("a = 1 b = 2", RecipeFormat.Toml, 1, 7)]
    [InlineData("a", RecipeFormat.Toml, 1, 2)]
    [InlineData("a = [1", RecipeFormat.Toml, 1, 7)]
    [InlineData("{\"a\": 1,}", RecipeFormat.Json, 1, 9)]
    [InlineData("{\"a\": 1} x", RecipeFormat.Json, 1, 10)]
    [InlineData("{a: 1}", RecipeFormat.Json, 1, 2)]
    [InlineData("source:\n\ttype: mysql", RecipeFormat.Yaml, 2, 1)]
    [InlineData("a: b: c", RecipeFormat.Yaml, 1, 5)]
    [InlineData("a: *secret", RecipeFormat.Yaml, 1, 4)]
    [InlineData("a: &a [*a]", RecipeFormat.Yaml, 1, 8)]
    [InlineData("a: !python/object x", RecipeFormat.Yaml, 1, 4)]
    [InlineData("a: 1\n--- \nb: 2", RecipeFormat.Yaml, 2, 1)]
    [InlineData("[a]: 1", RecipeFormat.Yaml, 1, 1)]
    [InlineData("- a", RecipeFormat.Yaml, 1, 1)]
    public void A_malformed_document_is_one_error_at_its_place(string text, RecipeFormat format, int line, int column)
    {
        using var loaded = Loading.Load(text, format);
        var error = Assert.Single(loaded.Problems);
        Assert.Equal(new RecipePosition(line, column), error.Position);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RecipeFormat.Yaml)]
    [InlineData(RecipeFormat.Json)]
    [InlineData(RecipeFormat.Toml)]
    public void Of_an_empty_document_people_learn_what_it_needs(RecipeFormat format)
    {
        using var loaded = Loading.Load(" \n", format);
        Assert.Equal("recipe.yml: error: the recipe is empty; it needs at least 'source' and 'sink'", Assert.Single(loaded.Problems).ToString());
    }

    [Fact]
    public void A_billion_laughs_are_refused_at_once()
    {
        var text = new StringBuilder("a0: &a0 [x]\n");
        for (var level = 1; level < 60; level++)
        {
            text.Append(CultureInfo.InvariantCulture, $"a{level}: &a{level} [*a{level - 1}, *a{level - 1}, *a{level - 1}]\n");
        }
        using var loaded = Loading.Load(text.ToString());
        Assert.Contains("aliases", Assert.Single(loaded.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", RecipeFormat.Yaml)]
    [InlineData("[", RecipeFormat.Json)]
    [InlineData("[", RecipeFormat.Toml)]
    [InlineData("{a: ", RecipeFormat.Yaml)]
    [InlineData("a.", RecipeFormat.Toml)]
    public void Nesting_without_end_is_refused(string opening, RecipeFormat format)
    {
        using var loaded = Loading.Load((format == RecipeFormat.Toml && opening == "[" ? "a = " : "") + string.Concat(Enumerable.Repeat(opening, 100_000)) + (opening == "a." ? "b = 1" : ""), format);
        Assert.Single(loaded.Problems);
    }

    [Fact]
    public void Dollar_escapes_of_old_recipes_are_read_with_one_warning()
    {
        var problems = new ProblemList();
        var root = RecipeDocument.Read(Encoding.UTF8.GetBytes("""
            a: "^my_project.my_dataset.my_good_table\$"
            b: ["x\$", '\$', "\${A}", "\\$"]
            """), RecipeFormat.Yaml, DocumentKind.Recipe, problems);
        Assert.Equal("""{a: '^my_project.my_dataset.my_good_table$', b: ['x$', '\$', '\${A}', '\$']}""", Show(root!, whole: true));
        var warning = Assert.Single(problems.ToList("r.yml", new SecretMasker()));
        Assert.StartsWith("r.yml:1:41: warning: '\\$'", warning.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_dollar_escapes_do_not_take_for_ever()
    {
        using var loaded = Loading.Load($"a: \"{string.Concat(Enumerable.Repeat("\\$", 1_000_000))}\"");
        Assert.NotEmpty(loaded.Errors);
    }

    [Theory]
    [InlineData("${")]
    [InlineData("://a:")]
    [InlineData("${A:-")]
    public void Half_a_million_repetitions_in_one_text_do_not_take_for_ever(string part)
    {
        using var loaded = Loading.Load($"a: '{string.Concat(Enumerable.Repeat(part, 500_000))}'");
        Assert.NotEmpty(loaded.Errors);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused()
    {
        using var loaded = Loading.Loader().Load("r.yml", new byte[] { (byte)'a', (byte)':', 0xC3, 0x28 }, RecipeFormat.Yaml);
        Assert.Contains("UTF-8", Assert.Single(loaded.Problems).Message, StringComparison.Ordinal);
    }

    private static RecipeMapping Yaml(string text) => Read(text, RecipeFormat.Yaml);

    private static RecipeMapping Read(string text, RecipeFormat format)
    {
        var problems = new ProblemList();
        var root = RecipeDocument.Read(Encoding.UTF8.GetBytes(text), format, DocumentKind.Recipe, problems);
        Assert.Empty(problems.ToList("", new SecretMasker()));
        return root!;
    }

    private static string Show(RecipeNode node, bool whole = false) => node switch
    {
        RecipeMapping mapping when whole => $"{{{string.Join(", ", mapping.Entries.Select(entry => $"{entry.Key}: {Show(entry.Value, whole)}"))}}}",
        RecipeMapping mapping => Show(mapping.Entries[0].Value),
        RecipeList list => $"[{string.Join(", ", list.Items.Select(item => Show(item, whole)))}]",
        RecipeScalar { Value: string text } => $"'{text}'",
        RecipeScalar { Value: RecipeDate date } => $"date {date.Text}",
        RecipeScalar { Value: null } => "null",
        RecipeScalar scalar => string.Create(CultureInfo.InvariantCulture, $"{scalar.Value}"),
        _ => "",
    };
}

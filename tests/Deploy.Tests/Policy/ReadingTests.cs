using System.Text;
using System.Text.Json.Nodes;
using Discovery.Deploy.Policy;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Tests.Policy;

public sealed class ReadingTests
{
    [Theory]
    [InlineData("yes", "true")]
    [InlineData("n", "false")]
    [InlineData("Off", "false")]
    [InlineData("~", "null")]
    [InlineData("0o17", "15")]
    [InlineData("010", "8")]
    [InlineData("0x1F", "31")]
    [InlineData("1_000", "1000")]
    [InlineData("1e3", "1000")]
    [InlineData("1.5", "1.5")]
    [InlineData("089", "89")]
    [InlineData("1:30", "\"1:30\"")]
    [InlineData("2022-01-01", "\"2022-01-01\"")]
    [InlineData("'yes'", "\"yes\"")]
    [InlineData("!!str 8080", "\"8080\"")]
    public void Scalars_are_what_Kubernetes_takes_them_for(string yaml, string json) =>
        Assert.Equal(json, Read($"a: {yaml}").Root.At("a")?.ToJsonString() ?? "null");

    [Fact]
    public void Aliases_and_merge_keys_are_followed_and_values_keep_the_line_that_they_were_written_in()
    {
        var document = Read("base: &base\n  a: 1\n  b: [2]\nother:\n  <<: *base\n  a: 3\nlist: *base\n");

        Assert.Equal("""{"a":3,"b":[2]}""", document.Root.At("other")!.ToJsonString());
        Assert.Equal(3, document.Lines.Of(document.Root.At("other", "b")));
        Assert.Equal(7, document.Lines.Of(document.Root.At("list")));
        Assert.Equal(2, document.Lines.Of(document.Root.At("list", "a")));
    }

    [Fact]
    public void A_fault_in_one_document_does_not_hide_the_others()
    {
        var faults = new List<SyntaxFault>();
        var documents = YamlDocuments.Read("a: 1\n---\nb: [\n--- # the third\nc: 3\n", faults);

        Assert.Equal(["""{"a":1}""", """{"c":3}"""], documents.Select(document => document.Root!.ToJsonString()));
        Assert.InRange(Assert.Single(faults).Line, 2, 4);
        Assert.Equal(5, documents[1].Lines.Of(documents[1].Root.At("c")));
    }

    [Theory]
    [InlineData("password: *hunter2", "hunter2")]
    [InlineData("password: &hunter2", "hunter2")]
    [InlineData("password: !hunter2 a", "hunter2")]
    [InlineData("password: \"hunter2", "hunter2")]
    [InlineData("{a: hunter2, b hunter2", "hunter2")]
    [InlineData("%hunter2 a\n---\nb", "hunter2")]
    [InlineData("a: |-hunter2", "hunter2")]
    public void A_fault_of_syntax_does_not_repeat_what_may_be_a_password(string yaml, string password)
    {
        var faults = new List<SyntaxFault>();
        YamlDocuments.Read(yaml, faults);

        Assert.DoesNotContain(password, string.Concat(faults.Select(fault => fault.Message)), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Hostile { get; } = new()
    {
        { "nesting", new string('[', 100_000) },
        { "nesting", string.Join('\n', Enumerable.Range(0, 3000).Select(depth => $"{new string(' ', depth)}a:")) },
        { "more than 1000000 values", Bomb() },
        { "more than 1000000 values", $"a: &a \"{new string('x', 100_000)}\"\nb: [{string.Join(", ", Enumerable.Repeat("*a", 1100))}]" },
        { "stands inside", "a: &a [*a]" },
        { "a tab", "a:\n\tb: 1" },
        { "a key must be text", "? [a]\n: b" },
        { "must be text", "{{ .Values.a }}: b" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_text_is_refused_with_its_reason(string reason, string text)
    {
        var faults = new List<SyntaxFault>();
        YamlDocuments.Read(text, faults);

        Assert.Contains(reason == "nesting" ? "inside each other" : reason, Assert.Single(faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_megabytes_of_anything_are_read()
    {
        string[] texts = [new string('a', 10_000_000), string.Concat(Enumerable.Repeat("a=b:c//@ ", 1_000_000)), string.Concat(Enumerable.Repeat("--- \n", 500_000))];

        Assert.All(texts, text => Assert.Equal(0, GoodManifests.Check(text).Errors));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x00 }, "is no text in UTF-8")]
    [InlineData(new byte[] { 0x61, 0x00, 0x62 }, "bytes of zero")]
    public void A_binary_file_is_told(byte[] content, string message)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "a.yaml"), content);
            var faults = new List<Finding>();

            Assert.Empty(PolicyFiles.Read([folder.FullName], faults));
            Assert.Contains(message, Assert.Single(faults).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_name_cannot_write_to_the_terminal()
    {
        var result = GoodManifests.Check("apiVersion: v1\nkind: \"Con\\e[31mfig\"\nmetadata: { name: \"a\\nb\", namespace: c }\n");

        Assert.NotEmpty(result.Findings);
        Assert.All(result.Findings, finding => Assert.DoesNotContain(finding.ToString(), char.IsControl));
    }

    [Fact]
    public void No_change_of_any_place_makes_the_check_fail()
    {
        var faults = new List<SyntaxFault>();
        var documents = YamlDocuments.Read(GoodManifests.Text, faults).Select(document => document.Root!).ToList();
        Func<JsonNode?>[] replacements = [() => null, () => "text", () => 7, () => true, () => new JsonArray("a", 1, null), () => new JsonObject { ["a"] = 1 }, () => new JsonArray(new JsonObject())];
        var tried = 0;
        foreach (var document in documents)
        {
            foreach (var place in Places(document).ToList())
            {
                // Each place once with another thing instead; which one goes round.
                var original = place.Get()?.DeepClone();
                place.Set(replacements[tried++ % replacements.Length]());
                GoodManifests.Check(string.Join("\n---\n", documents.Select(each => each.ToJsonString())));
                place.Set(original);
            }
        }

        Assert.True(tried > 350, $"{tried} places were tried");
    }

    private static IEnumerable<(Func<JsonNode?> Get, Action<JsonNode?> Set)> Places(JsonNode node) => node switch
    {
        JsonObject mapping => mapping.Select(entry => entry.Key).ToList().SelectMany(key =>
            Here(() => mapping[key], value => mapping[key] = value).Concat(mapping[key] is { } below ? Places(below) : [])),
        JsonArray list => Enumerable.Range(0, list.Count).SelectMany(index =>
            Here(() => list[index], value => list[index] = value).Concat(list[index] is { } below ? Places(below) : [])),
        _ => [],
    };

    private static IEnumerable<(Func<JsonNode?> Get, Action<JsonNode?> Set)> Here(Func<JsonNode?> get, Action<JsonNode?> set) => [(get, set)];

    private static YamlDocument Read(string yaml)
    {
        var faults = new List<SyntaxFault>();
        var document = Assert.Single(YamlDocuments.Read(yaml, faults));
        Assert.Empty(faults);
        return document;
    }

    // Nine times nine times ...
    private static string Bomb()
    {
        var text = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (var letter = 'b'; letter <= 'i'; letter++)
        {
            text.Append(letter).Append(": &").Append(letter).Append(" [").AppendJoin(", ", Enumerable.Repeat($"*{(char)(letter - 1)}", 9)).Append("]\n");
        }
        return text.ToString();
    }
}

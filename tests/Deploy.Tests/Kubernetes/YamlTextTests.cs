using System.Text.Json.Nodes;
using Discovery.Deploy.Kubernetes;
using YamlDotNet.RepresentationModel;

namespace Discovery.Deploy.Tests.Kubernetes;

public sealed class YamlTextTests
{
    public static TheoryData<string> Texts =>
    [
        "", " ", "a", "a b", " a", "a ", "yes", "No", "ON", "off", "y", "true", "null", "Null", "~", "1", "1.5", "-1", "+1", ".5", "1e3", "0x1f", "0o17", "017", "1_000", ".inf", ".NaN", "-.inf",
        "12:30:45", "190:20:30", "2026-11-22", "2026-11-22T10:00:00Z", "=", "<<", "-", "- a", "?", "? a", ":", "a: b", "a:b", "a:", ":a", "a #b", "#a", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a",
        "{a}", "[a]", "a,b", "'a'", "\"a\"", "a'b", "a\"b", "\\", "a\\nb", "\t", "a\tb", "*/5 * * * *", "15 2 * * *", "---", "...", "--- a", "${VAR}", "{{ x }}", "grün", "日本", "😀", "\u2028", "\u0085", "\u0007", "\uFEFF",
        "a\nb", "a\nb\n", "a\n\n\nb\n\n", "\na", "  a\nb", "a\n  b\n c", "a \nb", "a\r\nb", "a\tb\nc", "# a\nb: c\n", "---\na: b\n", "\n", "\n\n", " \n", "a\u0007\nb", "a\u0085b\nc", "a\u2028b\nc", "a\u2029b\nc", "a\uFEFFb\nc", "a\eb\nc",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_is_read_as_it_was(string text)
    {
        var yaml = YamlText.Write("a comment", new JsonObject { ["first"] = text, ["list"] = new JsonArray(text, text), [text.Length is > 0 and < 20 ? "key " + text : "last"] = 1 });

        var read = Assert.IsType<YamlMappingNode>(Read(yaml));
        Assert.Equal(text, ((YamlScalarNode)read["first"]).Value);
        Assert.All((YamlSequenceNode)read["list"], item => Assert.Equal(text, ((YamlScalarNode)item).Value));
    }

    // Parsers of YAML refuse the ones, and make line feeds of the others.
    [Theory]
    [InlineData("a\e[31m\nb")]
    [InlineData("a\u0000\nb")]
    [InlineData("a\u0085b\nc")]
    [InlineData("a\u2028b\nc")]
    public void What_YAML_does_not_take_as_it_is_is_escaped(string text) =>
        Assert.DoesNotContain(YamlText.Write("a comment", new JsonObject { ["a"] = text }), character => (char.IsControl(character) && character != '\n') || character == '\u2028');

    [Theory]
    [InlineData("yes")]
    [InlineData("Off")]
    [InlineData("y")]
    [InlineData("1e3")]
    [InlineData("1_000")]
    [InlineData("017")]
    [InlineData("12:30:45")]
    [InlineData("2026-11-22")]
    [InlineData("0x1f")]
    [InlineData("null")]
    [InlineData(".inf")]
    [InlineData("~")]
    [InlineData("")]
    public void What_some_reader_takes_for_another_type_is_quoted(string text) =>
        Assert.Equal($"# a comment\nkey: \"{text}\"\n", YamlText.Write("a comment", new JsonObject { ["key"] = text }));

    [Fact]
    public void Documents_have_a_line_between_them_and_lists_stand_under_their_key() =>
        Assert.Equal(
            """
            # one
            # two
            a:
            - b: 1
              c: true
            - {}
            ---
            d: []
            e: null

            """,
            YamlText.Write(
                "one\ntwo",
                new JsonObject { ["a"] = new JsonArray(new JsonObject { ["b"] = 1, ["c"] = true }, new JsonObject()) },
                new JsonObject { ["d"] = new JsonArray(), ["e"] = null }));

    private static YamlNode Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Assert.Single(stream.Documents).RootNode;
    }
}

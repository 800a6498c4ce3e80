using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Recipes.Expansion;

namespace Discovery.Ingestion.Tests.Recipes;

/// <summary>What comes out was compared with the Python package expandvars 1.1.2, behind the gate of DataHub's client.</summary>
public sealed class VariableTests
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["A"] = "va",
        ["B"] = "A",
        ["EMPTY"] = "",
        ["DOLLAR"] = "x${A}$A",
        ["WORD"] = "주문🙂x",
    };

    [Theory]
    // Left alone: no braces, and not at the start.
    [InlineData("^orders$", "^orders$")]
    [InlineData("a$$b", "a$$b")]
    [InlineData("x$A", "x$A")]
    [InlineData("p@$$w0rd", "p@$$w0rd")]
    [InlineData("$^", "$^")]
    [InlineData("$1", "$1")]
    [InlineData("$2b$12$abc", "$2b$12$abc")]
    [InlineData(@"\$A", @"\$A")]
    [InlineData("", "")]
    [InlineData("$", "$")]
    // At the start: all or nothing.
    [InlineData("$A", "va")]
    [InlineData("$UNSET", "$UNSET")]
    [InlineData("$A-$UNSET", "$A-$UNSET")]
    [InlineData("$A-$B", "va-A")]
    [InlineData("$$tail", "$$tail")]
    [InlineData("$A{B}", "$A{B}")]
    // Braces.
    [InlineData("${A}", "va")]
    [InlineData("x${A}y${B}", "xvayA")]
    [InlineData("${EMPTY}", "")]
    [InlineData(@"${A}\.x$", @"va\.x$")]
    [InlineData(@"\${A}", "${A}")]
    [InlineData(@"C:\dir\${A}", @"C:\dir${A}")]
    [InlineData(@"${A}\\x", @"va\x")]
    [InlineData("x${}", "x${}")]
    [InlineData("x${A", "x${A")]
    [InlineData("x${A\n}", "x${A\n}")]
    [InlineData("${A.B}", "va")]
    [InlineData("${A B}", "va")]
    [InlineData("${A/x/y}", "va")]
    [InlineData("${UNSET.B}", "")]
    [InlineData("${DOLLAR}", "x${A}$A")]
    [InlineData("${A}{B}", "va{B}")]
    // Operators.
    [InlineData("${UNSET:-d}", "d")]
    [InlineData("${UNSET-d}", "d")]
    [InlineData("${EMPTY:-d}", "d")]
    [InlineData("${EMPTY-d}", "d")]
    [InlineData("${A:-d}", "va")]
    [InlineData("${UNSET:-}", "")]
    [InlineData("${UNSET:-a{b}c}", "a{b}c")]
    [InlineData("${UNSET:-${B}}", "A")]
    [InlineData("${UNSET:-${UNSET2}}", "")]
    [InlineData("${UNSET:-$A}", "va")]
    [InlineData("${A:?m}", "va")]
    [InlineData("${A:+alt}", "alt")]
    [InlineData("${A+alt}", "alt")]
    [InlineData("${UNSET:+alt}", "")]
    [InlineData("${EMPTY+alt}", "")]
    [InlineData("${UNSET:=d}-${UNSET}", "d-d")]
    [InlineData("${!B}", "va")]
    [InlineData("${#A}", "2")]
    [InlineData("${#UNSET}", "0")]
    [InlineData("${#WORD}", "4")]
    [InlineData("${#A-x}", "va")]
    [InlineData("${A:1}", "a")]
    [InlineData("${A:0:1}", "v")]
    [InlineData("${A::1}", "v")]
    [InlineData("${A:x:1}", "v")]
    [InlineData("${A:1:y}", "")]
    [InlineData("${WORD:2:1}", "🙂")]
    [InlineData("${A:9}", "")]
    public void A_text_expands_to(string text, string expected) => Assert.Equal(expected, Expand(text));

    [Theory]
    [InlineData("${UNSET}", "UNSET is not set")]
    [InlineData("${A}$UNSET", "UNSET is not set")]
    [InlineData("${UNSET:?please set it}", "UNSET is not set: please set it")]
    [InlineData("${UNSET?}", "UNSET is not set")]
    [InlineData("${EMPTY:?}", "EMPTY is not set")]
    [InlineData("${!UNSET}", "UNSET")]
    [InlineData("${!A}", "not set")]
    [InlineData("${}", "names no variable")]
    [InlineData("${", "not closed")]
    [InlineData("${A", "not closed")]
    [InlineData("${A} ${B", "not closed")]
    [InlineData("${A:}", "after the colon")]
    [InlineData("${A:1:2:3}", "after the colon")]
    [InlineData("${#A:1}", "takes nothing")]
    [InlineData("${A:1:-1}", "less than 0")]
    [InlineData("${A:1:?}", "not a number")]
    [InlineData("${A}\\", "ends in a backslash")]
    [InlineData("$A\\", "ends in a backslash")]
    public void A_text_is_refused_with_a_reason(string text, string reason)
    {
        var fault = Assert.Throws<VariableException>(() => Expand(text));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_dollars_alone_are_the_process_id() =>
        Assert.Equal(System.Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), Expand("$$"));

    [Fact]
    public void Variables_inside_each_other_without_end_are_refused() =>
        Assert.Throws<VariableException>(() => Expand(string.Concat(Enumerable.Repeat("${U:-", 5000)) + new string('}', 5000)));

    [Fact]
    public void Every_value_that_was_used_is_masked_by_its_variable()
    {
        var secrets = new SecretMasker();
        RecipeExpansion.Expand("${PASSWORD}", new Variables(_ => "hunter2", secrets));
        Assert.Equal("login with ***PASSWORD*** failed", secrets.Mask("login with hunter2 failed"));
    }

    private static string Expand(string text) => RecipeExpansion.Expand(text, new Variables(Environment.GetValueOrDefault, new SecretMasker()));
}

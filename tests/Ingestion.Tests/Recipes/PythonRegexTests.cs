using System.Diagnostics;
using System.Text.Json;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes.Filters;

namespace Discovery.Ingestion.Tests.Recipes;

public sealed class PythonRegexTests
{
    // Refused here and accepted by Python, each with a message that says so.
    private static readonly string[] NotSupported = [@"\N{", "beyond U+FFFF"];

    [Fact]
    public async Task Patterns_are_accepted_and_match_as_in_Python()
    {
        var differences = new List<string>();
        var regexes = new Dictionary<(string, bool), object>();
        var cases = 0;
        await foreach (var line in CasesFromPython())
        {
            var (pattern, ignoreCase, text, expected) = Parse(line);
            if (!regexes.TryGetValue((pattern, ignoreCase), out var regex))
            {
                regexes.Add((pattern, ignoreCase), regex = RegexOrReason(pattern, ignoreCase));
            }
            var message = regex as string ?? "";
            var actual = regex is PythonRegex valid ? valid.IsMatchAtStart(text) ? "match" : "none" : "refused";
            cases++;
            if (actual != expected && !IsBesideWord(pattern, text) && !NotSupported.Any(reason => message.Contains(reason, StringComparison.Ordinal)))
            {
                differences.Add($"{JsonSerializer.Serialize(pattern)} ignoreCase={ignoreCase} on {JsonSerializer.Serialize(text)}: Python {expected}, here {actual} {message}");
            }
        }
        Assert.True(cases > 10_000, $"only {cases} cases came from Python");
        Assert.True(differences.Count == 0, $"{differences.Count} of {cases} differ:\n{string.Join('\n', differences.Take(60))}");
    }

    [Theory]
    [InlineData("(unclosed", "character 1")]
    [InlineData("*_tmp", "character 1")]
    [InlineData(@"abc\q", "character 4")]
    [InlineData("a[z-a]", "character 3")]
    public void A_refused_pattern_is_told_with_its_place(string pattern, string place)
    {
        var fault = Assert.Throws<FormatException>(() => new PythonRegex(pattern, ignoreCase: true));
        Assert.Contains(place, fault.Message, StringComparison.Ordinal);
        Assert.Contains(pattern, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_explodes_runs_in_linear_time()
    {
        var regex = new PythonRegex("(a+)+$", ignoreCase: true);
        Assert.False(regex.IsMatchAtStart(new string('a', 50_000) + "!"));
    }

    [Fact]
    public void A_pattern_that_needs_backtracking_and_explodes_is_stopped_with_its_name()
    {
        var regex = new PythonRegex(@"(?=a)(a+)+\1$", ignoreCase: true);
        var fault = Assert.Throws<SourceException>(() => regex.IsMatchAtStart(new string('a', 200) + "!"));
        Assert.Contains("(a+)+", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_refused() =>
        Assert.Throws<FormatException>(() => new PythonRegex(new string('(', 100_000), ignoreCase: true));

    [Fact]
    public void Repetitions_of_repetitions_do_not_build_a_huge_automaton() =>
        Assert.False(new PythonRegex("((a{1000}){1000}){1000}b", ignoreCase: true).IsMatchAtStart("aaaa"));

    // The linear-time engine has only .NET's own \b, for which numerals such as these are no part of a word, and connectors are.
    private static bool IsBesideWord(string pattern, string text) =>
        pattern.Contains(@"\b", StringComparison.OrdinalIgnoreCase) && text.AsSpan().IndexOfAny("\u00BD\u00B2\u2177\u203F") >= 0;

    private static object RegexOrReason(string pattern, bool ignoreCase)
    {
        try
        {
            return new PythonRegex(pattern, ignoreCase);
        }
        catch (FormatException fault)
        {
            return fault.Message;
        }
    }

    private static (string Pattern, bool IgnoreCase, string Text, string Outcome) Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var items = json.RootElement;
        return (items[0].GetString()!, items[1].GetBoolean(), items[2].GetString()!, items[3].GetString()!);
    }

    private static async IAsyncEnumerable<string> CasesFromPython()
    {
        var start = new ProcessStartInfo("python3", [Path.Combine(AppContext.BaseDirectory, "Recipes", "python_regex_cases.py")]) { RedirectStandardOutput = true };
        Process? python = null;
        try
        {
            python = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not installed, so its re module cannot be asked.");
        }
        using (python)
        {
            while (await python!.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                yield return line;
            }
            await python.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, python.ExitCode);
        }
    }
}

using System.Net;
using System.Text.RegularExpressions;
using Discovery.Web.Shell;

namespace Discovery.Web.Tests.Shell;

public sealed partial class StylesheetTests
{
    [Fact]
    public async Task Browsers_may_keep_the_stylesheet_for_ever()
    {
        await using var server = await TestServer.StartAsync();
        using var answer = await server.GetAsync(ShellFiles.Stylesheet.Address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/css", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Text_can_be_read_on_every_ground_in_both_colour_schemes(int scheme)
    {
        await using var server = await TestServer.StartAsync();
        var css = await server.Client.GetStringAsync(ShellFiles.Stylesheet.Address, TestContext.Current.CancellationToken);
        var colours = RootPattern().Matches(css)[scheme].Value is var root
            ? ColourPattern().Matches(root).ToDictionary(match => match.Groups[1].Value, match => Luminance(match.Groups[2].Value))
            : [];
        (string Text, string[] Grounds, double Least)[] pairs =
        [
            ("text", ["ground", "surface", "raised", "mark"], 4.5),
            ("muted", ["ground", "surface", "raised"], 4.5),
            ("link", ["ground", "surface", "raised"], 4.5),
            ("visited", ["ground", "surface"], 4.5),
            ("on-accent", ["accent"], 4.5),
            ("good", ["good-ground"], 4.5),
            ("warn", ["warn-ground"], 4.5),
            ("bad", ["bad-ground"], 4.5),
            ("key", ["key-ground"], 4.5),
            ("text", ["warn-ground", "bad-ground"], 4.5),
            ("control", ["ground", "surface"], 3),
            ("accent", ["ground", "surface"], 3),
        ];
        foreach (var (text, grounds, least) in pairs)
        {
            foreach (var ground in grounds)
            {
                var (light, dark) = colours[text] > colours[ground] ? (colours[text], colours[ground]) : (colours[ground], colours[text]);
                var contrast = (light + 0.05) / (dark + 0.05);
                Assert.True(contrast >= least, $"{text} on {ground}: {contrast:0.00}, not {least}");
            }
        }
    }

    // As WCAG defines it.
    private static double Luminance(string hex)
    {
        var rgb = Convert.FromHexString(hex).Select(part => part / 255.0).Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * rgb[0]) + (0.7152 * rgb[1]) + (0.0722 * rgb[2]);
    }

    [GeneratedRegex(@":root \{[^}]*\}")]
    private static partial Regex RootPattern();

    [GeneratedRegex(@"--([a-z-]+): #([0-9a-f]{6});")]
    private static partial Regex ColourPattern();
}

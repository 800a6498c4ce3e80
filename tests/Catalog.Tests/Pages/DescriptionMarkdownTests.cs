using Discovery.Catalog.Pages.Views;

namespace Discovery.Catalog.Tests.Pages;

public sealed class DescriptionMarkdownTests
{
    [Theory]
    [InlineData("**bold** _it_", "<p><strong>bold</strong> <em>it</em></p>")]
    [InlineData("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>")]
    [InlineData("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("[x](javascript:alert(1))", "<p>x</p>")]
    [InlineData("[x](JaVaScRiPt:alert(1))", "<p>x</p>")]
    [InlineData("[x](data:text/html,y)", "<p>x</p>")]
    [InlineData("[x](/search?q=a)", "<p>x</p>")]
    [InlineData("[x](//evil.example)", "<p>x</p>")]
    [InlineData("[x](https://a.example/b \"t\")", "<p><a href=\"https://a.example/b\" rel=\"nofollow noopener\" title=\"t\">x</a></p>")]
    [InlineData("[x](mailto:a@b.example)", "<p><a href=\"mailto:a@b.example\" rel=\"nofollow noopener\">x</a></p>")]
    [InlineData("<javascript:alert(1)>", "<p>javascript:alert(1)</p>")]
    [InlineData("<https://a.example>", "<p><a href=\"https://a.example\" rel=\"nofollow noopener\">https://a.example</a></p>")]
    [InlineData("![p](https://a.example/p.png)", "<p><a href=\"https://a.example/p.png\" rel=\"nofollow noopener\">p</a></p>")]
    [InlineData("![p](javascript:alert(1))", "<p>p</p>")]
    [InlineData("# big", "<h3>big</h3>")]
    [InlineData("[x]: javascript:alert(1)\n\n[x]", "<p>x</p>")]
    [InlineData("도시 & <b>", "<p>도시 &amp; &lt;b&gt;</p>")]
    public void Markdown_is_shown_without_what_could_do_harm(string markdown, string html) =>
        Assert.Equal(html, DescriptionMarkdown.ToHtml(markdown)!.Value.Value.Trim());

    [Fact]
    public void An_own_address_in_a_text_becomes_a_link() =>
        Assert.Contains("<a href=\"https://a.example/\" rel=\"nofollow noopener\">", DescriptionMarkdown.ToHtml("see https://a.example/ there")!.Value.Value, StringComparison.Ordinal);

    [Theory]
    [InlineData("All **sold**, see [wiki](https://a.example)", "All sold, see wiki")]
    [InlineData("<img src=x onerror=alert(1)> a_b", "<img src=x onerror=alert(1)> a_b")]
    public void A_list_shows_the_words_alone(string markdown, string text) => Assert.Equal(text, DescriptionMarkdown.ToExcerpt(markdown));

    [Fact]
    public void What_is_too_long_or_too_deep_stays_text()
    {
        Assert.Null(DescriptionMarkdown.ToHtml(new string('a', DescriptionMarkdown.MostCharacters + 1)));
        Assert.Null(DescriptionMarkdown.ToHtml(new string('>', 40_000)));
    }

    [Theory]
    [InlineData('[')]
    [InlineData('*')]
    [InlineData('`')]
    [InlineData('!')]
    [InlineData('<')]
    [InlineData('|')]
    [InlineData('(')]
    public void Long_runs_of_one_sign_end(char sign) => _ = DescriptionMarkdown.ToHtml(new string(sign, DescriptionMarkdown.MostCharacters));
}

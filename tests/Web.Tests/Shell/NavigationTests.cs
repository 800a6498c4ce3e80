namespace Discovery.Web.Tests.Shell;

public sealed class NavigationTests
{
    [Theory]
    [InlineData("/shell", """<a href="/shell" aria-current="page">First</a>""", """<a href="/shell/below">Second</a>""")]
    [InlineData("/shell/other", """<a href="/shell" aria-current="true">First</a>""", """<a href="/shell/below">Second</a>""")]
    [InlineData("/shell/below", """<a href="/shell">First</a>""", """<a href="/shell/below" aria-current="page">Second</a>""")]
    [InlineData("/shell/below/x", """<a href="/shell">First</a>""", """<a href="/shell/below" aria-current="true">Second</a>""")]
    public async Task The_menu_has_the_links_of_all_parts_and_marks_where_one_is(string path, string first, string second)
    {
        await using var server = await TestServer.StartAsync();
        var page = await server.Client.GetStringAsync(path, TestContext.Current.CancellationToken);
        var menu = page[page.IndexOf("<nav", StringComparison.Ordinal)..page.IndexOf("</nav>", StringComparison.Ordinal)];
        Assert.Contains(first, menu, StringComparison.Ordinal);
        Assert.Contains(second, menu, StringComparison.Ordinal);
        Assert.True(menu.IndexOf("First", StringComparison.Ordinal) < menu.IndexOf("Second", StringComparison.Ordinal));
        Assert.DoesNotContain("role=\"search\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_let_in_sees_no_menu()
    {
        await using var server = await TestServer.StartAsync(settings => settings with { Tokens = true });
        var page = await server.Client.GetStringAsync("/login", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<nav", page, StringComparison.Ordinal);
    }
}

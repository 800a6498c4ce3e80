using System.Globalization;
using System.Text;
using Discovery.Ingestion.Sources.MySql.ViewText;

namespace Discovery.Ingestion.Tests.Sources.MySql.ViewText;

public sealed class HostileViewTextTests
{
    private const string Header = "CREATE VIEW `v` AS ";

    [Fact]
    public void Deep_parentheses_of_an_expression_are_followed()
    {
        var text = $"{Header}select {new string('(', 100_000)}`t`.`a`{new string(')', 100_000)} AS `x` from `t`";

        Assert.Equal("a", Assert.Single(Assert.Single(ViewTextReader.Read(text, "s", ["x"]).Columns).Sources).Column);
    }

    [Theory]
    [InlineData("(select ", "1", ")")]
    [InlineData("(", "select 1", ")")]
    [InlineData("select 1 from (", "`t`", ")")]
    [InlineData("select 1 from ((", "`t`", ") join `u`)")]
    [InlineData("with q as (", "select 1", ") select 1")]
    [InlineData("select 1 where exists(", "select 1", ")")]
    public void Queries_nested_too_deep_are_refused(string open, string middle, string close)
    {
        var text = Header + string.Concat(Enumerable.Repeat(open, 50_000)) + middle + string.Concat(Enumerable.Repeat(close, 50_000));

        var lineage = ViewTextReader.Read(text, "s", ["x"]);

        Assert.Empty(lineage.Tables);
        Assert.NotNull(lineage.NotUnderstood);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(300, false)]
    public void As_deep_as_a_server_allows_is_understood(int depth, bool understood)
    {
        var text = Header + string.Concat(Enumerable.Repeat("select `d`.`x` AS `x` from (", depth)) + "select `t`.`x` AS `x` from `t`" + string.Concat(Enumerable.Repeat(") `d`", depth));

        Assert.Equal(understood, ViewTextReader.Read(text, "s", ["x"]).Columns is [{ IsCopy: true }]);
    }

    [Fact]
    public void A_chain_of_common_table_expressions_is_walked_and_not_multiplied()
    {
        // Each one names the one before twice: 2^2000 paths.
        var text = new StringBuilder(Header + "with `q0` as (select `t`.`a` AS `x` from `t`)");
        for (var i = 1; i <= 2000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $", `q{i}` as (select (`l`.`x` + `r`.`x`) AS `x` from (`q{i - 1}` `l` join `q{i - 1}` `r`))");
        }
        text.Append(" select `q2000`.`x` AS `x` from `q2000`");

        Assert.Equal("a", Assert.Single(Assert.Single(ViewTextReader.Read(text.ToString(), "s", ["x"]).Columns).Sources).Column);
    }

    [Fact]
    public void A_text_that_asks_for_too_much_keeps_its_tables()
    {
        // 4,000 columns, each made of all 4,000 of the derived table.
        var names = Enumerable.Range(0, 4_000).Select(i => $"`c{i}`").ToList();
        var sum = string.Join('+', names.Select(name => $"`t`.{name}"));
        var text = $"{Header}select {string.Join(',', names.Select(name => $"(`d`.`x` + 1) AS {name}"))} from (select {sum} AS `x` from `t`) `d`";

        var lineage = ViewTextReader.Read(text, "s", names);

        Assert.Equal([new("s", "t")], lineage.Tables);
        Assert.Equal((0, "more than 1000000 steps between columns"), (lineage.Columns.Count, lineage.NotUnderstood));
    }

    [Fact]
    public void A_column_of_many_selects_that_is_named_many_times_takes_little_memory()
    {
        // 20,000 times a column that is one of 20,000: 4 * 10^8 places it may come from.
        var union = string.Join(" union all ", Enumerable.Repeat("select 1 AS `x`", 20_000));
        var text = $"{Header}select concat({string.Join(',', Enumerable.Repeat("`d`.`x`", 20_000))}) AS `x` from ({union}) `d`";

        var before = GC.GetAllocatedBytesForCurrentThread();
        var lineage = ViewTextReader.Read(text, "s", ["x"]);

        Assert.NotNull(lineage.NotUnderstood);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000);
    }

    [Fact]
    public void A_long_expression_that_makes_many_columns_is_not_copied_for_each()
    {
        var names = Enumerable.Range(0, 4_000).Select(i => $"`c{i}`").ToList();
        var text = $"{Header}select {string.Join(',', names.Select(name => $"`d`.`x` AS {name}"))} from (select concat(`t`.`a`,'{new string('x', 500_000)}') AS `x` from `t`) `d`";

        var before = GC.GetAllocatedBytesForCurrentThread();
        var lineage = ViewTextReader.Read(text, "s", names);

        Assert.Equal([new("s", "t")], lineage.Tables);
        Assert.Equal((0, "more than 4000000 characters of expressions"), (lineage.Columns.Count, lineage.NotUnderstood));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
    }

    [Fact]
    public void Cuts_and_splices_of_real_texts_never_throw()
    {
        var folder = SharedFolder.Require("oracle/mysql/public/datahub_mariadb");
        var texts = Directory.GetFiles(folder, "golden.json*", SearchOption.AllDirectories).Where(path => path.Contains("whole_server_full", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .SelectMany(GoldenView.ReadAll).Select(view => view.Text).ToArray();
        var random = new Random(4);
        string[] pieces = ["(", ")", "`", "'", "\\", "select ", " from ", ",", " union ", "with q as (", ".", " AS ", "/*", "\0", "\uD800", " lateral (", "json_table(", " on ", " join "];
        for (var round = 0; round < 20_000; round++)
        {
            var (left, right) = (texts[random.Next(texts.Length)], texts[random.Next(texts.Length)]);
            var text = left[..random.Next(left.Length + 1)] + pieces[random.Next(pieces.Length)] + right[random.Next(right.Length + 1)..];

            var lineage = ViewTextReader.Read(text, "s", ["a", "b"]);

            Assert.True(lineage.NotUnderstood is null || lineage.Columns.Count == 0, text);
        }
    }
}

using Discovery.Ingestion.Sources.MySql;

namespace Discovery.Ingestion.Tests.Sources.MySql;

public sealed class ServerFactsTests
{
    [Theory]
    [InlineData("10.11.19-MariaDB-0+deb12u1", true, "10.11.19")]
    [InlineData("5.5.5-10.4.8-MariaDB-log", true, "10.4.8")]
    [InlineData("9.7.4", false, "9.7.4")]
    [InlineData("8.0.36-google", false, "8.0.36")]
    [InlineData("5.7.mysql_aurora.2.11.3", false, "5.7.0")]
    public void A_version_text_tells_the_server_and_its_version(string text, bool isMariaDb, string version)
    {
        var features = ServerFeatures.Parse(text);

        Assert.Equal(isMariaDb, features.IsMariaDb);
        Assert.Equal(Version.Parse(version), features.Version);
    }

    [Theory]
    [InlineData("10.11.19-MariaDB", true)]
    [InlineData("10.4.8-MariaDB", false)]
    [InlineData("9.7.4", false)]
    public void Only_MariaDB_has_to_be_told_to_keep_long_lists(string version, bool told) =>
        Assert.Equal(told, ServerFeatures.Parse(version).LongListsStayLists is not null);

    [Theory]
    [InlineData("shop", "shop", true)]
    [InlineData("shop", "shop2", false)]
    [InlineData("shop\\_eu", "shop_eu", true)]
    [InlineData("shop\\_eu", "shopxeu", false)]
    [InlineData("shop_eu", "shopxeu", true)]
    [InlineData("%", "anything", true)]
    [InlineData("fleet%", "fleet_0001", true)]
    [InlineData("%_eu", "shop_eu", true)]
    [InlineData("%a%b%", "xxaxxbxx", true)]
    [InlineData("%a%b", "xxaxxbxx", false)]
    [InlineData("", "", true)]
    [InlineData("_", "", false)]
    public void A_grant_covers_the_schemas_that_its_pattern_matches(string pattern, string schema, bool covered) =>
        Assert.Equal(covered, GrantScope.Like(pattern, schema));

    [Theory]
    [InlineData("9.7.4", "contact_id_fk contactgroup_id_fk FK_z")]
    [InlineData("10.11.19-MariaDB", "FK_z contact_id_fk contactgroup_id_fk")]
    public void Foreign_keys_are_ordered_as_the_server_prints_them(string version, string ordered) =>
        Assert.Equal(ordered.Split(' '), new[] { "FK_z", "contactgroup_id_fk", "contact_id_fk" }.Order(ServerFeatures.Parse(version).ForeignKeyOrder));

    [Theory]
    [InlineData("9.7.4", "max_execution_time = CAST(")]
    [InlineData("10.11.19-MariaDB", "max_statement_time = IF(")]
    [InlineData("5.6.51", null)]
    public void A_statement_is_limited_by_the_servers_own_means(string version, string? limit) =>
        Assert.StartsWith(limit ?? "", ServerFeatures.Parse(version).StatementTimeLimit(1000) ?? "", StringComparison.Ordinal);

    [Fact]
    public void Names_are_ordered_by_their_bytes() =>
        Assert.Equal(["Z", "_", "a", "é", "엣", "😀"], new[] { "😀", "엣", "é", "a", "_", "Z" }.Order(NameOrder.Instance));
}

using Discovery.Ingestion.Sources.MySql;

namespace Discovery.Ingestion.Tests.Sources.MySql;

public sealed class ServerFactsTests
{
    [Theory]
    [InlineData("10.11.19-MariaDB-0+deb12u1", true, "10.11.19")]
    [InlineData("5.5.5-10.4.8-MariaDB-log", true, "10.4.8")]
    [InlineData("9.7.4", false, "9.7.4")]
    [InlineData("8.0.36-google", false, "8.0.36")]
    [InlineData("5.7.mysql_aurora.2.11.3", false, "5.7.12")]
    public void A_version_text_tells_the_server_and_its_version(string text, bool isMariaDb, string version)
    {
        var features = ServerFeatures.Parse(text);

        Assert.Equal(isMariaDb, features.IsMariaDb);
        Assert.Equal(Version.Parse(version), features.Version);
    }

    [Theory]
    [InlineData("5.7.44-log", false, false, RoutineBodyRight.SelectOnProc)]
    [InlineData("8.0.15", true, false, RoutineBodyRight.GlobalSelect)]
    [InlineData("8.0.19", true, true, RoutineBodyRight.GlobalSelect)]
    [InlineData("8.0.36-0ubuntu0.22.04.1", true, true, RoutineBodyRight.ShowRoutine)]
    [InlineData("8.4.3", true, true, RoutineBodyRight.ShowRoutine)]
    [InlineData("9.7.4-2", true, true, RoutineBodyRight.ShowRoutine)]
    [InlineData("5.7.12", false, false, RoutineBodyRight.SelectOnProc)]
    [InlineData("5.7.mysql_aurora.2.11.3", false, false, RoutineBodyRight.SelectOnProc)]
    [InlineData("8.0.mysql_aurora.3.05.2", true, true, RoutineBodyRight.ShowRoutine)]
    [InlineData("8.0.31-google", true, true, RoutineBodyRight.ShowRoutine)]
    [InlineData("5.7.44-google-log", false, false, RoutineBodyRight.SelectOnProc)]
    [InlineData("10.5.28-MariaDB-1:10.5.28+maria~ubu2004", true, false, RoutineBodyRight.SelectOnProc)]
    [InlineData("10.6.21-MariaDB-log", true, false, RoutineBodyRight.SelectOnProc)]
    [InlineData("10.11.19-MariaDB-0+deb12u1", true, false, RoutineBodyRight.SelectOnProc)]
    [InlineData("11.4.5-MariaDB-ubu2404", true, false, RoutineBodyRight.ShowCreateRoutine)]
    [InlineData("11.8.2-MariaDB", true, false, RoutineBodyRight.ShowCreateRoutine)]
    public void A_server_has_the_rights_of_its_version(string version, bool roles, bool partialRevokes, object routineBodies)
    {
        var features = ServerFeatures.Parse(version);

        Assert.Equal((roles, partialRevokes, routineBodies), (features.HasRoles, features.HasPartialRevokes, features.RoutineBodyRight));
        Assert.NotNull(features.StatementTimeLimit(1000));
    }

    [Theory]
    [InlineData("10.11.19-MariaDB", true)]
    [InlineData("10.4.8-MariaDB", false)]
    [InlineData("9.7.4", false)]
    public void Only_MariaDB_has_to_be_told_to_keep_long_lists(string version, bool told) =>
        Assert.Equal(told, ServerFeatures.Parse(version).LongListsStayLists is not null);

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
        Assert.Equal(["Z", "_", "a", "aa", "é", "엣", "～", "😀", "😁"], new[] { "😁", "😀", "～", "엣", "é", "aa", "a", "_", "Z" }.Order(NameOrder.Instance));
}

namespace Discovery.MySqlConnector.Tests;

public sealed class PublicMembersTests
{
    [Fact]
    public void The_list_of_public_members_is_true() => PublicMembersFile.Check(StandIn.Assembly);
}

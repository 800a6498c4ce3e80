using Discovery.Deploy.Secrets;

namespace Discovery.Deploy.Tests.Secrets;

public sealed class SecretPlanTests
{
    [Fact]
    public void The_six_keys_of_2022_are_there()
    {
        var secret = SecretPlan.Of(SampleEnvironments.Prod).Single(secret => secret.Name == "mysql-secrets");

        Assert.Equal(
            ["mysql-host", "mysql-hostForMysqlClient", "mysql-password", "mysql-root-password", "mysql-url", "mysql-username"],
            secret.Keys.Select(key => key.Key).Concat(secret.PlainKeys.Select(key => key.Key)).Order(StringComparer.Ordinal));
    }
}

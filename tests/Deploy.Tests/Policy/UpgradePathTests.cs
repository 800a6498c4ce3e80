using Discovery.Deploy.Policy;

namespace Discovery.Deploy.Tests.Policy;

public sealed class UpgradePathTests
{
    [Theory]
    [InlineData("v0.8.44", "v1.6.0")]
    [InlineData("v1.4.0", "v1.6.0")]
    [InlineData("v1.4.0.3", "v1.5.0")]
    [InlineData("v1.6.0", "v1.7.0.1")]
    [InlineData("1.6.0.2", "v1.7.0")]
    [InlineData("v1.7.0", "v1.7.0.1")]
    [InlineData("v1.7.0.1", "v1.7.0.1")]
    [InlineData("v1.7.0.1", "v1.8.0")]
    public void A_move_that_keeps_the_stop_at_v1_6_0_is_allowed(string from, string to) => Assert.Null(UpgradePath.Check(from, to));

    [Theory]
    [InlineData("v0.8.44", "v1.7.0")]
    [InlineData("v1.4.0", "v1.7.0.1")]
    [InlineData("v1.5.9.9", "v1.7.0.1")]
    public void A_move_over_v1_6_0_must_stop_there(string from, string to) => Assert.Contains("must run v1.6.0 (chart 1.0.3) once", UpgradePath.Check(from, to), StringComparison.Ordinal);

    [Theory]
    [InlineData("v1.7.0.1", "v1.7.0")]
    [InlineData("v1.7.0", "v1.6.0")]
    public void There_is_no_way_back(string from, string to) => Assert.Contains("cannot go back", UpgradePath.Check(from, to), StringComparison.Ordinal);

    [Theory]
    [InlineData("head")]
    [InlineData("")]
    [InlineData("v1")]
    [InlineData("v1.99999999999.0")]
    public void What_is_no_version_is_told(string version) => Assert.Contains("is no version of DataHub", UpgradePath.Check(version, "v1.7.0"), StringComparison.Ordinal);

    [Fact]
    public void A_fresh_installation_is_free() => Assert.Null(UpgradePath.Refusal(existingValuesYaml: null, UpgradePath.Rendered));

    [Fact]
    public void The_version_is_read_from_the_values_that_are_there()
    {
        Assert.Null(UpgradePath.Refusal("global:\n  datahub:\n    version: v1.6.0\n", UpgradePath.Rendered));
        Assert.Contains("v1.4.0 must run v1.6.0", UpgradePath.Refusal("global:\n  datahub:\n    version: v1.4.0\n", UpgradePath.Rendered), StringComparison.Ordinal);
        Assert.Contains("v0.8.43 must run v1.6.0", UpgradePath.Refusal("datahub-gms:\n  image:\n    tag: v0.8.43\n", UpgradePath.Rendered), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("global: {}")]
    [InlineData("a: [")]
    public void Values_without_a_version_are_refused_since_nobody_can_tell(string values) => Assert.Contains("names no version", UpgradePath.Refusal(values, UpgradePath.Rendered), StringComparison.Ordinal);

    [Fact]
    public void The_version_that_is_rendered_is_the_one_that_moves_are_checked_against()
    {
        var values = Renderer.Render([SampleEnvironments.Prod]).Single(file => file.Path == "prod/datahub/values.yaml");

        Assert.Null(UpgradePath.Refusal(values.Text, UpgradePath.Rendered));
        Assert.Contains("cannot go back", UpgradePath.Refusal(values.Text, "v1.7.0.0"), StringComparison.Ordinal);
    }
}

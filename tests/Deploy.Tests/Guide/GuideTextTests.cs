using Discovery.Deploy.Guide;

namespace Discovery.Deploy.Tests.Guide;

public sealed class GuideTextTests
{
    [Fact]
    public void Without_a_schedule_nothing_is_to_be_started()
    {
        var guide = GuideText.Of([SampleEnvironments.Dev with { Recipes = [] }]);

        Assert.Contains("**Nothing runs yet**", guide, StringComparison.Ordinal);
        Assert.DoesNotContain("**Airflow**", guide, StringComparison.Ordinal);
    }
}

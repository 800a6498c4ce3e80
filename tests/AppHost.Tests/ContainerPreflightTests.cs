using Discovery.AppHost.Preflight;

namespace Discovery.AppHost.Tests;

/// <summary>What is said of a Docker that does not do.</summary>
public sealed class ContainerPreflightTests
{
    private const long Gibibyte = 1L << 30;

    private static DockerFacts Good => new(new Version(28, 2, 2), new Version(28, 2, 2), 8 * Gibibyte, HasBuildx: true);

    [Fact]
    public void A_Docker_that_does_is_not_spoken_of()
    {
        Assert.Null(ContainerPreflight.Obstacle(Good, Stack.DataHub));
        Assert.Null(ContainerPreflight.Warning(Good, Stack.DataHub));
    }

    [Fact]
    public void Each_obstacle_says_what_to_do()
    {
        Assert.StartsWith("There is no docker on the PATH.", Of(Good with { Client = null }), StringComparison.Ordinal);
        Assert.Contains("command line is 20.10.24, and .NET Aspire needs 25.0", Of(Good with { Client = new Version(20, 10, 24) }), StringComparison.Ordinal);
        Assert.Contains("engine does not answer", Of(Good with { Engine = null }), StringComparison.Ordinal);
        Assert.Contains("buildx is missing", Of(Good with { HasBuildx = false }), StringComparison.Ordinal);
        Assert.Contains("has 3.5 GiB of memory", Of(Good with { Memory = 7 * Gibibyte / 2 }), StringComparison.Ordinal);

        static string? Of(DockerFacts facts) => ContainerPreflight.Obstacle(facts, Stack.DataHub);
    }

    [Fact]
    public void The_embedded_stack_needs_little() =>
        Assert.Null(ContainerPreflight.Obstacle(Good with { HasBuildx = false, Memory = Gibibyte }, Stack.Embedded));

    [Fact]
    public void Little_memory_is_warned_of() => Assert.Contains("exit code 137", ContainerPreflight.Warning(Good with { Memory = 6 * Gibibyte }, Stack.DataHub), StringComparison.Ordinal);

    [Theory]
    [InlineData("28.2.2", "28.2.2")]
    [InlineData("20.10.24+dfsg1", "20.10.24")]
    [InlineData("29.0.0-rc.1", "29.0.0")]
    [InlineData("", null)]
    public void Versions_are_read_as_distributions_write_them(string text, string? expected) => Assert.Equal(expected, DockerFacts.ReadVersion(text)?.ToString());
}

using Microsoft.Extensions.Configuration;

namespace Discovery.AppHost.Tests;

/// <summary>Where settings come from.</summary>
public sealed class HostSettingsTests
{
    [Fact]
    public void Variables_of_other_programs_are_none_of_its_settings()
    {
        var settings = Read([], ("AUTH", "off"), ("DATA", "/srv"), ("REGISTRY", "ghcr.io/other"), ("STACK", "heroku-24"));
        Assert.Equal((Stack.DataHub, true, true, null), (settings.Stack, settings.HasAuthentication, settings.KeepsData, settings.Registry));
    }

    [Fact]
    public void The_command_line_comes_before_the_section_Discovery()
    {
        (string, string)[] section = [("Discovery:Stack", "embedded"), ("Discovery:Data", "fresh")];
        Assert.Equal((Stack.Embedded, false), (Read([], section).Stack, Read([], section).KeepsData));
        Assert.Equal(Stack.DataHub, Read(["--stack", "datahub"], section).Stack);
    }

    [Theory]
    [InlineData("ghcr.io")]
    [InlineData("ghcr.io/")]
    public void A_registry_without_a_path_is_refused(string registry) =>
        Assert.Equal($"--registry {registry} is not a registry with a path, such as ghcr.io/example.", Assert.Throws<HostException>(() => Read(["--registry", registry])).ToString());

    private static HostSettings Read(string[] arguments, params (string Key, string Value)[] configuration) =>
        HostSettings.Read(arguments, new ConfigurationBuilder().AddInMemoryCollection(configuration.Select(entry => KeyValuePair.Create(entry.Key, (string?)entry.Value))).Build());
}

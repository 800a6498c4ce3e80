using Discovery.Deploy.Output;
using Discovery.Deploy.Policy;

namespace Discovery.Deploy.Tests.Policy;

/// <summary>Manifests that no rule objects to, and what happens when one place changes.</summary>
internal static class GoodManifests
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(SharedFolder.Root, "tests/Deploy.Tests/Policy/good.yaml"));

    /// <summary>The text with one place changed, which must be there.</summary>
    public static string With(string place, string replacement)
    {
        var index = Text.IndexOf(place, StringComparison.Ordinal);
        Assert.True(index >= 0, $"good.yaml has no '{place}'");
        return string.Concat(Text.AsSpan(0, index), replacement, Text.AsSpan(index + place.Length));
    }

    public static PolicyResult Check(string yaml) => PolicyCheck.Run([new OutputFile("shop.yaml", yaml)]);
}

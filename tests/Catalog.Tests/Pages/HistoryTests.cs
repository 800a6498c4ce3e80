using System.Text.Json;
using Discovery.Catalog.Pages.Views;

namespace Discovery.Catalog.Tests.Pages;

public sealed class HistoryTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""", "a: 1 > 2")]
    [InlineData("""{"a":"x"}""", """{"b":"y"}""", "a: x > , b:  > y")]
    [InlineData("""{"fields":[{"fieldPath":"id","nullable":true},{"fieldPath":"n"}]}""", """{"fields":[{"fieldPath":"n"},{"fieldPath":"id","nullable":false}]}""", "fields / id / nullable: true > false")]
    [InlineData("""{"tags":[{"tag":"urn:li:tag:a"}]}""", """{"tags":[]}""", """tags / urn:li:tag:a: {"tag":"urn:li:tag:a"} > """)]
    [InlineData("""{"path":["a","b"]}""", """{"path":["b","a"]}""", "path: another order > this order")]
    [InlineData("""{"a":[1,2]}""", """{"a":[1,3]}""", "a / #1: 2 > 3")]
    [InlineData("""{"a":1}""", """{"a":1}""", "")]
    public void Differences_are_told_by_member(string before, string after, string expected) =>
        Assert.Equal(expected, string.Join(", ", Between(before, after).Select(change => $"{change.Path}: {change.Before} > {change.After}")));

    [Fact]
    public void There_are_never_more_differences_than_asked_for() =>
        Assert.Equal(3, Between("{}", $"{{{string.Join(',', Enumerable.Range(0, 50).Select(i => $"\"m{i}\":1"))}}}", 3).Count);

    [Fact]
    public void Versions_tell_who_when_and_what()
    {
        var versions = AspectVersion.Read(
        [
            Stored.Aspect("datasetProperties", """{"description":"old"}""", 1_600_000_000_000, "first"),
            Stored.Aspect("datasetProperties", """{"description":"new"}""", 1_700_000_000_000, "second"),
        ]);
        Assert.Equal([(1, false, true, "first"), (2, true, false, "second")], versions.Select(version => (version.Number, version.IsCurrent, version.IsOldest, version.RunId)));
        Assert.Equal([new AspectDifference("description", "old", "new")], versions[1].Differences);
        Assert.Empty(versions[0].Differences);
    }

    [Fact]
    public void A_version_that_is_no_json_is_told_as_such_and_not_thrown_over() =>
        Assert.Equal(2, AspectVersion.Read([Stored.Aspect("a", "{broken"), Stored.Aspect("a", "{}")]).Count);

    private static IReadOnlyList<AspectDifference> Between(string before, string after, int most = 20)
    {
        using var left = JsonDocument.Parse(before);
        using var right = JsonDocument.Parse(after);
        return AspectDifference.Between(left.RootElement.Clone(), right.RootElement.Clone(), most);
    }
}

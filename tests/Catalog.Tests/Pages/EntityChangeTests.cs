using Discovery.Catalog.Pages;
using Discovery.Catalog.Store;

namespace Discovery.Catalog.Tests.Pages;

public sealed class EntityChangeTests
{
    private const string Table = "urn:li:dataset:(urn:li:dataPlatform:mysql,shop.orders,PROD)";
    private const long Since = 1_700_000_000_000;

    private static readonly StoredAspect Key = Stored.Aspect("datasetKey", "{}", Since - 2000);

    [Fact]
    public void All_that_changed_in_the_time_is_compared_with_what_was_before_it()
    {
        StoredAspect[] versions =
        [
            Stored.Aspect("datasetProperties", """{"description":"old"}""", Since - 2000),
            Stored.Aspect("datasetProperties", """{"description":"between"}""", Since + 1000),
            Stored.Aspect("datasetProperties", """{"description":"new"}""", Since + 2000),
        ];
        var change = EntityChange.Read(Table, [Key, versions[2], Stored.Aspect("subTypes", "{}", Since - 2000)], (_, _) => versions, Since);
        Assert.Equal(Since + 2000, change.Time!.Value.ToUnixTimeMilliseconds());
        Assert.False(change.IsNew);
        Assert.Equal(["datasetProperties / description: old > new"], change.Differences.Select(difference => $"{difference.Path}: {difference.Before} > {difference.After}"));
    }

    [Fact]
    public void An_aspect_that_was_not_there_is_told_by_its_name()
    {
        var tags = Stored.Aspect("globalTags", "{}", Since);
        Assert.Equal(["globalTags"], EntityChange.Read(Table, [Key, tags], (_, _) => [tags], Since).Differences.Select(difference => difference.Path));
    }

    [Fact]
    public void An_entity_that_was_not_there_is_new_and_not_compared() =>
        Assert.True(EntityChange.Read(Table, [Stored.Aspect("datasetKey", "{}", Since)], (_, _) => throw new InvalidOperationException(), Since) is { IsNew: true, Differences: [] });
}

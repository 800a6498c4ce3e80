using Discovery.Catalog.Writes;
using static Discovery.Catalog.Tests.Writes.Aspects;

namespace Discovery.Catalog.Tests.Writes;

public sealed class ReferenceTests
{
    [Theory]
    [InlineData("globalTags", """{"tags":[{"tag":"GONE"},{"tag":"urn:li:tag:b"},{"tag":"GONE","context":"c"}]}""", """{"tags":[{"tag":"urn:li:tag:b"}]}""")]
    [InlineData("ownership", """{"owners":[{"owner":"GONE","type":"NONE"},{"owner":"urn:li:corpuser:b","type":"NONE"}]}""", """{"owners":[{"owner":"urn:li:corpuser:b","type":"NONE"}]}""")]
    [InlineData("ownership", """{"owners":[{"owner":"urn:li:corpuser:b","type":"NONE","typeUrn":"GONE"}]}""", """{"owners":[{"owner":"urn:li:corpuser:b","type":"NONE"}]}""")]
    [InlineData("domains", """{"domains":["urn:li:domain:a","GONE"],"domainAssociations":[{"domain":"urn:li:domain:a"},{"domain":"GONE"}]}""", """{"domains":["urn:li:domain:a"],"domainAssociations":[{"domain":"urn:li:domain:a"}]}""")]
    [InlineData("glossaryNodeInfo", """{"definition":"d","parentNode":"GONE"}""", """{"definition":"d"}""")]
    [InlineData("chartInfo", """{"title":"t","description":"d","lastModified":{},"inputs":[{"string":"GONE"},{"string":"urn:li:dataset:b"}]}""", """{"title":"t","description":"d","lastModified":{},"inputs":[{"string":"urn:li:dataset:b"}]}""")]
    [InlineData("editableSchemaMetadata", """{"editableSchemaFieldInfo":[{"fieldPath":"a","globalTags":{"tags":[{"tag":"GONE"}]}}]}""", """{"editableSchemaFieldInfo":[{"fieldPath":"a","globalTags":{"tags":[]}}]}""")]
    public void The_item_or_the_optional_member_that_holds_the_urn_goes(string aspect, string value, string expected)
    {
        var removed = AspectReferences.Remove(Type(aspect), Utf8(value), "GONE");
        Assert.Equal(expected, Text(Assert.NotNull(removed)));
    }

    [Fact]
    public void An_aspect_that_is_nothing_without_the_urn_goes_whole() =>
        Assert.True(Assert.NotNull(AspectReferences.Remove(Type("container"), Utf8("""{"container":"GONE"}"""), "GONE")).IsEmpty);

    [Theory]
    [InlineData("globalTags", """{"tags":[{"tag":"urn:li:tag:b"}]}""")]
    [InlineData("datasetProperties", """{"name":"GONE"}""")]
    public void An_aspect_that_does_not_refer_to_the_urn_stays(string aspect, string value) =>
        Assert.Null(AspectReferences.Remove(Type(aspect), Utf8(value), "GONE"));
}

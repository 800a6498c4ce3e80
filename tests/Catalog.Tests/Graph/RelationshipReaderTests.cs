using System.Text;
using Discovery.Catalog.Graph;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Tests.Graph;

public sealed class RelationshipReaderTests
{
    private const string Orders = "urn:li:dataset:(urn:li:dataPlatform:mysql,shop.orders,PROD)";
    private const string Daily = "urn:li:dataset:(urn:li:dataPlatform:mysql,shop.daily,PROD)";

    [Fact]
    public void An_aspect_without_annotations_relates_nothing() => Assert.Empty(Read(Orders, "datasetProperties", """{"name":"urn:li:tag:x"}"""));

    [Fact]
    public void A_column_of_the_downstream_is_related_to_each_column_of_the_upstream()
    {
        var found = Read(Daily, "upstreamLineage", $$"""
            {"upstreams":[{"auditStamp":{"time":1,"actor":"urn:li:corpuser:x"},"dataset":"{{Orders}}","type":"VIEW"}],
             "fineGrainedLineages":[{"upstreamType":"FIELD_SET","upstreams":["urn:li:schemaField:({{Orders}},a)","urn:li:schemaField:({{Orders}},b)"],
               "downstreamType":"FIELD","downstreams":["urn:li:schemaField:({{Daily}},sum)"],"confidenceScore":1.0}]}
            """);
        Assert.Equal(
            [
                new Relationship(Daily, "DownstreamOf", Orders, "upstreamLineage", Daily),
                new Relationship($"urn:li:schemaField:({Daily},sum)", "DownstreamOf", $"urn:li:schemaField:({Orders},a)", "upstreamLineage", Daily),
                new Relationship($"urn:li:schemaField:({Daily},sum)", "DownstreamOf", $"urn:li:schemaField:({Orders},b)", "upstreamLineage", Daily),
            ],
            found);
    }

    [Fact]
    public void An_edge_that_stands_twice_is_told_once() => Assert.Single(
        Read(Orders, "globalTags", """{"tags":[{"tag":"urn:li:tag:pii"},{"tag":"urn:li:tag:pii","context":"{}"}]}"""));

    [Fact]
    public void A_member_of_a_union_is_a_part_of_the_path() => Assert.Equal(
        Orders, Assert.Single(Read("urn:li:chart:(looker,1)", "chartInfo", $$"""{"title":"t","inputs":[{"string":"{{Orders}}"}]}""")).Destination);

    [Theory]
    [InlineData("""{"container":5}""")]
    [InlineData("""{"container":{"container":"urn:li:container:x"}}""")]
    [InlineData("""{"container":null}""")]
    [InlineData("""["urn:li:container:x"]""")]
    [InlineData("""{"container":"no urn"}""")]
    public void A_value_that_is_no_urn_relates_nothing(string value) => Assert.Empty(Read(Orders, "container", value));

    [Fact]
    public void Too_many_pairs_of_columns_are_refused()
    {
        var columns = string.Join(',', Enumerable.Range(0, 400).Select(i => $"\"urn:li:schemaField:({Orders},c{i})\""));
        var fault = Assert.Throws<CatalogException>(() =>
            Read(Daily, "upstreamLineage", $$"""{"upstreams":[],"fineGrainedLineages":[{"upstreams":[{{columns}}],"downstreams":[{{columns}}]}]}"""));
        Assert.Equal(CatalogFault.Validation, fault.Fault);
    }

    private static IReadOnlyList<Relationship> Read(string urn, string aspect, string value) =>
        RelationshipReader.Read(urn, AspectRegistry.Instance.Aspects[aspect], Encoding.UTF8.GetBytes(value));
}

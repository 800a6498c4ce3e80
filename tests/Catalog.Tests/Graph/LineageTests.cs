using Discovery.Catalog.Graph;

namespace Discovery.Catalog.Tests.Graph;

public sealed class LineageTests
{
    private readonly List<Relationship> _edges = [];
    private readonly HashSet<string> _removed = [];

    [Fact]
    public void Each_entity_is_told_once_with_its_shortest_distance()
    {
        Upstream("a", "b");
        Upstream("b", "c");
        Upstream("a", "c");
        Upstream("c", "a");
        Assert.Equal([("b", 1), ("c", 1)], Walk("a", downstream: false));
        Assert.Equal([("c", 1), ("b", 2)], Walk("a", downstream: true));
    }

    [Fact]
    public void The_number_of_steps_is_limited()
    {
        Upstream("a", "b");
        Upstream("b", "c");
        Assert.Equal([("b", 1)], Walk("a", downstream: false, maxHops: 1));
        Assert.Empty(Walk("a", downstream: false, maxHops: 0));
    }

    [Fact]
    public void A_job_stands_between_what_it_consumes_and_what_it_produces()
    {
        const string Job = "urn:li:dataJob:(urn:li:dataFlow:(airflow,f,PROD),j)";
        _edges.Add(new Relationship(Job, "Consumes", Dataset("in"), "dataJobInputOutput", Job));
        _edges.Add(new Relationship(Job, "Produces", Dataset("out"), "dataJobInputOutput", Job));
        _edges.Add(new Relationship(Job, "Produces", $"urn:li:schemaField:({Dataset("out")},c)", "dataJobInputOutput", Job));
        var path = Lineage.Walk(Source, Dataset("in"), downstream: true, 10)[1].Path;
        Assert.Equal([Dataset("in"), Job, Dataset("out")], path);
        Assert.Equal([Dataset("in")], Lineage.Walk(Source, Job, downstream: false, 10).Select(node => node.Urn));
    }

    [Fact]
    public void Columns_lead_to_columns()
    {
        var (to, from) = ($"urn:li:schemaField:({Dataset("a")},x)", $"urn:li:schemaField:({Dataset("b")},y)");
        Upstream("a", "b");
        _edges.Add(new Relationship(to, "DownstreamOf", from, "upstreamLineage", Dataset("a")));
        Assert.Equal([from], Lineage.Walk(Source, to, downstream: false, 10).Select(node => node.Urn));
        Assert.Equal([to], Lineage.Walk(Source, from, downstream: true, 10).Select(node => node.Urn));
    }

    [Fact]
    public void A_soft_deleted_entity_is_left_out_and_what_lies_behind_it_is_not()
    {
        Upstream("a", "b");
        Upstream("b", "c");
        _removed.Add(Dataset("b"));
        Assert.Equal([("c", 2)], Walk("a", downstream: false));
    }

    [Fact]
    public void Other_relationships_are_no_lineage()
    {
        _edges.Add(new Relationship(Dataset("a"), "IsPartOf", "urn:li:container:x", "container", Dataset("a")));
        Assert.Empty(Walk("a", downstream: false));
    }

    [Fact]
    public void A_walk_ends_at_its_limit()
    {
        for (var i = 0; i < Lineage.MaxEntities + 10; i++)
        {
            Upstream("a", $"b{i}");
        }
        Assert.Equal(Lineage.MaxEntities, Walk("a", downstream: false).Count());
    }

    private LineageSource Source => new(
        urn => [.. _edges.Where(edge => edge.Source == urn)], urn => [.. _edges.Where(edge => edge.Destination == urn)], _removed.Contains);

    private IEnumerable<(string Name, int Degree)> Walk(string name, bool downstream, int maxHops = 10) =>
        Lineage.Walk(Source, Dataset(name), downstream, maxHops).Select(node => (node.Urn.Split(',')[1], node.Degree));

    private void Upstream(string downstream, string upstream) =>
        _edges.Add(new Relationship(Dataset(downstream), "DownstreamOf", Dataset(upstream), "upstreamLineage", Dataset(downstream)));

    private static string Dataset(string name) => $"urn:li:dataset:(urn:li:dataPlatform:mysql,{name},PROD)";
}

using Discovery.Catalog.Model;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Tests.Model;

public sealed class AnnotationsTests
{
    private static readonly Annotations Model = Annotations.Instance;

    [Fact]
    public void They_are_of_the_same_model_as_the_aspects()
    {
        Assert.Equal(AspectRegistry.Instance.Version, Model.Version);
        Assert.Equal(AspectRegistry.Instance.Entities.Keys.Order(), Model.Entities.Keys.Order());
        Assert.All(Model.SearchFields.Keys.Concat(Model.Relationships.Keys), aspect => Assert.Contains(aspect, AspectRegistry.Instance.Aspects.Keys));
    }

    [Fact]
    public void Key_fields_stand_in_the_order_of_the_urn() =>
        Assert.Equal(["platform", "name", "origin"], Model.Entities["dataset"].KeyFields);

    [Fact]
    public void Lineage_has_a_direction()
    {
        var edges = Model.Relationships["dataJobInputOutput"].ToDictionary(edge => edge.Path);
        Assert.True(edges["/inputDatasets/*"] is { Name: "Consumes", IsLineage: true, IsUpstream: true });
        Assert.True(edges["/outputDatasets/*"] is { Name: "Produces", IsLineage: true, IsUpstream: false });
        Assert.False(edges["/outputDatasetFields/*"].IsLineage);
    }

    [Fact]
    public void Names_count_more_than_descriptions()
    {
        var fields = Model.SearchFields["datasetProperties"].ToDictionary(field => field.Field);
        Assert.True(fields["name"] is { Boost: 10, QueryByDefault: true, Completes: true, Aliases: ["_entityName"] });
        Assert.True(fields["description"] is { Boost: 1, HasField: "hasDescription" });
        Assert.True(fields["customProperties"].IsMap);
        Assert.Equal(0.5f, Model.SearchFields["deprecation"].Single(field => field.Field == "deprecated").Weights["true"]);
    }
}

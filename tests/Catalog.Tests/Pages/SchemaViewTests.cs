using Discovery.Catalog.Pages.Views;

namespace Discovery.Catalog.Tests.Pages;

public sealed class SchemaViewTests
{
    [Fact]
    public void A_dataset_without_a_schema_has_none() => Assert.Null(SchemaView.Read(Stored.Set()));

    [Theory]
    [InlineData("[version=2.0].[type=struct].[type=array].address.[type=string].zip", "address.zip", false)]
    [InlineData("[version=2.0].[key=True].[type=int].id", "id", true)]
    [InlineData("[version=2.0].[type=weird.name].a", "a", false)]
    [InlineData("a.b", "a.b", false)]
    [InlineData("[version=2.0]", "[version=2.0]", false)]
    [InlineData("[version=", "[version=", false)]
    [InlineData("", "", false)]
    public void Paths_of_both_versions_are_read(string path, string names, bool isKey)
    {
        var parsed = FieldPath.Parse(path);
        Assert.Equal(names, parsed.ToString());
        Assert.Equal(isKey, parsed.IsKey);
    }

    [Fact]
    public void Fields_stand_below_the_field_that_they_are_part_of()
    {
        var schema = SchemaView.Read(Stored.Schema(
            "[version=2.0].[type=struct].address", "id", "[version=2.0].[type=struct].address.[type=struct].geo", "[version=2.0].[type=struct].address.[type=struct].geo.[type=double].lat"))!;
        Assert.Equal(["address:0", "geo:1", "lat:2", "id:0"], schema.Fields.Select(field => $"{field.Name}:{field.Depth}"));
    }

    [Fact]
    public void A_dot_in_a_column_name_makes_no_tree_where_there_is_no_parent()
    {
        var schema = SchemaView.Read(Stored.Schema("net.amount", "address", "address.zip.code"))!;
        Assert.Equal(["net.amount:0", "address:0", "zip.code:1"], schema.Fields.Select(field => $"{field.Name}:{field.Depth}"));
    }

    [Fact]
    public void Edits_in_the_catalog_stand_beside_what_the_source_says()
    {
        var field = SchemaView.Read(Stored.Set(
            ("schemaMetadata", """
                {"primaryKeys":["id"],"fields":[{"fieldPath":"id","nullable":true,"description":"from the source","nativeDataType":"INT",
                "type":{"type":{"com.linkedin.schema.NumberType":{}}},"globalTags":{"tags":[{"tag":"urn:li:tag:a"}]}}]}
                """),
            ("editableSchemaMetadata", """
                {"editableSchemaFieldInfo":[{"fieldPath":"id","description":"**by hand**","globalTags":{"tags":[{"tag":"urn:li:tag:a"},{"tag":"urn:li:tag:b"}]},
                "glossaryTerms":{"terms":[{"urn":"urn:li:glossaryTerm:t"}]}}]}
                """)))!.Fields.Single();
        Assert.Equal(("from the source", "**by hand**", "number", "INT", true, true), (field.Comment, field.Documentation, field.Type, field.NativeType, field.Nullable, field.IsKey));
        Assert.Equal(["urn:li:tag:a", "urn:li:tag:b"], field.Tags);
        Assert.Equal(["urn:li:glossaryTerm:t"], field.Terms);
    }

    [Fact]
    public void Foreign_keys_are_told_by_column_names()
    {
        var key = SchemaView.Read(Stored.Set(("schemaMetadata", """
            {"fields":[],"foreignKeys":[{"name":"fk","foreignDataset":"urn:li:dataset:(urn:li:dataPlatform:mysql,a.b,PROD)",
            "foreignFields":["urn:li:schemaField:(urn:li:dataset:(urn:li:dataPlatform:mysql,a.b,PROD),x%2Cy)"],
            "sourceFields":["urn:li:schemaField:(urn:li:dataset:(urn:li:dataPlatform:mysql,a.c,PROD),b_id)"]}]}
            """)))!.ForeignKeys.Single();
        Assert.Equal(["b_id"], key.Columns);
        Assert.Equal(["x,y"], key.ForeignColumns);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"fields":5,"foreignKeys":{}}""")]
    [InlineData("""{"fields":[1,null,{"fieldPath":7,"type":{"type":[]}}],"foreignKeys":[3,{"sourceFields":"x"}],"primaryKeys":"id"}""")]
    [InlineData("{not json")]
    public void A_schema_of_another_shape_is_read_as_far_as_it_goes(string json) =>
        Assert.True(SchemaView.Read(Stored.Set(("schemaMetadata", json))) is null or { Fields.Count: >= 0 });

    [Fact]
    public void A_name_of_many_dots_costs_no_more_than_others()
    {
        var dots = new string('.', 100_000);
        Assert.Equal(2, SchemaView.Read(Stored.Schema(dots, "a"))!.Fields.Count);
    }
}

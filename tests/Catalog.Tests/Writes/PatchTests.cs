using static Discovery.Catalog.Tests.Writes.Aspects;

namespace Discovery.Catalog.Tests.Writes;

public sealed class PatchTests
{
    private const string Ab = """{"tags":[{"tag":"urn:li:tag:a"},{"tag":"urn:li:tag:b"}]}""";

    [Fact]
    public void An_item_is_added_at_the_end_and_found_by_its_key()
    {
        var patch = """[{"op":"add","path":"/tags/urn:li:tag:a~1b","value":{"tag":"urn:li:tag:a/b"}},{"op":"add","path":"/tags/urn:li:tag:c","value":{"tag":"urn:li:tag:c"}}]""";
        var patched = Patch("globalTags", "", patch);
        Assert.Equal("""{"tags":[{"tag":"urn:li:tag:a/b"},{"tag":"urn:li:tag:c"}]}""", patched);
        Assert.Equal(patched, Patch("globalTags", patched, patch));
        Assert.Equal("""{"tags":[{"tag":"urn:li:tag:c"}]}""", Patch("globalTags", patched, """[{"op":"remove","path":"/tags/urn:li:tag:a~1b","value":{}}]"""));
    }

    [Theory]
    [InlineData("/tags/urn:li:tag:none")]
    [InlineData("/tags/urn:li:tag:none/deeper")]
    [InlineData("/nothing/at/all")]
    [InlineData("/tags/urn:li:tag:a/tag/x")]
    public void Removing_what_is_not_there_changes_nothing(string path) =>
        Assert.Equal(Ab, Patch("globalTags", Ab, $$"""[{"op":"remove","path":"{{path}}"}]"""));

    [Fact]
    public void Removing_an_array_that_must_be_there_leaves_it_empty()
    {
        Assert.Equal("""{"tags":[]}""", Patch("globalTags", Ab, """[{"op":"remove","path":"/tags"}]"""));
        Assert.Equal("""{"tags":[]}""", Patch("globalTags", Ab, """[{"op":"remove","path":""}]"""));
    }

    [Fact]
    public void Missing_key_members_are_empty_parts_of_the_path()
    {
        const string Add = """{"arrayPrimaryKeys":{"tags":["attribution␟source","tag"]},"patch":[{"op":"add","path":"/tags//urn:li:tag:c","value":{"tag":"urn:li:tag:c"}}]}""";
        Assert.Equal(Ab.Replace("]}", ""","x"]}""", StringComparison.Ordinal).Replace("\"x\"", """{"tag":"urn:li:tag:c"}""", StringComparison.Ordinal), Patch("globalTags", Ab, Add));
        Assert.Equal(Patch("globalTags", Ab, Add), Patch("globalTags", Patch("globalTags", Ab, Add), Add));
    }

    [Fact]
    public void A_key_may_be_a_member_of_a_member()
    {
        const string Attributed = """{"tags":[{"tag":"urn:li:tag:a"},{"tag":"urn:li:tag:a","attribution":{"time":1,"actor":"urn:li:corpuser:x","source":"urn:li:dataHubAction:s"}}]}""";
        const string Remove = """{"arrayPrimaryKeys":{"tags":["tag","attribution␟source"]},"patch":[{"op":"remove","path":"/tags/urn:li:tag:a/PART","value":{}}]}""";
        Assert.Equal("""{"tags":[{"tag":"urn:li:tag:a"}]}""", Patch("globalTags", Attributed, Remove.Replace("PART", "urn:li:dataHubAction:s", StringComparison.Ordinal)));
        Assert.DoesNotContain("""[{"tag":"urn:li:tag:a"}""", Patch("globalTags", Attributed, Remove.Replace("PART", "", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal("""{"tags":[]}""", Patch("globalTags", Attributed, Remove.Replace("/PART", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_key_that_only_the_path_has_is_put_into_the_item()
    {
        AssertEqual(
            """{"owners":[{"owner":"urn:li:corpuser:a","type":"DATAOWNER"}],"lastModified":{"time":0,"actor":"urn:li:corpuser:unknown"}}""",
            Patch("ownership", "", """[{"op":"add","path":"/owners/urn:li:corpuser:a/DATAOWNER","value":{}}]"""));
        AssertEqual(
            """{"editableSchemaFieldInfo":[{"fieldPath":"id","globalTags":{"tags":[{"tag":"urn:li:tag:x"}]}}]}""",
            Patch("editableSchemaMetadata", "", """[{"op":"add","path":"/editableSchemaFieldInfo/id/globalTags/tags/urn:li:tag:x","value":{"tag":"urn:li:tag:x"}}]"""));
    }

    [Fact]
    public void An_owner_is_told_apart_by_owner_and_type()
    {
        const string Owners = """{"owners":[{"owner":"urn:li:corpuser:a","type":"DATAOWNER"},{"owner":"urn:li:corpuser:a","type":"DEVELOPER"},{"owner":"urn:li:corpuser:b","type":"DATAOWNER"}]}""";
        Assert.Equal(
            """{"owners":[{"owner":"urn:li:corpuser:a","type":"DEVELOPER"},{"owner":"urn:li:corpuser:b","type":"DATAOWNER"}]}""",
            Patch("ownership", Owners, """[{"op":"remove","path":"/owners/urn:li:corpuser:a/DATAOWNER"}]"""));
        Assert.Equal("""{"owners":[{"owner":"urn:li:corpuser:b","type":"DATAOWNER"}]}""", Patch("ownership", Owners, """[{"op":"remove","path":"/owners/urn:li:corpuser:a"}]"""));
    }

    [Fact]
    public void Tags_of_a_field_need_no_more_than_their_path()
    {
        const string Fields = """{"editableSchemaFieldInfo":[{"fieldPath":"a.b","description":"kept"}]}""";
        AssertEqual(
            """{"editableSchemaFieldInfo":[{"fieldPath":"a.b","description":"kept","glossaryTerms":{"terms":[{"urn":"urn:li:glossaryTerm:t"}],"auditStamp":{"time":0,"actor":"urn:li:corpuser:unknown"}}}]}""",
            Patch("editableSchemaMetadata", Fields, """[{"op":"add","path":"/editableSchemaFieldInfo/a.b/glossaryTerms/terms/urn:li:glossaryTerm:t","value":{"urn":"urn:li:glossaryTerm:t"}}]"""));
    }

    [Fact]
    public void Maps_and_plain_members_are_set_and_removed()
    {
        const string Properties = """{"customProperties":{"keep":"1","drop":"2"},"description":"old","tags":["x"]}""";
        Assert.Equal(
            """{"customProperties":{"keep":"1","new/key":"v"},"description":"new","tags":["x","y"]}""",
            Patch("datasetProperties", Properties, """
                [{"op":"remove","path":"/customProperties/drop","value":{}},{"op":"add","path":"/customProperties/new~1key","value":"v"},
                 {"op":"replace","path":"/description","value":"new"},{"op":"add","path":"/tags/y","value":"y"},{"op":"add","path":"/tags/x","value":"x"}]
                """));
        Assert.Equal("""{"customProperties":{},"description":"d"}""", Patch("datasetProperties", "", """[{"op":"add","path":"/customProperties","value":{}},{"op":"add","path":"/description","value":"d"}]"""));
    }

    [Fact]
    public void A_whole_array_may_be_set_and_then_added_to() => Assert.Equal(
        """{"tags":[{"tag":"urn:li:tag:x"},{"tag":"urn:li:tag:y"}]}""",
        Patch("globalTags", Ab, """[{"op":"replace","path":"/tags","value":[{"tag":"urn:li:tag:x"}]},{"op":"add","path":"/tags/urn:li:tag:y","value":{"tag":"urn:li:tag:y"}}]"""));

    [Fact]
    public void An_array_without_keys_is_addressed_by_place() => AssertEqual(
        """{"typeNames":["z","b","c"]}""",
        Patch("subTypes", """{"typeNames":["a","b"]}""", """
            [{"op":"replace","path":"/typeNames/0","value":"z"},{"op":"add","path":"/typeNames/-","value":"c"},{"op":"add","path":"/typeNames/1","value":"x"},
             {"op":"remove","path":"/typeNames/1"},{"op":"remove","path":"/typeNames/9"}]
            """));

    [Fact]
    public void Keys_of_the_client_serve_an_aspect_of_which_none_are_known()
    {
        const string Element = """{"url":"https://b","description":"b","createStamp":{"time":2,"actor":"urn:li:corpuser:a"}}""";
        const string Add = $$"""{"arrayPrimaryKeys":{"elements":["url"]},"forceGenericPatch":true,"patch":[{"op":"add","path":"/elements/https:~1~1b","value":{{Element}}}]}""";
        Assert.Equal($$"""{"elements":[{{Element}}]}""", Patch("institutionalMemory", "", Add));
        Assert.Equal($$"""{"elements":[{{Element}}]}""", Patch("institutionalMemory", $$"""{"elements":[{{Element}}]}""", Add));
    }

    [Fact]
    public void Forced_to_be_generic_a_patch_knows_only_the_keys_that_it_brings() =>
        Assert.Throws<CatalogException>(() => Patch("globalTags", Ab, """{"forceGenericPatch":true,"patch":[{"op":"add","path":"/tags/urn:li:tag:c","value":{"tag":"urn:li:tag:c"}}]}"""));

    [Fact]
    public void Column_lineage_is_patched_edge_by_edge()
    {
        static string Field(string name) => $"urn:li:schemaField:({Orders},{name})";
        static string Add(string upstream) => $$$"""[{"op":"add","path":"/fineGrainedLineages/NONE/{{{Field("sum")}}}/NONE/{{{Field(upstream)}}}","value":{"confidenceScore":0.5}}]""";
        var two = Patch("upstreamLineage", Patch("upstreamLineage", "", Add("a")), Add("b"));
        AssertEqual(
            $$"""
            {"upstreams":[],"fineGrainedLineages":[{"upstreamType":"FIELD_SET","upstreams":["{{Field("a")}}","{{Field("b")}}"],"downstreamType":"FIELD",
             "downstreams":["{{Field("sum")}}"],"confidenceScore":0.5,"transformOperation":"NONE"}]}
            """,
            two);
        AssertEqual(two, Patch("upstreamLineage", two, Add("a")));
        var one = Patch("upstreamLineage", two, $$"""[{"op":"remove","path":"/fineGrainedLineages/NONE/{{Field("sum")}}/NONE/{{Field("a")}}"}]""");
        Assert.DoesNotContain(Field("a"), one, StringComparison.Ordinal);
        AssertEqual("""{"upstreams":[],"fineGrainedLineages":[]}""", Patch("upstreamLineage", one, """[{"op":"remove","path":"/fineGrainedLineages/NONE"}]"""));
    }

    [Fact]
    public void Column_lineage_with_a_query_keeps_it()
    {
        const string Item = """{"upstreamType":"FIELD_SET","upstreams":["urn:li:schemaField:(d,a)"],"downstreamType":"FIELD","downstreams":["urn:li:schemaField:(d,b)"],"confidenceScore":1,"transformOperation":"COPY","query":"urn:li:query:q"}""";
        var lineage = $$"""{"upstreams":[],"fineGrainedLineages":[{{Item}}]}""";
        AssertEqual(lineage, Patch("upstreamLineage", lineage, """[{"op":"remove","path":"/fineGrainedLineages/COPY/urn:li:schemaField:(d,b)/NONE/x"}]"""));
        AssertEqual("""{"upstreams":[],"fineGrainedLineages":[]}""", Patch("upstreamLineage", lineage, """[{"op":"remove","path":"/fineGrainedLineages/COPY/urn:li:schemaField:(d,b)/urn:li:query:q/urn:li:schemaField:(d,a)"}]"""));
    }

    [Fact]
    public void Column_lineage_of_several_downstreams_cannot_be_patched_but_does_not_hinder_other_patches()
    {
        const string Lineage = """{"upstreams":[],"fineGrainedLineages":[{"upstreamType":"FIELD_SET","downstreamType":"FIELD_SET","downstreams":["urn:li:schemaField:(d,a)","urn:li:schemaField:(d,b)"],"confidenceScore":1}]}""";
        Assert.Throws<CatalogException>(() => Patch("upstreamLineage", Lineage, """[{"op":"remove","path":"/fineGrainedLineages/NONE/x/NONE/y"}]"""));
        AssertEqual(Lineage, Patch("upstreamLineage", Lineage, """[{"op":"remove","path":"/upstreams/x"}]"""));
    }

    [Theory]
    [InlineData("chartInfo", """[{"op":"add","path":"/inputEdges/urn:li:dataset:x","value":{"destinationUrn":"urn:li:dataset:x"}}]""")]
    [InlineData("dashboardInfo", """[{"op":"add","path":"/chartEdges/urn:li:chart:x","value":{"destinationUrn":"urn:li:chart:x"}}]""")]
    [InlineData("dataJobInputOutput", """[{"op":"add","path":"/inputDatasetEdges/urn:li:dataset:x","value":{}}]""")]
    [InlineData("dataProductProperties", """[{"op":"add","path":"/assets/urn:li:dataset:x","value":{}}]""")]
    [InlineData("structuredProperties", """[{"op":"add","path":"/properties/urn:li:structuredProperty:x","value":{"values":[{"double":1}]}}]""")]
    [InlineData("glossaryTerms", """[{"op":"add","path":"/terms/urn:li:glossaryTerm:x","value":{}}]""")]
    [InlineData("upstreamLineage", """[{"op":"add","path":"/upstreams/urn:li:dataset:x","value":{"type":"COPY"}}]""")]
    [InlineData("siblings", """[{"op":"add","path":"/siblings/urn:li:dataset:x","value":"urn:li:dataset:x"}]""")]
    [InlineData("domains", """[{"op":"add","path":"/domains/urn:li:domain:x","value":"urn:li:domain:x"}]""")]
    [InlineData("dataFlowInfo", """[{"op":"add","path":"/customProperties/a","value":"b"}]""")]
    [InlineData("formInfo", """[{"op":"add","path":"/actors/users/urn:li:corpuser:a","value":"urn:li:corpuser:a"}]""")]
    [InlineData("documentation", """[{"op":"add","path":"/documentations/urn:li:dataHubAction:x","value":{"documentation":"d","attribution":{"time":1,"actor":"urn:li:corpuser:a","source":"urn:li:dataHubAction:x"}}}]""")]
    [InlineData("status", """[{"op":"add","path":"/removed","value":false}]""")]
    public void A_patch_makes_an_aspect_that_was_absent_and_makes_it_once(string aspect, string patch)
    {
        var first = Patch(aspect, "", patch);
        AssertEqual(first, Patch(aspect, first, patch));
    }

    [Fact]
    public void Allowed_values_are_told_apart_by_what_their_union_holds()
    {
        const string Definition = """{"qualifiedName":"q","valueType":"urn:li:dataType:datahub.string","entityTypes":["urn:li:entityType:datahub.dataset"],"allowedValues":[{"value":{"string":"a"}},{"value":{"double":1.5}}]}""";
        var patched = Patch("propertyDefinition", Definition, """[{"op":"remove","path":"/allowedValues/a"},{"op":"add","path":"/allowedValues/b","value":{"value":{"string":"b"}}}]""");
        Assert.EndsWith(""" "allowedValues":[{"value":{"double":1.5}},{"value":{"string":"b"}}]}""".TrimStart(), patched);
    }

    [Theory]
    [InlineData("{not json")]
    [InlineData("5")]
    [InlineData("{}")]
    [InlineData("""{"no":1}""")]
    [InlineData("[5]")]
    [InlineData("""[{"op":"add"}]""")]
    [InlineData("""[{"path":"/a"}]""")]
    [InlineData("""[{"op":"add","path":"/description"}]""")]
    [InlineData("""[{"op":"add","path":"description","value":"x"}]""")]
    [InlineData("""[{"op":"test","path":"/description","value":"x"}]""")]
    [InlineData("""[{"op":"move","from":"/name","path":"/description"}]""")]
    [InlineData("""[{"op":"add","path":5,"value":"x"}]""")]
    [InlineData("""[{"op":"add","path":"/a","value":1,"value":2}]""")]
    [InlineData("""{"patch":[],"arrayPrimaryKeys":[]}""")]
    [InlineData("""{"patch":[],"arrayPrimaryKeys":{"a":"b"}}""")]
    [InlineData("""{"patch":[],"arrayPrimaryKeys":{"a":[1]}}""")]
    [InlineData("""{"patch":[],"forceGenericPatch":"yes"}""")]
    [InlineData("""[{"op":"replace","path":"/description","value":"x"}]""")]
    [InlineData("""[{"op":"replace","path":"/a/b","value":"x"}]""")]
    [InlineData("""[{"op":"add","path":"","value":"x"}]""")]
    [InlineData("""[{"op":"add","path":"/name","value":5}]""")]
    public void A_patch_that_cannot_be_applied_is_refused(string patch) =>
        Assert.Equal(CatalogFault.Validation, Assert.Throws<CatalogException>(() => Patch("datasetProperties", "", patch)).Fault);

    [Fact]
    public void A_path_of_many_parts_is_refused() => Assert.Throws<CatalogException>(
        () => Patch("datasetProperties", "", $$"""[{"op":"add","path":"{{string.Concat(Enumerable.Repeat("/a", 100_000))}}","value":"x"}]"""));
}

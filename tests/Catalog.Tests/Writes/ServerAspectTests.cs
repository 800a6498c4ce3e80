using Discovery.Catalog.Writes;
using Discovery.Metadata;
using Discovery.Metadata.Model;
using static Discovery.Catalog.Tests.Writes.Aspects;

namespace Discovery.Catalog.Tests.Writes;

public sealed class ServerAspectTests
{
    [Theory]
    [InlineData(Orders, """{"platform":"urn:li:dataPlatform:mysql","name":"shop.orders","origin":"PROD"}""")]
    [InlineData("urn:li:dataJob:(urn:li:dataFlow:(airflow,f,prod),task)", """{"flow":"urn:li:dataFlow:(airflow,f,prod)","jobId":"task"}""")]
    [InlineData("urn:li:tag:a \"b\"", """{"name":"a \"b\""}""")]
    public void The_key_aspect_holds_the_parts_of_the_urn(string urn, string key) =>
        Assert.Equal(key, Text(ServerAspects.Key(Urn.Parse(urn), Entity(urn))));

    [Fact]
    public void A_urn_with_other_parts_has_no_key() =>
        Assert.Throws<CatalogException>(() => ServerAspects.Key(Urn.Parse("urn:li:tag:(a,b)"), Entity("urn:li:tag:x")));

    [Theory]
    [InlineData(Orders, "urn:li:dataPlatform:mysql")]
    [InlineData("urn:li:chart:(looker,c)", "urn:li:dataPlatform:looker")]
    [InlineData("urn:li:dashboard:(looker,c)", "urn:li:dataPlatform:looker")]
    [InlineData("urn:li:dataFlow:(airflow,f,prod)", "urn:li:dataPlatform:airflow")]
    [InlineData("urn:li:dataJob:(urn:li:dataFlow:(airflow,f,prod),task)", "urn:li:dataPlatform:airflow")]
    [InlineData("urn:li:mlModel:(urn:li:dataPlatform:science,m,PROD)", "urn:li:dataPlatform:science")]
    [InlineData("urn:li:container:x", null)]
    [InlineData("urn:li:tag:x", null)]
    public void A_new_entity_has_the_platform_of_its_key(string urn, string? platform) =>
        Assert.Equal(platform is null ? null : $$"""{"platform":"{{platform}}"}""", Default(urn, "dataPlatformInstance"));

    [Theory]
    [InlineData("a.b.c", """{"path":[{"id":"a"},{"id":"b"}]}""")]
    [InlineData("a", """{"path":[{"id":"Default"}]}""")]
    [InlineData("a/b", """{"path":[{"id":"Default"}]}""")]
    [InlineData(".a.", """{"path":[{"id":"a"}]}""")]
    public void A_new_dataset_is_browsed_by_the_parts_of_its_name(string name, string path) =>
        Assert.Equal(path, Default($"urn:li:dataset:(urn:li:dataPlatform:x,{name},PROD)", "browsePathsV2"));

    [Fact]
    public void The_platform_says_what_stands_between_the_parts_of_a_name() => Assert.Equal(
        """{"path":[{"id":"a"},{"id":"b.c"}]}""",
        Default("urn:li:dataset:(urn:li:dataPlatform:hdfs,/a/b.c/d,PROD)", "browsePathsV2", ("urn:li:dataPlatform:hdfs", "dataPlatformInfo", """{"name":"hdfs","datasetNameDelimiter":"/"}""")));

    [Fact]
    public void A_platform_instance_that_exists_is_named_by_its_urn()
    {
        const string Instance = "urn:li:dataPlatformInstance:(urn:li:dataPlatform:mysql,eu)";
        Assert.Equal(
            $$"""{"path":[{"id":"{{Instance}}","urn":"{{Instance}}"},{"id":"shop"}]}""",
            Default("urn:li:dataset:(urn:li:dataPlatform:mysql,eu.shop.orders,PROD)", "browsePathsV2", (Instance, "dataPlatformInstanceKey", "{}")));
    }

    [Theory]
    [InlineData("urn:li:dataJob:(urn:li:dataFlow:(airflow,f,prod),task)", """{"path":[{"id":"urn:li:dataFlow:(airflow,f,prod)","urn":"urn:li:dataFlow:(airflow,f,prod)"}]}""")]
    [InlineData("urn:li:container:x", """{"path":[{"id":"Default"}]}""")]
    [InlineData("urn:li:tag:x", null)]
    public void Other_types_have_a_path_where_they_can(string urn, string? path) => Assert.Equal(path, Default(urn, "browsePathsV2"));

    [Fact]
    public void Defaults_fit_the_model()
    {
        foreach (var urn in (string[])[Orders, "urn:li:dataJob:(urn:li:dataFlow:(airflow,f,prod),task)", "urn:li:chart:(looker,c)"])
        {
            Assert.All(ServerAspects.Defaults(Urn.Parse(urn), Entity(urn), (_, _) => default), added => Assert.Equal(added.Value, ProposalChecker.CheckValue(added.Aspect, added.Value)));
        }
    }

    [Fact]
    public void Owners_are_told_by_their_type_too()
    {
        AssertEqual(
            """
            {"owners":[{"owner":"urn:li:corpuser:a","type":"DATAOWNER"},{"owner":"urn:li:corpuser:b","type":"NONE","typeUrn":"urn:li:ownershipType:t"},{"owner":"urn:li:corpuser:c","type":"DATAOWNER"},{"owner":"urn:li:corpuser:a","type":"DATAOWNER"}],
             "ownerTypes":{"urn:li:ownershipType:__system__dataowner":["urn:li:corpuser:a","urn:li:corpuser:c"],"urn:li:ownershipType:t":["urn:li:corpuser:b"]}}
            """,
            Complete("ownership", "", """{"owners":[{"owner":"urn:li:corpuser:a","type":"DATAOWNER"},{"owner":"urn:li:corpuser:b","type":"NONE","typeUrn":"urn:li:ownershipType:t"},{"owner":"urn:li:corpuser:c","type":"DATAOWNER"},{"owner":"urn:li:corpuser:a","type":"DATAOWNER"}]}"""));
        Assert.Equal("""{"owners":[],"ownerTypes":{}}""", Complete("ownership", "", """{"owners":[],"ownerTypes":{"urn:li:ownershipType:t":["urn:li:corpuser:gone"]}}"""));
    }

    [Theory]
    [InlineData("", """{"domains":["d1","d2"]}""", """{"domains":["d1","d2"],"domainAssociations":[{"domain":"d1"},{"domain":"d2"}]}""")]
    [InlineData("""{"domains":["d1","d0"],"domainAssociations":[{"domain":"d1","context":"c"},{"domain":"d0"}]}""", """{"domains":["d2","d1"]}""",
        """{"domains":["d1","d2"],"domainAssociations":[{"domain":"d1","context":"c"},{"domain":"d2"}]}""")]
    [InlineData("", """{"domains":[],"domainAssociations":[{"domain":"d1"}]}""", """{"domains":["d1"],"domainAssociations":[{"domain":"d1"}]}""")]
    [InlineData("""{"domains":["d1"]}""", """{"domains":["d1"],"domainAssociations":[{"domain":"d2"}]}""", """{"domains":["d2"],"domainAssociations":[{"domain":"d2"}]}""")]
    public void Domains_and_their_associations_follow_each_other(string current, string value, string expected) => AssertEqual(expected, Complete("domains", current, value));

    [Fact]
    public void Different_domains_in_both_forms_are_refused() =>
        Assert.Throws<CatalogException>(() => Complete("domains", """{"domains":["d0"]}""", """{"domains":["d1"],"domainAssociations":[{"domain":"d2"}]}"""));

    [Fact]
    public void Propagated_domains_come_last() => Assert.StartsWith(
        """{"domains":["d2","d1"]""",
        Complete("domains", "", """{"domains":[],"domainAssociations":[{"domain":"d1","attribution":{"time":1,"actor":"a","sourceDetail":{"propagated":"true"}}},{"domain":"d2"}]}"""));

    [Fact]
    public void Other_aspects_stay_as_they_are()
    {
        ReadOnlyMemory<byte> value = Utf8("{}");
        Assert.Equal(value, ServerAspects.Complete(Type("status"), default, value));
    }

    [Theory]
    [InlineData("""{"a":1,"b":[1,2]}""", """{"b":[1,2],"a":1}""", true)]
    [InlineData("""{"a":1}""", """{"a":1.0}""", true)]
    [InlineData("""{"a":"é"}""", """{"a":"\u00e9"}""", true)]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", false)]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", false)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", false)]
    public void Values_are_equal_where_only_their_spelling_differs(string left, string right, bool equal)
    {
        Assert.Equal(equal, ServerAspects.AreEqual(Utf8(left), Utf8(right)));
        Assert.Equal(equal, ServerAspects.AreEqual(Utf8(right), Utf8(left)));
    }

    private static EntityType Entity(string urn) => AspectRegistry.Instance.Entities[Urn.Parse(urn).EntityType];

    private static string Complete(string aspect, string current, string value) => Text(ServerAspects.Complete(Type(aspect), Utf8(current), Utf8(value)));

    private static string? Default(string urn, string aspect, params (string Urn, string Aspect, string Value)[] stored) =>
        ServerAspects.Defaults(Urn.Parse(urn), Entity(urn), (other, name) =>
                stored.Where(entry => entry.Urn == other && entry.Aspect == name).Select(entry => (ReadOnlyMemory<byte>)Utf8(entry.Value)).FirstOrDefault())
            .Where(added => added.Aspect.Name == aspect).Select(added => Text(added.Value)).SingleOrDefault();
}

using Discovery.Catalog.Pages.Views;

namespace Discovery.Catalog.Tests.Pages;

public sealed class EntityViewTests
{
    private const string Dataset = "urn:li:dataset:(urn:li:dataPlatform:mysql,shop.orders,PROD)";

    [Theory]
    [InlineData(Dataset, "shop.orders")]
    [InlineData("urn:li:tag:pii", "pii")]
    [InlineData("urn:li:dataset:(urn:li:dataPlatform:mysql,a%2Cb%28c%29,PROD)", "a,b(c)")]
    [InlineData("urn:li:dataJob:(urn:li:dataFlow:(airflow,dag,PROD),task)", "task")]
    [InlineData("urn:li:dataPlatformInstance:(urn:li:dataPlatform:mysql,eu1)", "eu1")]
    [InlineData("no urn", "no urn")]
    public void An_entity_without_aspects_is_called_as_its_urn_says(string urn, string name) => Assert.Equal(name, EntityView.Read(urn, Stored.Set()).Name);

    [Fact]
    public void A_dataset_shows_what_its_aspects_say()
    {
        var view = EntityView.Read(Dataset, Stored.Set(
            ("datasetProperties", """{"name":"orders","description":"of the source","customProperties":{"b":"2","a":"1"},"lastModified":{"time":1700000000000}}"""),
            ("editableDatasetProperties", """{"description":"by hand"}"""),
            ("subTypes", """{"typeNames":["Table"]}"""),
            ("dataPlatformInstance", """{"platform":"urn:li:dataPlatform:mysql","instance":"urn:li:dataPlatformInstance:(urn:li:dataPlatform:mysql,eu)"}"""),
            ("browsePathsV2", """{"path":[{"id":"eu","urn":"urn:li:dataPlatformInstance:(urn:li:dataPlatform:mysql,eu)"},{"id":"plain"}]}"""),
            ("ownership", """{"owners":[{"owner":"urn:li:corpuser:ann","type":"TECHNICAL_OWNER"},{"type":"x"}]}"""),
            ("status", """{"removed":true}"""),
            ("deprecation", """{"deprecated":true,"note":"use sales"}""")));
        Assert.Equal(("orders", "Table", "by hand", "PROD", true, "use sales"), (view.Name, view.Kind, view.Description, view.Environment, view.Removed, view.Deprecation));
        Assert.Equal(["a", "b"], view.Properties.Select(property => property.Key));
        Assert.Equal(["urn:li:dataPlatformInstance:(urn:li:dataPlatform:mysql,eu)", "plain"], view.Path);
        Assert.Equal([new OwnerView("urn:li:corpuser:ann", "technical owner")], view.Owners);
        Assert.Equal(2023, view.LastModified!.Value.Year);
    }

    [Theory]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("//evil.example", false)]
    [InlineData("https://wiki.example/x", true)]
    public void An_address_outside_is_one_of_the_web(string address, bool shown) =>
        Assert.Equal(shown, EntityView.Read(Dataset, Stored.Set(("datasetProperties", $$"""{"externalUrl":"{{address}}"}"""))).ExternalUrl is not null);

    [Fact]
    public void Aspects_of_another_shape_do_no_harm()
    {
        var view = EntityView.Read("urn:li:container:x", Stored.Set(EntityView.Aspects.Select(aspect => (aspect, """{"owners":1,"path":[[]],"typeNames":{},"customProperties":[],"name":[]}""")).ToArray()));
        Assert.Equal("x", view.Name);
        Assert.Equal("x", EntityView.Read("urn:li:container:x", Stored.Set(EntityView.Aspects.Select(aspect => (aspect, "7")).ToArray())).Name);
    }

    [Theory]
    [InlineData("dataJob", "Data job", "Data jobs")]
    [InlineData("glossaryTerm", "Glossary term", "Glossary terms")]
    [InlineData("query", "Query", "Queries")]
    [InlineData("corpuser", "User", "Users")]
    public void Types_are_told_in_words(string type, string one, string many) =>
        Assert.Equal((one, many), (EntityWords.Singular(type), EntityWords.Plural(type)));
}

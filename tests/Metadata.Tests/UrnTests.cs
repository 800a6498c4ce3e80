namespace Discovery.Metadata.Tests;

public sealed class UrnTests
{
    [Theory]
    [InlineData("mysql", null, "PROD", "edge_cases", "6b7b27e1c2c83eff59a69ccb86034be2")]
    [InlineData("mysql", null, "STG", "edge_cases", "c3e9f53bcd6e6242be120927385634cc")]
    [InlineData("mysql", "prod-eu 1", "DEV", "edge_cases", "007d8081943d7863f6eb10dbb9168f65")]
    [InlineData("mariadb", null, "PROD", "edge_cases", "d51003a0cc16d65e388ca3f05d9c33c7")]
    [InlineData("mysql", null, "PROD", "엣지", "97af49e6c228f12de372ee1555e195c3")]
    [InlineData("mysql", null, "PROD", "northwind", "dc2ae101b66746b9c2b6df8ee89ca88f")]
    [InlineData("mysql", null, "PROD", "shop", "e6dce46ea4792eada87d8556c22b2435")]
    [InlineData("mysql", "eu1", "PROD", "shop", "0a5d5269b66e79651c403d3ed489ba48")]
    [InlineData("mysql", null, "PROD", "café", "621a4046c746ca452313cfaca5b3bac8")]
    public void A_container_has_the_guid_that_DataHub_gives_it(string platform, string? instance, string env, string database, string md5) =>
        Assert.Equal($"urn:li:container:{md5}", Urns.DatabaseContainer(platform, instance, env, database));

    [Fact]
    public void Urns_have_the_form_that_DataHub_writes()
    {
        var dataset = Urns.Dataset("mysql", null, "shop.orders", "PROD");
        Assert.Equal("urn:li:dataset:(urn:li:dataPlatform:mysql,shop.orders,PROD)", dataset);
        Assert.Equal("urn:li:dataset:(urn:li:dataPlatform:mysql,eu1.shop.orders,STG)", Urns.Dataset("mysql", "eu1", "shop.orders", "STG"));
        Assert.Equal($"urn:li:schemaField:({dataset},id)", Urns.SchemaField(dataset, "id"));
        Assert.Equal("urn:li:dataset:(urn:li:dataPlatform:mysql,shop.a%2cb,PROD)", Urns.Dataset("mysql", null, "Shop.A,B", "PROD", lowercase: true));
        Assert.Equal("urn:li:query:view_79065b662a0338b054f95317c51e10a742ac351ef87c071e322c0dcc91803660", Urns.ViewQuery(Urns.Dataset("mysql", null, "sakila.actor_info", "PROD")));
        var flow = Urns.DataFlow("mysql", "eu1", "shop.stored_procedures", "DEV");
        Assert.Equal("urn:li:dataFlow:(mysql,eu1.shop.stored_procedures,DEV)", flow);
        Assert.Equal($"urn:li:dataJob:({flow},p%28x%29)", Urns.DataJob(flow, "p(x)"));
        Assert.Equal("urn:li:dataPlatformInstance:(urn:li:dataPlatform:mysql,eu1)", Urns.DataPlatformInstance("mysql", "eu1"));
    }

    [Theory]
    [InlineData("with(parens)", "with%28parens%29")]
    [InlineData("a,b\u241Fc", "a%2Cb%E2%90%9Fc")]
    [InlineData("with%percent", "with%percent")]
    [InlineData("점.포 \"'`:#/", "점.포 \"'`:#/")]
    public void Only_what_ends_a_part_of_a_urn_is_encoded(string name, string encoded) => Assert.Equal(encoded, Urns.Encode(name));

    [Theory]
    [InlineData("urn:li:corpuser:ann", "corpuser", "ann")]
    [InlineData("urn:li:tag:a:b(c, d", "tag", "a:b(c, d")]
    [InlineData("urn:li:dataPlatform:엣지 😀", "dataPlatform", "엣지 😀")]
    [InlineData("urn:li:dataset:(urn:li:dataPlatform:mysql,shop.a%28b%29,PROD)", "dataset", "urn:li:dataPlatform:mysql|shop.a%28b%29|PROD")]
    [InlineData("urn:li:dataJob:(urn:li:dataFlow:(mysql,shop.stored_procedures,PROD),load)", "dataJob", "urn:li:dataFlow:(mysql,shop.stored_procedures,PROD)|load")]
    [InlineData("urn:li:role:(one)", "role", "one")]
    public void A_urn_is_taken_apart_and_keeps_its_text(string text, string entityType, string parts)
    {
        var urn = Urn.Parse(text);
        Assert.Equal(entityType, urn.EntityType);
        Assert.Equal(parts.Split('|'), urn.Parts);
        Assert.Equal(text, urn.ToString());
        Assert.Equal(urn, Urn.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("dataset")]
    [InlineData("urn:li:dataset")]
    [InlineData("urn:li:dataset:")]
    [InlineData("urn:li::x")]
    [InlineData("urn:li:dataset:(a,b")]
    [InlineData("urn:li:dataset:(a,(b,c)")]
    [InlineData("urn:li:dataset:(a,b))")]
    [InlineData("urn:li:dataset:(a)b")]
    [InlineData("urn:li:dataset:(a,,b)")]
    [InlineData("urn:li:dataset:()")]
    public void What_is_no_urn_is_told_apart(string text)
    {
        Assert.False(Urn.TryParse(text, out _));
        Assert.Contains($"'{text}' is not a urn", Assert.Throws<FormatException>(() => Urn.Parse(text)).Message, StringComparison.Ordinal);
    }
}

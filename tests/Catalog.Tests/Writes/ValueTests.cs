using Discovery.Catalog.Writes;
using static Discovery.Catalog.Tests.Writes.Aspects;

namespace Discovery.Catalog.Tests.Writes;

public sealed class ValueTests
{
    [Theory]
    [InlineData("datasetProperties", """{"description":5}""", "ERROR :: /description :: 5 cannot be coerced to string")]
    [InlineData("datasetProperties", """{"name":true}""", "ERROR :: /name :: true cannot be coerced to string")]
    [InlineData("datasetProperties", """{"name":{"password":"geheim"}}""", "ERROR :: /name :: an object cannot be coerced to string")]
    [InlineData("datasetProperties", """{"customProperties":{"a":1}}""", "ERROR :: /customProperties/a :: 1 cannot be coerced to string")]
    [InlineData("datasetProperties", """{"customProperties":{"a":null}}""", "ERROR :: /customProperties/a :: null cannot be coerced to string")]
    [InlineData("datasetProperties", """{"customProperties":[]}""", "ERROR :: /customProperties :: map type is not backed by a DataMap")]
    [InlineData("datasetProperties", """{"tags":"x"}""", "ERROR :: /tags :: array type is not backed by a DataList")]
    [InlineData("datasetProperties", """{"tags":["a",2]}""", "ERROR :: /tags/1 :: 2 cannot be coerced to string")]
    [InlineData("datasetProperties", "[]", "ERROR :: / :: record type is not backed by a DataMap")]
    [InlineData("status", """{"removed":"yes"}""", "ERROR :: /removed :: yes cannot be coerced to boolean")]
    [InlineData("dataJobInfo", """{"name":"n","type":"COMMAND"}""", "ERROR :: /type :: union type is not backed by a DataMap or null")]
    [InlineData("dataJobInfo", """{"name":"n","type":{}}""", "ERROR :: /type :: DataMap should have exactly one entry for a union type")]
    [InlineData("dataJobInfo", """{"name":"n","type":{"string":"a","com.linkedin.datajob.azkaban.AzkabanJobType":"SQL"}}""", "ERROR :: /type :: DataMap should have exactly one entry for a union type")]
    [InlineData("dataJobInfo", """{"name":"n","type":{"long":1}}""", "ERROR :: /type :: \"long\" is not a member type of union")]
    [InlineData("dataJobInfo", """{"name":"n","type":{"string":1}}""", "ERROR :: /type/string :: 1 cannot be coerced to string")]
    [InlineData("dataJobInfo", """{"name":"n","type":{"com.linkedin.pegasus2avro.datajob.azkaban.AzkabanJobType":"SQL"}}""",
        "ERROR :: /type :: \"com.linkedin.pegasus2avro.datajob.azkaban.AzkabanJobType\" is not a member type of union")]
    [InlineData("ownership", """{"owners":[{"owner":"urn:li:corpuser:a","type":"NO_SUCH_TYPE"}]}""", "ERROR :: /owners/0/type :: \"NO_SUCH_TYPE\" is not an enum symbol")]
    [InlineData("ownership", """{"owners":[{"owner":"urn:li:corpuser:a","type":7}]}""", "ERROR :: /owners/0/type :: enum type is not backed by a String")]
    [InlineData("ownership", """{"owners":[{"type":"DATAOWNER"}]}""", "ERROR :: /owners/0/owner :: field is required but not found and has no default value")]
    [InlineData("ownership", "{}", "ERROR :: /owners :: field is required but not found and has no default value")]
    [InlineData("ownership", """{"owners":null}""", "ERROR :: /owners :: field is required but not found and has no default value")]
    [InlineData("ownership", """{"owners":[null]}""", "ERROR :: /owners/0 :: record type is not backed by a DataMap")]
    [InlineData("ownership", """{"owners":[],"owners":[]}""", "ERROR :: /owners :: the member stands twice in the record")]
    [InlineData("datasetProperties", """{"customProperties":{"a":"1","\u0061":"2"}}""", "ERROR :: /customProperties/a :: the name stands twice in the map")]
    public void A_value_that_does_not_fit_is_refused_in_the_words_of_GMS(string aspect, string value, string fault) => Assert.Equal([fault], Faults(aspect, value));

    [Fact]
    public void All_faults_are_told_one_a_line() => Assert.Equal(
        [
            "ERROR :: /name :: 1 cannot be coerced to string",
            "ERROR :: /tags/0 :: 2 cannot be coerced to string",
        ],
        Faults("datasetProperties", """{"name":1,"tags":[2]}"""));

    [Fact]
    public void Every_missing_member_is_told() => Assert.Equal(
        ["/platform", "/version", "/hash", "/platformSchema", "/fields"],
        Faults("schemaMetadata", """{"schemaName":"x"}""").Select(fault => fault.Split(" :: ")[1]));

    [Fact]
    public void A_thousand_faults_make_no_endless_message() =>
        Assert.True(Faults("datasetProperties", $$"""{"tags":[{{string.Join(',', Enumerable.Repeat("1", 1000))}}]}""").Length < 50);

    [Theory]
    [InlineData("2147483648")]
    [InlineData("-2147483649")]
    [InlineData("1.5")]
    [InlineData("1e300")]
    [InlineData("\"1\"")]
    public void A_number_that_does_not_fit_an_int_is_refused(string number) =>
        Assert.EndsWith("cannot be coerced to int", Faults("datasetProfile", $$$"""{"timestampMillis":1,"eventGranularity":{"unit":"DAY","multiple":{{{number}}}}}""").Single());

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("0.1")]
    public void A_number_that_does_not_fit_a_long_is_refused(string number) =>
        Assert.EndsWith("cannot be coerced to long", Faults("datasetProfile", $$"""{"timestampMillis":{{number}}}""").Single());

    [Theory]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("5.0", "5")]
    [InlineData("17e2", "1700")]
    public void A_whole_number_is_taken_however_it_is_written(string written, string stored) =>
        Assert.Equal($$"""{"timestampMillis":{{stored}}}""", Check("datasetProfile", $$"""{"timestampMillis":{{written}}}"""));

    [Fact]
    public void A_whole_number_is_fine_where_a_double_is_wanted() => Assert.Equal(
        """{"properties":[{"propertyUrn":"urn:li:structuredProperty:a","values":[{"double":30}]}]}""",
        Check("structuredProperties", """{"properties":[{"propertyUrn":"urn:li:structuredProperty:a","values":[{"double":30}]}]}"""));

    [Theory]
    [InlineData("1e400", "double")]
    [InlineData("-1e400", "double")]
    public void A_number_beyond_all_doubles_is_refused(string number, string type) => Assert.EndsWith(
        $"cannot be coerced to {type}",
        Faults("structuredProperties", $$"""{"properties":[{"propertyUrn":"urn:li:structuredProperty:a","values":[{"double":{{number}}}]}]}""").Single());

    [Fact]
    public void Bytes_are_characters_up_to_U00FF()
    {
        static string Blob(string text) => $$$"""{"resourceType":"t","primaryKey":"k","value":{"blob":"{{{text}}}","contentType":"JSON"}}""";
        Assert.Equal(Blob("aÿ"), Check("platformResourceInfo", Blob("aÿ")));
        Assert.EndsWith("is not a valid string representation of bytes", Faults("platformResourceInfo", Blob("Ā")).Single());
        Assert.StartsWith("ERROR :: /value/blob :: bytes type", Faults("platformResourceInfo", Blob("").Replace("\"\"", "1", StringComparison.Ordinal)).Single());
    }

    [Fact]
    public void Unknown_members_are_left_out_at_any_depth() => Assert.Equal(
        """{"owners":[{"owner":"urn:li:corpuser:a","type":"NONE"}]}""",
        Check("ownership", """{"notAField":{"a":[1]},"owners":[{"x":1,"owner":"urn:li:corpuser:a","type":"NONE","y":null}],"z":"z"}"""));

    [Fact]
    public void A_member_that_is_null_is_absent() =>
        Assert.Equal("""{"name":"x"}""", Check("datasetProperties", """{"description":null,"customProperties":null,"name":"x"}"""));

    [Fact]
    public void White_space_goes_and_the_order_of_members_stays() => Assert.Equal(
        """{"tags":[],"name":"a b","customProperties":{"z":"1","a":"2"}}""",
        Check("datasetProperties", " { \"tags\" : [ ] ,\r\n\t\"name\": \"a b\", \"customProperties\": {\"z\": \"1\", \"a\": \"2\"} } "));

    [Fact]
    public void A_value_that_is_compact_already_is_not_copied()
    {
        ReadOnlyMemory<byte> value = Utf8("""{"name":"x"}""");
        Assert.Equal(value, ProposalChecker.CheckValue(Type("datasetProperties"), value));
    }

    [Theory]
    [InlineData("""\uc8fc\ubb38""", "주문")]
    [InlineData("""\ud83d\ude00 \/ \\u0041""", "😀 / \\\\u0041")]
    [InlineData("""\u0022\u005c\u0008\u000c\u000a\u000d\u0009""", """\"\\\b\f\n\r\t""")]
    [InlineData("""\u0000\u001f\u007f""", "\\u0000\\u001f\u007f")]
    [InlineData("""\ud800""", "\ufffd")]
    [InlineData("""\udc00\ud800x""", "\ufffd\ufffdx")]
    [InlineData("""\ud800\u0041""", "\ufffdA")]
    public void Texts_have_as_few_escapes_as_JSON_allows(string written, string stored)
    {
        Assert.Equal($$"""{"name":"{{stored}}"}""", Check("datasetProperties", $$"""{"name":"{{written}}"}"""));
        Assert.Equal($$$"""{"customProperties":{"{{{stored}}}":"v"}}""", Check("datasetProperties", $$$"""{"customProperties":{"{{{written}}}":"v"}}"""));
    }

    [Fact]
    public void Names_and_symbols_may_be_escaped() => Assert.Equal(
        """{"owners":[{"owner":"urn:li:corpuser:a","type":"NONE"}]}""",
        Check("ownership", """{"\u006fwners":[{"owner":"urn:li:corpuser:a","type":"N\u004fNE"}]}"""));

    [Theory]
    [InlineData("")]
    [InlineData("{not json")]
    [InlineData("""{"name":"x"}{}""")]
    [InlineData("""{"name":"x",}""")]
    [InlineData("""{"name":"\ud80"}""")]
    [InlineData("""{"name":NaN}""")]
    [InlineData("""{"unknown":[1,2}""")]
    public void What_is_no_JSON_is_refused(string value) => Assert.Contains("not valid JSON", Refused("datasetProperties", value).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_no_UTF8_is_refused() => Assert.Equal(
        CatalogFault.Validation,
        Assert.Throws<CatalogException>(() => ProposalChecker.CheckValue(Type("datasetProperties"), (byte[])[.. "{\"name\":\""u8, 0xc3, .. "\"}"u8])).Fault);

    [Fact]
    public void A_value_that_is_too_deep_is_refused() => Assert.Contains(
        "not valid JSON", Refused("datasetProperties", $$"""{"x":{{new string('[', 5000)}}{{new string(']', 5000)}}}""").Message, StringComparison.Ordinal);

    [Fact]
    public void A_map_of_many_names_is_checked_for_doubles_fast()
    {
        var names = Enumerable.Range(0, 50_000).Select(i => $"\"k{i}\":\"\"").ToList();
        Assert.NotEmpty(Check("datasetProperties", $$$"""{"customProperties":{{{{string.Join(',', names)}}}}}"""));
        names.Add(names[40]);
        Assert.Equal(["ERROR :: /customProperties/k40 :: the name stands twice in the map"], Faults("datasetProperties", $$$"""{"customProperties":{{{{string.Join(',', names)}}}}}"""));
    }

    [Theory]
    [InlineData("""{"cost":{"costType":"ORG_COST_TYPE","cost":{"costId":1.5}}}""")]
    [InlineData("""{"cost":{"costType":"ORG_COST_TYPE","cost":{"costCode":"x"}}}""")]
    public void A_cost_is_a_union_of_two_names(string value)
    {
        var cost = value["{\"cost\":".Length..^1];
        Assert.Equal(cost, Check("cost", cost));
    }

    [Fact]
    public void A_union_of_one_type_is_wrapped() => Assert.Equal(
        """{"unitaryResults":{"string":"x"}}""", Check("mlModelQuantitativeAnalyses", """{"unitaryResults":{"string":"x"}}"""));
}

using static Discovery.Catalog.Tests.GraphQl.GraphQlText;

namespace Discovery.Catalog.Tests.GraphQl;

public sealed class GraphQlTests
{
    private const string Me = """{"corpUser": "urn:li:corpuser:kim"}""";

    [Fact]
    public async Task A_urn_where_an_entity_is_expected_becomes_the_entity() =>
        AssertJson("""{"data":{"me":{"corpUser":{"urn":"urn:li:corpuser:kim","type":"CORP_USER","username":"kim","__typename":"CorpUser"}}}}""",
            await RunAsync("{ me { corpUser { urn type username __typename } } }", Me));

    [Fact]
    public async Task Aliases_fragments_and_conditions_select() =>
        AssertJson("""{"data":{"one":{"corpUser":{"who":"kim"}},"two":{"corpUser":{"urn":"urn:li:corpuser:kim"}}}}""", await RunAsync(
            """
            query ($yes: Boolean!, $no: Boolean = false) {
              one: me { ...User @include(if: $yes) corpUser @skip(if: true) { urn } }
              two: me { corpUser { ... on CorpUser { urn } ... on Dataset { name } ... { username @include(if: $no) } } }
            }
            fragment User on AuthenticatedUser { corpUser { who: username } }
            """, Me, """{"yes": true}"""));

    [Fact]
    public async Task Fields_of_one_name_are_put_together() =>
        AssertJson("""{"data":{"me":{"corpUser":{"urn":"urn:li:corpuser:kim","username":"kim"}}}}""", await RunAsync("{ me { corpUser { urn } } me { corpUser { username } } }", Me));

    [Theory]
    [InlineData("{ me { noSuchField } }", "This catalog does not offer the field 'noSuchField' of AuthenticatedUser.")]
    [InlineData("{ getInviteToken { inviteToken } }", "This catalog does not offer the field 'getInviteToken' of Query.")]
    [InlineData("query { this is not graphql", "Expected a name, found 'end of the text'.")]
    [InlineData("{ me }", "The field 'me' is of type AuthenticatedUser: say which of its fields, in braces.")]
    [InlineData("{ me { corpUser { urn { x } } } }", "The field 'urn' is of type String!, which has no fields.")]
    [InlineData("{ me { ...A } }", "There is no fragment 'A'.")]
    [InlineData("{ me { ...A } } fragment A on AuthenticatedUser { ...B } fragment B on AuthenticatedUser { ...A }", "The fragment 'A' contains itself.")]
    [InlineData("{ me { ... on Nothing { x } } }", "This catalog does not have the type 'Nothing'.")]
    [InlineData("{ dataset { urn } }", "The field 'dataset' of Query needs the argument 'urn'.")]
    [InlineData("{ dataset(urn: 5) { urn } }", "Argument 'urn' of the field 'dataset' is not of type String!.")]
    [InlineData("{ dataset(urn: $urn) { urn } }", "The operation does not declare the variable '$urn'.")]
    [InlineData("query ($urn: String!) { dataset(urn: $urn) { urn } }", "Variable '$urn' of type String! has no value.")]
    [InlineData("query ($x: Nothing) { me { corpUser { urn } } }", "Variable '$x' is of type Nothing, which this catalog does not have.")]
    [InlineData("{ me @defer { corpUser { urn } } }", "'@defer' is no directive of this catalog; '@include' and '@skip' with the argument 'if' are.")]
    [InlineData("{ a: me { corpUser { urn } } a: appConfig { appVersion } }", "Two fields, 'me' and 'appConfig', have the name 'a' in the answer.")]
    [InlineData("subscription { me { corpUser { urn } } }", "This catalog has no subscriptions.")]
    [InlineData("query A { me { corpUser { urn } } } query B { me { corpUser { urn } } }", "The document has several operations: say which by 'operationName'.")]
    [InlineData("{ searchAcrossEntities(input: {query: \"*\", types: [TABLE]}) { total } }", "Argument 'types' of SearchAcrossEntitiesInput is not of type EntityType!.")]
    [InlineData("{ searchAcrossEntities(input: {query: \"*\", mode: 1}) { total } }", "SearchAcrossEntitiesInput has no argument 'mode' in this catalog.")]
    [InlineData("{ me { corpUser(x: \"\\q\") { urn } } }", "A string has an escape that GraphQL does not know.")]
    [InlineData("\u0001", "'\u0001' is no word of GraphQL.")]
    public async Task A_request_at_fault_is_told_what_is_wrong(string query, string message) => Assert.Equal(message, await ErrorAsync(query));

    [Theory]
    [InlineData("10", true)]
    [InlineData("10.0", false)]
    [InlineData("3000000000", false)]
    [InlineData("\"10\"", false)]
    [InlineData("null", false)]
    public async Task A_number_is_a_whole_one_where_the_schema_says_so(string count, bool fits)
    {
        var answer = await RunAsync(
            "query ($count: Int!) { searchAcrossEntities(input: {query: \"*\", count: $count}) { total } }", """{"total": 1}""", $$"""{"count": {{count}}}""");
        Assert.Equal(fits, !answer.TryGetProperty("errors", out _));
    }

    [Fact]
    public async Task The_operation_is_chosen_by_its_name() =>
        AssertJson("""{"data":{"b":{"corpUser":{"urn":"urn:li:corpuser:kim"}}}}""",
            await RunAsync("query A { a: me { corpUser { urn } } } query B { b: me { corpUser { urn } } }", Me, operationName: "B"));

    [Fact]
    public async Task Deep_wide_and_doubling_requests_are_refused()
    {
        Assert.StartsWith("The document is nested", await ErrorAsync(string.Concat(Enumerable.Repeat("{ me ", 500))), StringComparison.Ordinal);
        var containers = string.Concat(Enumerable.Repeat("container { ", 40)) + "urn" + string.Concat(Enumerable.Repeat(" }", 40));
        Assert.StartsWith("The request is too large", await ErrorAsync($"{{ container(urn: \"urn:li:container:x\") {{ {containers} }} }}"), StringComparison.Ordinal);
        var roots = string.Concat(Enumerable.Range(0, 100).Select(i => $"a{i}: me {{ corpUser {{ urn }} }} "));
        Assert.StartsWith("The request is too large", await ErrorAsync($"{{ {roots} }}"), StringComparison.Ordinal);
        var doubling = string.Concat(Enumerable.Range(0, 60).Select(i => $"fragment F{i} on CorpUser {{ ...F{i + 1} ...F{i + 1} }} ")) + "fragment F60 on CorpUser { urn }";
        Assert.StartsWith("The request is too large", await ErrorAsync($"{{ me {{ corpUser {{ ...F0 }} }} }} {doubling}"), StringComparison.Ordinal);
        Assert.StartsWith("The document has more than", await ErrorAsync("{ me " + string.Concat(Enumerable.Repeat("x ", 20_000))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("query ($flags: SearchFlags) { searchAcrossEntities(input: {query: \"*\", sortInput: {sortCriterion: $flags}}) { total } }", """{"flags": {"fulltext": true}}""")]
    [InlineData("query ($tag: CreateTagInput!) { searchAcrossEntities(input: $tag) { total } }", """{"tag": {"name": "x"}}""")]
    [InlineData("query ($filters: [FacetFilterInput!]) { searchAcrossEntities(input: {query: \"*\", orFilters: $filters}) { total } }", """{"filters": [{"field": "x"}]}""")]
    public async Task An_object_of_another_type_is_refused(string query, string variables) =>
        Assert.Contains(" is expected here.", await ErrorAsync(query, variables), StringComparison.Ordinal);

    [Fact]
    public async Task Fragments_in_fragments_without_end_are_refused()
    {
        var chain = string.Concat(Enumerable.Range(0, 1_800).Select(i => $"fragment F{i} on CorpUser {{ ...F{i + 1} }} ")) + "fragment F1800 on CorpUser { urn }";
        Assert.StartsWith("The request is too large", await ErrorAsync($"{{ me {{ corpUser {{ ...F0 }} }} }} {chain}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_text_is_not_answered_thousands_of_times()
    {
        var fields = string.Concat(Enumerable.Range(0, 4_000).Select(i => $"a{i}: appVersion "));
        Assert.StartsWith("The answer would have more than", await ErrorAsync($"{{ appConfig {{ {fields} }} }}", root: $$"""{"appVersion": "{{new string('x', 200_000)}}"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_tells_about_itself()
    {
        AssertJson("""{"data":{"__type":{"inputFields":[{"name":"id","type":{"kind":"SCALAR","name":"String","ofType":null}},{"name":"name","type":{"kind":"NON_NULL","name":null,"ofType":{"name":"String"}}},{"name":"description","type":{"kind":"SCALAR","name":"String","ofType":null}}]}}}""",
            await RunAsync("""{ __type(name: "CreateTagInput") { inputFields { name type { kind name ofType { name } } } } }"""));
        AssertJson("""{"data":{"__type":null}}""", await RunAsync("""{ __type(name: "createTag") { name } }"""));
        AssertJson("""{"data":{"__schema":{"queryType":{"name":"Query"},"mutationType":{"name":"Mutation"},"subscriptionType":null}}}""",
            await RunAsync("{ __schema { queryType { name } mutationType { name } subscriptionType { name } } }"));
    }

    [Fact]
    public void Every_type_that_the_schema_names_is_there()
    {
        var schema = Discovery.Catalog.GraphQl.Schema.Instance;
        foreach (var type in schema.Types)
        {
            var named = type.Fields.Select(field => field.Type).Concat(type.Fields.SelectMany(field => field.Arguments).Concat(type.InputFields).Select(input => input.Type)).Select(reference => reference.Innermost);
            Assert.All(named.Concat(type.PossibleTypes).Concat(type.Interfaces), name => Assert.NotNull(schema.Find(name)));
        }
    }
}

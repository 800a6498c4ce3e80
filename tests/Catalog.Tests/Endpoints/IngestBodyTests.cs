using System.Text;
using Discovery.Catalog.Endpoints.RestLi;
using Discovery.Metadata;

namespace Discovery.Catalog.Tests.Endpoints;

public sealed class IngestBodyTests
{
    private const string Tag = """{"entityType":"tag","entityUrn":"urn:li:tag:a","changeType":"UPSERT","aspectName":"tagProperties","aspect":{"value":"{\"name\":\"a\"}","contentType":"application/json"}}""";

    [Fact]
    public void Proposals_come_in_the_order_of_the_body_whatever_stands_around_them()
    {
        var proposals = ReadBatch($$"""{"async":"true","unknown":{"proposals":[1]},"proposals":[{{Tag}}, {{Tag.Replace(":a\"", ":b\"")}} ]}""");

        Assert.Equal(["urn:li:tag:a", "urn:li:tag:b"], proposals.Select(proposal => proposal.Urn));
        Assert.All(proposals, proposal => Assert.Equal("""{"name":"a"}""", Encoding.UTF8.GetString(proposal.Aspect.Span)));
    }

    [Fact]
    public void System_metadata_may_be_json_in_a_text()
    {
        var proposal = ReadOne($$$"""{"proposal":{{{Tag[..^1]}}},"systemMetadata":"{\"lastObserved\": 7, \"runId\": \"실행\"}"},"async":"false"}""");

        Assert.Equal((7, "실행"), (proposal.SystemMetadata!.LastObserved, proposal.SystemMetadata.RunId));
        Assert.Equal("urn:li:tag:a", proposal.Urn);
    }

    [Fact]
    public void The_single_call_sends_the_characters_of_escapes_in_urns()
    {
        var proposal = ReadOne($$"""{"proposal":{{Tag.Replace("tag:a", @"tag:\\ud310\\ub9e4")}}}""");

        Assert.Equal("urn:li:tag:판매", proposal.Urn);
    }

    [Fact]
    public void Characters_of_an_escape_of_half_a_character_are_refused()
    {
        var refusal = Assert.Throws<CatalogException>(() => ReadOne($$"""{"proposal":{{Tag.Replace("tag:a", @"tag:\\ud800")}}}"""));

        Assert.Equal(CatalogFault.Argument, refusal.Fault);
    }

    [Fact]
    public void The_batch_call_keeps_backslashes_in_urns()
    {
        var proposal = Assert.Single(ReadBatch($$"""{"proposals":[{{Tag.Replace("tag:a", @"tag:\\ud310")}}]}"""));

        Assert.Equal(@"urn:li:tag:\ud310", proposal.Urn);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{oops")]
    [InlineData("""{"proposals":{}}""")]
    [InlineData("""{"proposals":[1]}""")]
    [InlineData("""{"proposals":[null]}""")]
    [InlineData("""{"proposals":[{}]}""")]
    [InlineData("""{"proposals":[{"proposedSnapshot":{"com.linkedin.metadata.snapshot.TagSnapshot":{"urn":"urn:li:tag:a","aspects":[]}}}]}""")]
    [InlineData("""{"proposals":[{"systemMetadata":"\ud800"}]}""")]
    [InlineData("""{"proposals":[{"systemMetadata":"{"}]}""")]
    [InlineData("""{"proposals":[]} x""")]
    public void What_is_no_batch_is_refused_as_such(string body)
    {
        var refusal = Assert.Throws<CatalogException>(() => ReadBatch(body));

        Assert.Equal(CatalogFault.Argument, refusal.Fault);
    }

    [Fact]
    public void A_body_that_is_too_deep_is_refused()
    {
        var refusal = Assert.Throws<CatalogException>(() => ReadBatch($$"""{"proposals":[{"x":{{new string('[', 5000)}}{{new string(']', 5000)}}}]}"""));

        Assert.Equal(CatalogFault.Argument, refusal.Fault);
    }

    private static MetadataChangeProposal ReadOne(string body) => Assert.Single(IngestBody.ReadOne(Encoding.UTF8.GetBytes(body)));

    private static IReadOnlyList<MetadataChangeProposal> ReadBatch(string body) => IngestBody.ReadBatch(Encoding.UTF8.GetBytes(body));
}

using System.Text.Json;
using Discovery.Catalog.Writes;
using Discovery.Metadata;
using Discovery.Metadata.Model;
using static Discovery.Catalog.Tests.Writes.Aspects;

namespace Discovery.Catalog.Tests.Writes;

public sealed class ProposalTests
{
    [Fact]
    public void A_proposal_becomes_a_change()
    {
        var metadata = new SystemMetadata(17, "run", "pipe");
        var change = Accepted(Proposal(Orders, "status", """{ "removed": false, "x": 1 }""", metadata: metadata));
        Assert.Equal((Orders, "dataset", "status"), (change.Urn.ToString(), change.Entity.Name, change.Aspect.Name));
        Assert.Equal((ChangeKind.Upsert, """{"removed":false}"""), (change.Kind, Text(change.Value)));
        Assert.Equal(metadata, change.Observed);
        Assert.Same(WriteConditions.None, change.Conditions);
    }

    [Theory]
    [InlineData("UPSERT", ChangeKind.Upsert)]
    [InlineData("UPDATE", ChangeKind.Upsert)]
    [InlineData("CREATE", ChangeKind.Create)]
    [InlineData("CREATE_ENTITY", ChangeKind.CreateEntity)]
    public void Change_types_say_how_to_write(string change, ChangeKind kind) =>
        Assert.Equal(kind, Accepted(Proposal(Orders, "status", "{}", change)).Kind);

    [Theory]
    [InlineData("RESTATE")]
    [InlineData("DELETE")]
    [InlineData("upsert")]
    [InlineData("")]
    public void Other_change_types_are_refused_and_told_what_to_use(string change)
    {
        var refused = Refused(Proposal(Orders, "status", "{}", change));
        Assert.Equal(CatalogFault.Argument, refused.Fault);
        Assert.Contains("UPSERT", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE")]
    [InlineData("CREATE_ENTITY")]
    [InlineData("PATCH")]
    public void A_timeseries_aspect_takes_upserts_only(string change) =>
        Assert.Equal(CatalogFault.Argument, Refused(Proposal(Orders, "datasetProfile", """{"timestampMillis":1}""", change)).Fault);

    [Fact]
    public void Names_of_entity_types_are_compared_without_case() =>
        Assert.Equal("dataset", Accepted(Proposal(Orders, "status", "{}", entity: "DATASET")).Entity.Name);

    [Theory]
    [InlineData("nosuch", "urn:li:nosuch:x", "status", CatalogFault.Validation, "Failed to find entity with name nosuch in EntityRegistry")]
    [InlineData("dataset", Orders, "nosuch", CatalogFault.Validation, "Unknown aspect nosuch for entity dataset")]
    [InlineData("dataset", Orders, "tagProperties", CatalogFault.Validation, "Unknown aspect tagProperties for entity dataset")]
    public void What_the_model_does_not_know_is_refused(string entity, string urn, string aspect, CatalogFault fault, string message)
    {
        var refused = Refused(Proposal(urn, aspect, "{}", entity: entity));
        Assert.Equal((fault, message), (refused.Fault, refused.Message));
    }

    [Theory]
    [InlineData("not-a-urn")]
    [InlineData("urn:li:dataset:")]
    [InlineData("urn:li:dataset:(,,)")]
    [InlineData("urn:li:dataset:(urn:li:dataPlatform:hive,a,PROD")]
    [InlineData("urn:li:dataset:(urn:li:dataPlatform:hive,a)")]
    [InlineData("urn:li:dataset:(urn:li:dataPlatform:hive,a,b,PROD)")]
    [InlineData("urn:li:dataset:(urn:li:dataPlatform:hive,a,NOWHERE)")]
    [InlineData("urn:li:dataset:(hive,a,PROD)")]
    [InlineData("urn:li:dataset:plain")]
    [InlineData("urn:li:Dataset:(urn:li:dataPlatform:hive,a,PROD)")]
    [InlineData("urn:li:tag:x")]
    [InlineData(" urn:li:dataset:(urn:li:dataPlatform:hive,a,PROD)")]
    [InlineData("urn:li:dataset:(urn:li:dataPlatform:hive,a,PROD) ")]
    [InlineData("urn:li:dataset:(urn:li:dataPlatform:hive,a␟b,PROD)")]
    public void A_urn_that_names_no_entity_of_the_type_is_refused(string urn) =>
        Assert.Equal(CatalogFault.Argument, Refused(Proposal(urn, "status", "{}", entity: "dataset")).Fault);

    [Theory]
    [InlineData("판매.주문")]
    [InlineData("a/b/c")]
    [InlineData("50%25 %28x%29")]
    [InlineData("q?x=1&y=2#z + ; : @ \" \\ 😀")]
    [InlineData("f(x,y)")]
    public void A_name_may_have_any_other_characters(string name)
    {
        var urn = $"urn:li:dataset:(urn:li:dataPlatform:hive,{name},PROD)";
        Assert.Equal(urn, Accepted(Proposal(urn, "status", "{}")).Urn.ToString());
    }

    [Fact]
    public void A_tag_ends_with_no_blank() => Assert.Equal(CatalogFault.Argument, Refused(Proposal("urn:li:tag:x ", "status", "{}")).Fault);

    [Theory]
    [InlineData("x", 493, 0)]
    [InlineData("한", 54, 7)]
    [InlineData(" ", 492, 1)]
    public void A_urn_has_at_most_512_bytes_when_it_is_encoded(string character, int most, int rest)
    {
        // urn%3Ali%3Atag%3A takes 17 bytes; the letters at the end fill up what is left of 512.
        var longest = "urn:li:tag:" + string.Concat(Enumerable.Repeat(character, most)) + new string('z', rest);
        Accepted(Proposal(longest + (character == "x" ? "xx" : character == " " ? "z" : "z"), "status", "{}"));
        Assert.Equal(CatalogFault.Argument, Refused(Proposal(longest + "zzz", "status", "{}")).Fault);
    }

    [Fact]
    public void A_column_may_have_a_longer_urn() =>
        Accepted(Proposal($"urn:li:schemaField:({Orders},{new string('x', 600)})", "schemafieldInfo", "{}"));

    [Fact]
    public void A_key_aspect_names_the_entity_instead_of_a_urn()
    {
        static AspectChange Keyed(string entity, string aspect, string key) => Accepted(
            new MetadataChangeProposal(entity, "", aspect, Utf8("{}")) { OtherMembers = Utf8($$"""
                "entityKeyAspect":{"value":{{JsonSerializer.Serialize(key)}},"contentType":"application/json"}
                """) });
        Assert.Equal("urn:li:corpuser:판매", Keyed("corpuser", "status", """{"username":"판매"}""").Urn.ToString());
        Assert.Equal(Orders, Keyed("dataset", "status", """{"origin":"PROD","name":"shop.orders","platform":"urn:li:dataPlatform:mysql"}""").Urn.ToString());
        Assert.Throws<CatalogException>(() => Keyed("dataset", "status", """{"name":"shop.orders"}"""));
        Assert.Throws<CatalogException>(() => Keyed("container", "status", "{}"));
        Assert.Equal(CatalogFault.Argument, Refused(Proposal("", "status", "{}", entity: "dataset")).Fault);
    }

    [Fact]
    public void A_key_aspect_sent_by_hand_makes_the_entity_with_the_key_of_its_urn()
    {
        var change = Accepted(Proposal("urn:li:tag:x", "tagKey", """{"name":"other"}""", metadata: new SystemMetadata(1, "r", null)));
        Assert.Equal((ChangeKind.Create, true, """{"name":"x"}"""), (change.Kind, change.Conditions.SkipExisting, Text(change.Value)));
        Assert.Equal(CatalogFault.Validation, Refused(Proposal("urn:li:tag:x", "tagKey", """{"name":1}""")).Fault);
    }

    [Fact]
    public void A_proposal_without_system_metadata_was_observed_now_by_no_run()
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var observed = Accepted(Proposal(Orders, "status", "{}")).Observed;
        Assert.Equal(("no-run-id-provided", "no-run-id-provided"), (observed.RunId, observed.LastRunId));
        Assert.InRange(observed.LastObserved, before, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        Assert.InRange(Accepted(Proposal(Orders, "status", "{}", metadata: new SystemMetadata(0, "r", null))).Observed.LastObserved, before, long.MaxValue);
    }

    [Fact]
    public void Headers_are_conditions()
    {
        var conditions = Accepted(Proposal(Orders, "status", "{}", "CREATE", """
            "auditHeader":{},"headers":{"If-Version-Match":"-1","If-Modified-Since":"2001-01-01T00:00:00Z","if-unmodified-since":"2099-01-01T10:00:00.5+09:00","If-None-Match":"*","X-Other":"1"}
            """)).Conditions;
        Assert.Equal("-1", conditions.VersionMatch);
        Assert.Equal(new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero), conditions.ModifiedSince);
        Assert.Equal(new DateTimeOffset(2099, 1, 1, 1, 0, 0, 500, TimeSpan.Zero), conditions.UnmodifiedSince);
        Assert.True(conditions.SkipExisting);
        Assert.Equal(WriteConditions.None, Accepted(Proposal(Orders, "status", "{}", others: """ "headers":{} """)).Conditions);
    }

    [Theory]
    [InlineData("""{"If-Version-Match":"x"}""")]
    [InlineData("""{"If-Version-Match":["1"]}""")]
    [InlineData("""{"If-Modified-Since":"yesterday"}""")]
    [InlineData("""{"If-Unmodified-Since":"01/02/2003"}""")]
    [InlineData("""{"If-None-Match":"abc"}""")]
    [InlineData("""["If-None-Match"]""")]
    public void A_malformed_header_is_refused(string headers) =>
        Assert.Equal(CatalogFault.Argument, Refused(Proposal(Orders, "status", "{}", others: $"\"headers\":{headers}")).Fault);

    [Fact]
    public void A_proposal_without_an_aspect_is_refused() => Assert.Equal(CatalogFault.Validation, Refused(Proposal(Orders, "status", "")).Fault);

    [Fact]
    public void A_patch_is_checked_for_its_form_and_kept_as_it_is()
    {
        const string Patch = """[{"op":"add","path":"/removed","value":false}]""";
        var change = Accepted(Proposal(Orders, "status", Patch, "PATCH"));
        Assert.Equal((ChangeKind.Patch, Patch), (change.Kind, Text(change.Value)));
        Assert.Equal(CatalogFault.Validation, Refused(Proposal(Orders, "status", """{"removed":false}""", "PATCH")).Fault);
    }

    [Fact]
    public void The_members_of_keys_that_the_model_calls_urns_are_known()
    {
        using var model = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Require("models/aspects.json")));
        var urns = AspectRegistry.Instance.Entities.Values
            .SelectMany(entity => model.RootElement.GetProperty("records").GetProperty(Type(entity.KeyAspect).Record.FullName).EnumerateArray())
            .Where(member => member.TryGetProperty("urn", out _)).Select(member => member.GetProperty("name").GetString()!);
        Assert.Equivalent(EntityKey.UrnMembers, urns.ToHashSet(), strict: true);
    }

    [Fact]
    public void The_key_of_every_entity_type_can_be_made_and_read_back()
    {
        foreach (var entity in AspectRegistry.Instance.Entities.Values)
        {
            var parts = Type(entity.KeyAspect).Record.Fields.Values.Select(field => field.Type is EnumType symbols ? symbols.Symbols.First()
                : EntityKey.UrnMembers.Contains(field.Name) ? "urn:li:dataPlatform:p" : $"the {field.Name} \"1\"").ToList();
            var urn = Urn.Parse($"urn:li:{entity.Name}:{(parts.Count == 1 ? parts[0] : $"({string.Join(',', parts)})")}");
            var key = ServerAspects.Key(urn, entity);
            Assert.Equal(key, ProposalChecker.CheckValue(Type(entity.KeyAspect), key));
            Assert.Equal(urn.ToString(), EntityKey.Of(entity).ToUrn(key));
        }
    }
}

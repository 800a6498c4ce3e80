using System.Text;
using Discovery.Metadata.Serialization;

namespace Discovery.Metadata.Tests;

public sealed class AvroDialectTests
{
    [Fact]
    public void An_event_becomes_one_proposal_per_aspect()
    {
        var snapshot = new MetadataChangeEvent("com.linkedin.pegasus2avro.metadata.snapshot.CorpUserSnapshot", "urn:li:corpuser:ann",
        [
            new("com.linkedin.pegasus2avro.common.Status", """{"removed":false}"""u8.ToArray()),
            new("com.linkedin.pegasus2avro.identity.CorpUserInfo", """{"active":true,"displayName":{"string":"Ann"}}"""u8.ToArray()),
        ]) { SystemMetadata = new SystemMetadata(1, "run", null) };
        var proposals = snapshot.ToProposals().ToList();
        Assert.Equal(["status", "corpUserInfo"], proposals.Select(proposal => proposal.AspectName));
        Assert.All(proposals, proposal =>
        {
            Assert.Equal("corpuser", proposal.EntityType);
            Assert.Equal("urn:li:corpuser:ann", proposal.Urn);
            Assert.Equal(snapshot.SystemMetadata, proposal.SystemMetadata);
        });
        Assert.Equal("""{"active":true,"displayName":"Ann"}""", Encoding.UTF8.GetString(proposals[1].Aspect.Span));
    }

    [Fact]
    public void Type_names_lose_pegasus2avro_in_keys_of_unions_only() => Converts(
        "schema.SchemaMetadata",
        """{"platformSchema":{"com.linkedin.pegasus2avro.schema.MySqlDDL":{"tableSchema":"com.linkedin.pegasus2avro.x"}},"fields":[{"type":{"type":{"com.linkedin.pegasus2avro.schema.StringType":{}}}}]}""",
        """{"platformSchema":{"com.linkedin.schema.MySqlDDL":{"tableSchema":"com.linkedin.pegasus2avro.x"}},"fields":[{"type":{"type":{"com.linkedin.schema.StringType":{}}}}]}""");

    [Fact]
    public void A_map_of_texts_keeps_its_keys_whatever_they_look_like() => Converts(
        "dataset.DatasetProperties",
        """{"customProperties":{"com.linkedin.pegasus2avro.x":"1"},"description":{"string":"{\"string\":\"x\"} 한 \ud800"},"uri":null}""",
        """{"customProperties":{"com.linkedin.pegasus2avro.x":"1"},"description":"{\"string\":\"x\"} 한 \ud800"}""");

    [Fact]
    public void Members_of_old_files_lose_their_wrapping_and_their_nulls() => Converts(
        "schema.SchemaMetadata",
        """{"schemaName":"s","created":{"time":0,"actor":"a","impersonator":null},"deleted":null,"cluster":{"string":"c"},"primaryKeys":{"array":["id"]},"fields":[{"fieldPath":"id","jsonPath":null,"description":{"string":"key"},"nativeDataType":"INTEGER()","isPartitioningKey":{"boolean":true},"unknown":null}]}""",
        """{"schemaName":"s","created":{"time":0,"actor":"a"},"cluster":"c","primaryKeys":["id"],"fields":[{"fieldPath":"id","description":"key","nativeDataType":"INTEGER()","isPartitioningKey":true,"unknown":null}]}""");

    [Fact]
    public void Optional_records_and_words_are_unwrapped_too() => Converts(
        "datajob.DataJobInfo",
        """{"name":"j","type":{"string":"x"},"created":{"com.linkedin.pegasus2avro.common.TimeStamp":{"time":1,"actor":null}},"env":{"com.linkedin.pegasus2avro.common.FabricType":"PROD"}}""",
        """{"name":"j","type":{"string":"x"},"created":{"time":1},"env":"PROD"}""");

    [Fact]
    public void A_map_that_has_the_key_map_stays() => Converts(
        "assertion.AssertionRunEvent",
        """{"runtimeContext":{"map":"x"},"result":null}""",
        """{"runtimeContext":{"map":"x"}}""");

    [Fact]
    public void A_wrapped_map_is_unwrapped() => Converts(
        "assertion.AssertionRunEvent",
        """{"runtimeContext":{"map":{"map":"x"}},"result":{"com.linkedin.pegasus2avro.assertion.AssertionResult":{"rowCount":{"long":5}}}}""",
        """{"runtimeContext":{"map":"x"},"result":{"rowCount":5}}""");

    [Fact]
    public void An_aspect_that_the_model_does_not_know_stays_as_it_is() => Converts(
        "acme.Secrets",
        """{"a":{"string":"x"},"b":null,"c":[{"com.linkedin.pegasus2avro.acme.X":{"long":1.50}}]}""",
        """{"a":{"string":"x"},"b":null,"c":[{"com.linkedin.acme.X":{"long":1.50}}]}""");

    private static void Converts(string type, string avro, string expected)
    {
        var snapshot = new MetadataChangeEvent("com.linkedin.pegasus2avro.metadata.snapshot.DatasetSnapshot", "urn:li:dataset:x",
            [new($"com.linkedin.pegasus2avro.{type}", Encoding.UTF8.GetBytes(avro))]);
        Assert.Equal(expected, Encoding.UTF8.GetString(Assert.Single(snapshot.ToProposals()).Aspect.Span));
    }
}

using System.Text;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.State;
using Discovery.Metadata;

namespace Discovery.Ingestion.Tests.State;

public sealed class StructureReaderTests
{
    private const string Orders = "urn:li:dataset:(urn:li:dataPlatform:mysql,eu1.shop.orders,PROD)";

    private const string Schema =
        """
        {"schemaName":"shop.orders","fields":[
          {"fieldPath":"id","nullable":false,"nativeDataType":"INTEGER()","isPartOfKey":true},
          {"fieldPath":"note","nullable":true,"description":"Free text","nativeDataType":"VARCHAR(20)","isPartOfKey":false}],
        "foreignKeys":[
          {"name":"fk_z","foreignFields":["urn:li:schemaField:(urn:li:dataset:(urn:li:dataPlatform:mysql,eu1.shop.customers,PROD),id)"],
           "sourceFields":["urn:li:schemaField:(urn:li:dataset:(urn:li:dataPlatform:mysql,eu1.shop.orders,PROD),note%28a%29)"],
           "foreignDataset":"urn:li:dataset:(urn:li:dataPlatform:mysql,eu1.shop.customers,PROD)"},
          {"name":"fk_a","foreignFields":[],"sourceFields":[],"foreignDataset":"urn:li:dataset:(urn:li:dataPlatform:mysql,x,PROD)"}]}
        """;

    [Fact]
    public void A_table_is_read_from_its_snapshot_and_its_other_records()
    {
        var structure = StructureReader.Read(new WorkUnit("dataset",
        [
            Snapshot(("com.linkedin.pegasus2avro.dataset.DatasetProperties", """{"name":"orders","description":"All orders"}"""), ("com.linkedin.pegasus2avro.schema.SchemaMetadata", Schema)),
            Proposal("subTypes", """{"typeNames":["Table"]}"""),
        ]))!;
        Assert.Equal((Orders, "eu1.shop.orders", "eu1.shop", "Table", "All orders"), (structure.Urn, structure.Name, structure.Database, structure.Kind, structure.Comment));
        Assert.Equal([new("id", "INTEGER()", false, null, true), new("note", "VARCHAR(20)", true, "Free text", false)], structure.Columns);
        Assert.Equal(["fk_a () → x ()", "fk_z (note(a)) → eu1.shop.customers (id)"], structure.ForeignKeys);
    }

    [Fact]
    public void A_record_of_its_own_tells_the_columns_alone()
    {
        var structure = StructureReader.Read(new WorkUnit("dataset", [Proposal("schemaMetadata", Schema)]))!;
        Assert.Equal((2, null, null), (structure.Columns.Count, structure.Kind, structure.Comment));
    }

    [Theory]
    [InlineData("shop.orders", "orders", "shop")]
    [InlineData("eu1.shop.orders", null, "eu1.shop")]
    [InlineData("shop.old.orders", "old.orders", "shop")]
    [InlineData("shop.orders", "Orders", "shop")]
    [InlineData("shop.orders", "something else", "shop")]
    [InlineData("orders", null, "")]
    [InlineData("shop.a%2Cb", "a,b", "shop")]
    public void The_database_is_the_name_without_that_of_the_table(string name, string? ownName, string database)
    {
        var urn = $"urn:li:dataset:(urn:li:dataPlatform:mysql,{name},PROD)";
        List<MetadataRecord> records = [Proposal("schemaMetadata", "{}", urn)];
        if (ownName is not null)
        {
            records.Add(Proposal("datasetProperties", $$"""{"name":"{{ownName}}"}""", urn));
        }
        Assert.Equal(database, StructureReader.Read(new WorkUnit("dataset", records))!.Database);
    }

    [Theory]
    [InlineData("status", """{"removed":false}""")]
    [InlineData("schemaMetadata", "")]
    [InlineData("schemaMetadata", """{"fields":[{"fieldPath":"\ud800"}]}""")]
    [InlineData("schemaMetadata", """{"fields":""")]
    public void Where_the_columns_are_not_told_there_is_no_structure(string aspect, string json) =>
        Assert.Null(StructureReader.Read(new WorkUnit("dataset", [Proposal(aspect, json)])));

    [Theory]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("""{"fields":{},"foreignKeys":[3]}""")]
    [InlineData("""{"fields":[null,[],{"fieldPath":4,"nullable":"yes"}]}""")]
    public void What_a_file_says_amiss_is_left_out(string json) =>
        Assert.NotNull(StructureReader.Read(new WorkUnit("dataset", [Proposal("schemaMetadata", json), Proposal("datasetProperties", json), Proposal("subTypes", json)])));

    [Fact]
    public void A_patch_tells_no_structure() =>
        Assert.Null(StructureReader.Read(new WorkUnit("dataset", [new MetadataChangeProposal("dataset", Orders, "schemaMetadata", Encoding.UTF8.GetBytes(Schema)) { ChangeType = MetadataChangeProposal.Patch }])));

    [Theory]
    [InlineData("container", "urn:li:container:3")]
    [InlineData("dataset", "urn:li:dataset:3")]
    [InlineData("dataset", "urn:li:dataset:(a,b")]
    [InlineData("dataset", "")]
    [InlineData(WorkUnit.Lineage, Orders)]
    public void What_is_no_dataset_has_no_structure(string entityType, string urn) =>
        Assert.Null(StructureReader.Read(new WorkUnit(entityType, [Proposal("schemaMetadata", Schema, urn)])));

    private static MetadataChangeProposal Proposal(string aspect, string json, string urn = Orders) => new("dataset", urn, aspect, Encoding.UTF8.GetBytes(json));

    private static MetadataChangeEvent Snapshot(params (string Type, string Json)[] aspects) =>
        new("com.linkedin.pegasus2avro.metadata.snapshot.DatasetSnapshot", Orders, [.. aspects.Select(aspect => new SnapshotAspect(aspect.Type, Encoding.UTF8.GetBytes(aspect.Json)))]);
}

using System.ComponentModel;
using System.Diagnostics;
using Discovery.Metadata.Model;

namespace Discovery.Metadata.Tests;

public sealed class ModelTests
{
    [Fact]
    public void The_registry_is_what_the_model_says()
    {
        var models = SharedFolder.Require("models");
        using var process = StartPython(Path.Combine(SharedFolder.Root, "eng", "update-model.py"), "--check", models);
        var fault = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, fault);
    }

    [Fact]
    public void Every_aspect_name_follows_from_its_type_without_the_model()
    {
        foreach (var aspect in AspectRegistry.Instance.Aspects.Values)
        {
            Assert.Equal(aspect.Name, SnapshotNames.AspectName(aspect.Record.FullName));
        }
    }

    [Theory]
    [InlineData("CorpUser", "corpuser")]
    [InlineData("CorpGroup", "corpGroup")]
    [InlineData("MLPrimaryKey", "mlPrimaryKey")]
    [InlineData("DataHubPolicy", "dataHubPolicy")]
    [InlineData("Dataset", "dataset")]
    [InlineData("SchemaField", "schemaField")]
    public void A_snapshot_names_its_entity_type(string snapshot, string entityType)
    {
        Assert.Equal(entityType, SnapshotNames.EntityType($"com.linkedin.pegasus2avro.metadata.snapshot.{snapshot}Snapshot"));
        Assert.Contains(entityType, AspectRegistry.Instance.Entities.Keys);
    }

    [Fact]
    public void The_registry_knows_entities_their_aspects_and_the_fields_of_these()
    {
        var registry = AspectRegistry.Instance;
        Assert.Equal("datasetKey", registry.Entities["dataset"].KeyAspect);
        Assert.Contains("schemaMetadata", registry.Entities["dataset"].Aspects);
        Assert.True(registry.Aspects["datasetProfile"].Timeseries);
        var fields = registry.Aspects["schemaMetadata"].Record.Fields;
        Assert.IsType<UnionType>(fields["platformSchema"].Type);
        var field = Assert.IsType<RecordType>(Assert.IsType<ArrayType>(fields["fields"].Type).Item);
        Assert.Equal("com.linkedin.schema.SchemaField", field.FullName);
        Assert.True(field.Fields["description"].Optional);
        Assert.True(field.Fields["recursive"].HasDefault);
        Assert.All(registry.Entities.Values.SelectMany(entity => entity.Aspects), aspect => Assert.Contains(aspect, registry.Aspects.Keys));
    }

    private static Process StartPython(params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("python3 is not there");
            throw;
        }
    }
}

using Discovery.Ingestion.Pipeline;
using Discovery.Metadata;
using Discovery.Metadata.Serialization;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>
/// The records of stored procedures: in DataHub each is a data job, and those of one database are in a data flow.
/// </summary>
internal sealed class ProcedureRecords(string platform, EntityRecords records, MySqlSourceConfig config)
{
    /// <summary>What holds the procedures of a database in DataHub.</summary>
    public const string FlowType = "dataFlow";

    /// <summary>What a procedure is in DataHub.</summary>
    public const string JobType = "dataJob";

    private readonly JsonText _json = new();

    /// <summary>Everything about the flow of a database.</summary>
    public WorkUnit Flow(string schema)
    {
        _json.Raw("{\"customProperties\":{},\"name\":"u8).Text(FlowName(schema)).Raw("}"u8);
        return Unit(FlowType, schema, FlowUrn(schema), "dataFlowInfo", "Procedures Container", definition: null);
    }

    /// <summary>Everything about a procedure.</summary>
    /// <param name="schema">Its database.</param>
    /// <param name="name">Its name.</param>
    /// <param name="definition">Its body, null where the account may not read it.</param>
    public WorkUnit Job(string schema, string name, string? definition)
    {
        _json.Raw("{\"customProperties\":{},\"name\":"u8).Text(name).Raw(",\"type\":{\"string\":\"Stored Procedure\"}}"u8);
        return Unit(JobType, schema, Urns.DataJob(FlowUrn(schema), name), "dataJobInfo", "Stored Procedure", definition);
    }

    private static string FlowName(string schema) => $"{schema}.stored_procedures";

    private string FlowUrn(string schema) => Urns.DataFlow(platform, config.PlatformInstance, FlowName(schema), config.Env);

    private WorkUnit Unit(string type, string schema, string urn, string infoAspect, string subType, string? definition)
    {
        var container = records.ContainerUrn(schema);
        List<MetadataRecord> all = [EntityRecords.Proposal(urn, infoAspect, _json.Take()), records.SubType(urn, subType)];
        if (records.HasInstance)
        {
            all.Add(records.PlatformInstance(urn));
        }
        all.Add(records.InContainer(urn, container));
        if (definition is not null)
        {
            _json.Raw("{\"transforms\":[{\"queryStatement\":{\"value\":"u8).Text(definition).Raw(",\"language\":\"SQL\"}}]}"u8);
            all.Add(EntityRecords.Proposal(urn, "dataTransformLogic", _json.Take()));
        }
        records.AddBrowsePath(all, urn, container);
        all.Add(EntityRecords.Status(urn));
        return new WorkUnit(type, all);
    }
}

using System.Text.Json.Nodes;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy.Charts;

/// <summary>Something that is wrong with values of a chart.</summary>
/// <param name="Rule"><c>chart-key</c> or another name.</param>
/// <param name="At">The value; null for the file.</param>
/// <param name="Path">Its keys, such as <c>global.datahub.version</c>.</param>
/// <param name="IsWarning">Whether the chart can be rendered and does what is meant all the same.</param>
/// <param name="Message">What is wrong, and what to write instead.</param>
internal sealed record ValuesFault(string Rule, JsonNode? At, string Path, bool IsWarning, string Message);

/// <summary>Values of one of DataHub's charts.</summary>
internal sealed class ChartValues
{
    private static readonly string[] PrerequisiteKeys = ["elasticsearch", "opensearch", "neo4j", "neo4j-community", "mysql", "postgresql", "gcloud-sqlproxy", "cp-helm-charts", "kafka"];
    private readonly JsonObject _values;
    private readonly bool _isPrerequisites;

    private ChartValues(JsonObject values, bool isPrerequisites) => (_values, _isPrerequisites) = (values, isPrerequisites);

    /// <summary>Takes values of the chart datahub or datahub-prerequisites, told by their keys; null for anything else.</summary>
    public static ChartValues? Read(JsonObject values) =>
        values.Any(entry => entry.Key.StartsWith("datahub", StringComparison.Ordinal) || entry.Key == "acryl-datahub-actions" || entry.Key.EndsWith("SetupJob", StringComparison.Ordinal))
        || values.Has("global", "datahub") || values.Has("global", "sql", "datasource") ? new ChartValues(values, isPrerequisites: false)
        : values.Any(entry => PrerequisiteKeys.Contains(entry.Key)) && values.All(entry => PrerequisiteKeys.Contains(entry.Key) || entry.Key == "global") ? new ChartValues(values, isPrerequisites: true)
        : null;

    /// <summary>Compares them with the chart.</summary>
    public IEnumerable<ValuesFault> Check() =>
        _isPrerequisites ? PrerequisiteFaults.Find(_values) : [.. GoneKeys.Find(_values), .. ValueTraps.Find(_values), .. ChartKeyTree.BuiltIn.Compare(_values)];
}

using Discovery.Deploy.Input;
using Discovery.Deploy.Output;

namespace Discovery.Deploy.Airflow;

/// <summary>A DAG file for each scheduled recipe.</summary>
internal static class AirflowDags
{
    /// <summary>A DAG file for each scheduled recipe.</summary>
    public static IEnumerable<OutputFile> Of(DeployEnvironment environment) => [];
}

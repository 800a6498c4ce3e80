using Discovery.Deploy.Input;

namespace Discovery.Deploy.Cloud;

/// <summary>The script that makes what an environment needs in Google Cloud.</summary>
internal static class GoogleCloudScript
{
    /// <summary>The script that makes what an environment needs in Google Cloud.</summary>
    public static string Of(DeployEnvironment environment) => "";
}

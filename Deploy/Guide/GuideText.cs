using Discovery.Deploy.Input;

namespace Discovery.Deploy.Guide;

/// <summary>The README.md of the output.</summary>
internal static class GuideText
{
    /// <summary>The README.md of the output.</summary>
    public static string Of(IReadOnlyList<DeployEnvironment> environments) => "";
}

using System.Text.RegularExpressions;
using Discovery.Ingestion.Pipeline;

namespace Discovery.Deploy.Input;

/// <summary>Which names variables of recipes may have.</summary>
internal static partial class VariableNames
{
    /// <summary>The variable that each pod has: address of the metadata service.</summary>
    public const string GmsUrl = "DATAHUB_GMS_URL";

    /// <summary>Why a name is refused; null where it is fine.</summary>
    public static string? Fault(string name) =>
        name == GmsUrl ? "is given already, and is the address of this environment's DataHub; remove it"
        : !Name().IsMatch(name) ? "the name of a variable has letters, digits and _, and begins with no digit"
        : !Confinement.Shows(name) ? "recipes do not see variables that begin with DISCOVERY_WORKER_, DISCOVERY_API_, DISCOVERY_OIDC_ or OTEL_; give it another name, here and in the recipe"
        : OfTheProcess().IsMatch(name) ? "is a variable that the process itself goes by; give it another name, here and in the recipe"
        : null;

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(?:PATH|HOME|TMPDIR|HOSTNAME|TZ|SSL_CERT_(?:FILE|DIR)|(?:HTTP|HTTPS|ALL|NO)_PROXY|LD_.*|DOTNET_.*|ASPNETCORE_.*|COMPLUS_.*|CORECLR_.*|KUBERNETES_.*)\z", RegexOptions.IgnoreCase)]
    private static partial Regex OfTheProcess();
}

using System.Text.Json.Nodes;

namespace Discovery.Deploy.Kubernetes;

/// <summary>Service accounts. No pod asks the Kubernetes API for anything, so none gets a token for it.</summary>
internal static class ServiceAccount
{
    /// <summary>Annotation that names the Google account which pods of a service account act as.</summary>
    public const string GoogleAnnotation = "iam.gke.io/gcp-service-account";

    /// <summary>An account.</summary>
    /// <param name="ns">Namespace.</param>
    /// <param name="name">Name.</param>
    /// <param name="google">Address of the Google account that its pods act as; null for none.</param>
    public static JsonObject Of(string ns, string name, string? google = null)
    {
        var account = Manifest.Head("v1", "ServiceAccount", ns, name, annotations: google is null ? null : new JsonObject { [GoogleAnnotation] = google });
        account["automountServiceAccountToken"] = false;
        return account;
    }
}

namespace Discovery.Deploy.Input.Forms;

/// <summary>Name of a Kubernetes object that is also a label of DNS, such as a namespace.</summary>
internal sealed class DnsLabelAttribute() : TextPatternAttribute(
    "a name of at most 63 lower-case letters, digits and dashes that begins and ends with a letter or digit", "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$");

/// <summary>Name of a group of workers, which <c>discovery-worker-</c> and the suffixes of pods are put around.</summary>
internal sealed class GroupNameAttribute() : TextPatternAttribute(
    "a name of at most 30 lower-case letters, digits and dashes that begins and ends with a letter or digit", "^[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?$");

/// <summary>Id of a project of Google Cloud.</summary>
internal sealed class ProjectIdAttribute() : TextPatternAttribute(
    "a project id (6 to 30 lower-case letters, digits and dashes, a letter first), such as example-prod", "^[a-z][a-z0-9-]{4,28}[a-z0-9]$");

/// <summary>Region of Google Cloud.</summary>
internal sealed class RegionAttribute() : TextPatternAttribute("a region, such as europe-west1", "^[a-z]+-[a-z]+[0-9]+$")
{
    /// <inheritdoc/>
    public override string Advice(string text) => text is [.. var region, '-', >= 'a' and <= 'z'] && Takes(region) ? $"; that is a zone, write {region}" : "";
}

/// <summary>Name of a GKE cluster.</summary>
internal sealed class ClusterNameAttribute() : TextPatternAttribute(
    "the name of a GKE cluster (at most 40 lower-case letters, digits and dashes, a letter first), such as data-prod", "^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$");

/// <summary>Name of a VPC network.</summary>
internal sealed class NetworkNameAttribute() : TextPatternAttribute(
    "the name of a VPC network (at most 63 lower-case letters, digits and dashes, a letter first), such as default", "^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$");

/// <summary>Name of a Cloud SQL instance, without project and region.</summary>
internal sealed class InstanceNameAttribute() : TextPatternAttribute(
    "the name of a Cloud SQL instance alone (at most 84 lower-case letters, digits and dashes, a letter first), such as datahub-prod", "^[a-z]([a-z0-9-]{0,82}[a-z0-9])?$")
{
    /// <inheritdoc/>
    public override string Advice(string text) => text.Split(':') is [_, _, var name] && Takes(name) ? $"; write {name}, project and region are known" : "";
}

/// <summary>Machine type of a Cloud SQL instance.</summary>
internal sealed class MachineTypeAttribute() : TextPatternAttribute("a machine type of Cloud SQL, such as db-custom-2-7680", "^db-[a-z0-9]+(-[a-z0-9]+)*$");

/// <summary>Name of a MySQL database, which stands in an address.</summary>
internal sealed class DatabaseNameAttribute() : TextPatternAttribute("the name of a database (letters, digits and _, a letter first), such as datahub", "^[A-Za-z][A-Za-z0-9_]{0,63}$");

/// <summary>Branch or tag of Git.</summary>
internal sealed class RevisionAttribute() : TextPatternAttribute("a branch or tag, such as main", "^[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9_-])?$");

/// <summary>Folder below another one.</summary>
internal sealed class RelativeFolderAttribute() : TextPatternAttribute(
    "a relative folder with slashes between its parts, such as gke or platform/gke", @"^(?!\.\.?(/|$))[A-Za-z0-9._-]+(/(?!\.\.?(/|$))[A-Za-z0-9._-]+)*$");

/// <summary>Folder of recipes, which may lie beside that of the file.</summary>
internal sealed class RecipeFolderAttribute() : TextPatternAttribute(
    "a folder relative to this file, such as recipes or ../recipes", @"^(\.\./)*(?!\.\.?(/|$))[A-Za-z0-9._-]+(/(?!\.\.?(/|$))[A-Za-z0-9._-]+)*$");

/// <summary>Name of a group at the issuer.</summary>
internal sealed class GroupAttribute() : TextPatternAttribute("the name of a group, without commas and quotes", @"^[^\s\x00-\x1f\x7f,""'\\-][^\x00-\x1f\x7f,""'\\]*$");

/// <summary>Label of workers, <c>deployment.executor_id</c> of recipes.</summary>
internal sealed class LabelAttribute() : TextPatternAttribute("a label of letters, digits, '.', '_' and '-', such as eu", "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$");

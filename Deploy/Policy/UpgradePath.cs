using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy;

/// <summary>Which moves between versions of DataHub are safe (https://docs.datahub.com/docs/how/updating-datahub).</summary>
public static partial class UpgradePath
{
    /// <summary>The version that we render.</summary>
    public const string Rendered = "v1.7.0.1";

    // Before v1.7.0 an installation must have run v1.6.0, whose update job moves its data.
    private static readonly Version StopOver = new(1, 6, 0, 0);
    private static readonly Version AfterStopOver = new(1, 7, 0, 0);

    /// <summary>Says why a move is refused; null where it is allowed.</summary>
    /// <param name="from">Version that runs, such as <c>v1.4.0</c>.</param>
    /// <param name="to">Version to move to.</param>
    public static string? Check(string from, string to)
    {
        if (Parse(from) is not { } before || Parse(to) is not { } after)
        {
            return $"'{Shown.Of(Parse(from) is null ? from : to)}' is no version of DataHub; write it like v1.6.0";
        }
        if (after < before)
        {
            return $"DataHub {from} cannot go back to {to}: newer versions change its tables and indices. Restore the backup that was made before the move instead (docs/gke-upgrades.md)";
        }
        return before < StopOver && after >= AfterStopOver
            ? $"DataHub {from} must run v1.6.0 (chart 1.0.3) once before {to}, or its data is not moved; deploy that first, wait until its update jobs are complete, then render again (docs/gke-upgrades.md)"
            : null;
    }

    /// <summary>Says why a new version may not take the place of what was rendered before; null where it may.</summary>
    /// <param name="existingValuesYaml">Content of <c>datahub/values.yaml</c> of the environment as it is deployed; null where there is none yet.</param>
    /// <param name="newVersion">Version to move to.</param>
    public static string? Refusal(string? existingValuesYaml, string newVersion)
    {
        if (existingValuesYaml is null)
        {
            return null;
        }
        var values = YamlDocuments.Read(existingValuesYaml, []).Select(document => document.Root).OfType<JsonObject>().FirstOrDefault();
        return values is not null && VersionIn(values) is var (version, _)
            ? Check(version, newVersion)
            : "the values.yaml that is there names no version of DataHub (global.datahub.version), so that nobody can tell whether the move is safe; write the version that runs into it, or remove the file if DataHub does not run yet";
    }

    /// <summary>The version that values install, and where they name it; null where they do not.</summary>
    internal static (string Version, string Path)? VersionIn(JsonObject values)
    {
        // Charts of 2022 have a tag for each image.
        foreach (var path in new string[][] { ["global", "datahub", "version"], ["datahub-gms", "image", "tag"] })
        {
            if (values.Text(path) is { } version && Parse(version) is not null)
            {
                return (version, string.Join('.', path));
            }
        }
        return null;
    }

    private static Version? Parse(string version)
    {
        var match = Form().Match(version);
        return match.Success ? new Version(Part("major"), Part("minor"), Part("patch"), Part("fix")) : null;

        int Part(string name) => match.Groups[name] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"\Av?(?<major>[0-9]{1,6})\.(?<minor>[0-9]{1,6})(\.(?<patch>[0-9]{1,6}))?(\.(?<fix>[0-9]{1,6}))?(-slim|rc[0-9]+|@sha256:[0-9a-f]+)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}

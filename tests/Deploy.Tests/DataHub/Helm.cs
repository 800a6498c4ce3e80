using System.Text.Json.Nodes;
using Discovery.Deploy.DataHub;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;
using YamlDotNet.RepresentationModel;

namespace Discovery.Deploy.Tests.DataHub;

/// <summary>The real Helm with the real charts, which lie in the folder that the variable DISCOVERY_CHARTS names.</summary>
internal static class Helm
{
    /// <summary>The folder of the charts; the test is skipped where it is not there.</summary>
    public static string Charts
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("DISCOVERY_CHARTS");
            Assert.SkipWhen(string.IsNullOrEmpty(folder), "DISCOVERY_CHARTS names no folder with the charts datahub and prerequisites");
            return folder!;
        }
    }

    /// <summary>What a chart renders.</summary>
    /// <param name="chart"><c>datahub</c> or <c>prerequisites</c>, which is the name of its release too.</param>
    /// <param name="values">Its values.</param>
    public static string Render(string chart, JsonObject values)
    {
        var charts = Charts;
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, YamlText.Write("A test.", values));
            var (exitCode, output, error) = Programs.Run(
                Path.Combine(Judges, "helm"),
                ["template", chart, Path.Combine(charts, chart), "--namespace", "datahub", "--kube-version", "1.36.0", "--values", file]);
            Assert.True(exitCode == 0, error);
            return output;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The objects of all charts of an environment.</summary>
    public static IReadOnlyList<JsonObject> Objects(DeployEnvironment environment) => [.. Texts(environment).SelectMany(Objects)];

    /// <summary>The texts of all charts of an environment.</summary>
    public static IReadOnlyList<string> Texts(DeployEnvironment environment) =>
    [
        Render("datahub", DataHubValues.Of(environment)),
        .. environment.HasPrerequisites ? [Render("prerequisites", PrerequisitesValues.Of(environment))] : Array.Empty<string>(),
    ];

    /// <summary>The objects of a rendered text; each scalar is a text, as it stands there.</summary>
    public static IEnumerable<JsonObject> Objects(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Select(document => Node(document.RootNode)).OfType<JsonObject>();
    }

    /// <summary>Folder of helm, kjudge and the other judges.</summary>
    public static string Judges => judges.Value;

    private static readonly Lazy<string> judges = new(() => Programs.Run(SharedFolder.Require("k8s/bin/unpack.sh"), []).Output.Trim());

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Node(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Node)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "null" or "" or null } => null,
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new InvalidOperationException(node.GetType().Name),
    };
}

using System.Globalization;
using System.Text.Json.Nodes;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.Discovery;

/// <summary>What every pod of Discovery has, so that a namespace with Pod Security <c>restricted</c> takes it.</summary>
internal static class RestrictedPod
{
    /// <summary>Folder for temporary files, the only one that a worker writes to.</summary>
    public const string Scratch = "/tmp";

    private const string ScratchVolume = "scratch";

    // Above 10000, where no account of a node is.
    private const int User = 10001;

    // Work comes in bursts: what is reserved is the usual, and several times that is there for them.
    private const int BurstFactor = 4;

    /// <summary>A pod without any right in the cluster.</summary>
    /// <param name="serviceAccount">Its service account.</param>
    /// <param name="graceSeconds">How long it may take to end.</param>
    /// <param name="scratch">Size of <see cref="Scratch"/>.</param>
    /// <param name="container">Its container.</param>
    /// <param name="volumes">Volumes besides <see cref="Scratch"/>.</param>
    public static JsonObject Spec(string serviceAccount, int graceSeconds, string scratch, JsonObject container, params JsonObject[] volumes) => new()
    {
        ["serviceAccountName"] = serviceAccount,
        ["automountServiceAccountToken"] = false,
        // Otherwise each Service of the namespace is a handful of variables, which recipes could mean.
        ["enableServiceLinks"] = false,
        ["terminationGracePeriodSeconds"] = graceSeconds,
        ["securityContext"] = new JsonObject
        {
            ["runAsNonRoot"] = true,
            ["runAsUser"] = User,
            ["runAsGroup"] = User,
            ["fsGroup"] = User,
            // Always would give each file of a volume to the group, also those that are the owner's alone.
            ["fsGroupChangePolicy"] = "OnRootMismatch",
            ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
        },
        ["containers"] = new JsonArray(container),
        ["volumes"] = new JsonArray(
        [
            .. volumes,
            new JsonObject { ["name"] = ScratchVolume, ["emptyDir"] = new JsonObject { ["sizeLimit"] = scratch } },
        ]),
    };

    /// <summary>A container that can do no more than its program; further keys are added later.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="image">Image, whose entry point is the program.</param>
    /// <param name="args">Words of the command line after the program, as <see cref="PodText.Literal"/> makes them.</param>
    /// <param name="env">Variables.</param>
    /// <param name="cpu">Processor time to reserve.</param>
    /// <param name="memory">Memory.</param>
    /// <param name="scratch">Size of <see cref="Scratch"/>.</param>
    /// <param name="mounts">Volumes besides it.</param>
    public static JsonObject Container(string name, string image, IEnumerable<string> args, IEnumerable<JsonObject> env, string cpu, string memory, string scratch, params JsonObject[] mounts) => new()
    {
        ["name"] = name,
        ["image"] = image,
        ["imagePullPolicy"] = "Always",
        ["args"] = new JsonArray([.. args]),
        ["env"] = new JsonArray([PodText.Variable("TMPDIR", Scratch), .. env]),
        ["resources"] = new JsonObject
        {
            ["requests"] = new JsonObject { ["cpu"] = cpu, ["memory"] = memory, ["ephemeral-storage"] = scratch },
            ["limits"] = new JsonObject { ["cpu"] = Burst(cpu), ["memory"] = memory, ["ephemeral-storage"] = scratch },
        },
        ["securityContext"] = SecurityContext.ReadOnlyContainer(User),
        ["volumeMounts"] = new JsonArray([.. mounts, new JsonObject { ["name"] = ScratchVolume, ["mountPath"] = Scratch }]),
    };

    /// <summary>Adds a port and probes there: <c>/alive</c> while the process answers, <c>/health</c> while it can work.</summary>
    public static JsonObject WithProbes(JsonObject container, string portName, int port)
    {
        JsonObject Probe(string path, int period, int failures) => new()
        {
            ["httpGet"] = new JsonObject { ["path"] = path, ["port"] = portName },
            ["periodSeconds"] = period,
            ["timeoutSeconds"] = 5,
            ["failureThreshold"] = failures,
        };
        container["ports"] = new JsonArray(new JsonObject { ["name"] = portName, ["containerPort"] = port, ["protocol"] = "TCP" });
        container["startupProbe"] = Probe("/alive", period: 2, failures: 60);
        container["livenessProbe"] = Probe("/alive", period: 10, failures: 3);
        container["readinessProbe"] = Probe("/health", period: 5, failures: 3);
        return container;
    }

    /// <summary>A mount that is only read.</summary>
    public static JsonObject ReadOnlyMount(string volume, string path) => new() { ["name"] = volume, ["mountPath"] = path, ["readOnly"] = true };

    // 250m, 0.5, 2
    private static string Burst(string cpu)
    {
        var milli = BurstFactor * (cpu.EndsWith('m') ? decimal.Parse(cpu[..^1], CultureInfo.InvariantCulture) : 1000 * decimal.Parse(cpu, CultureInfo.InvariantCulture));
        return milli % 1000 == 0 ? (milli / 1000).ToString("0", CultureInfo.InvariantCulture) : $"{milli.ToString("0", CultureInfo.InvariantCulture)}m";
    }
}

using System.Text.Json.Nodes;

namespace Discovery.Deploy.Kubernetes;

/// <summary>Where pods of one workload should run.</summary>
internal static class Spread
{
    /// <summary>
    /// Apart from each other where that can be. Preferred, not required: with as many nodes as replicas, a rolling update could not place its next pod.
    /// </summary>
    /// <param name="labels">Labels of the pods.</param>
    /// <param name="places">Labels of nodes that tell places apart, with their weights.</param>
    public static JsonObject Apart(JsonObject labels, params (int Weight, string TopologyKey)[] places) => new()
    {
        ["podAntiAffinity"] = new JsonObject
        {
            ["preferredDuringSchedulingIgnoredDuringExecution"] = new JsonArray([.. places.Select(place => new JsonObject
            {
                ["weight"] = place.Weight,
                ["podAffinityTerm"] = new JsonObject
                {
                    ["topologyKey"] = place.TopologyKey,
                    ["labelSelector"] = new JsonObject { ["matchLabels"] = labels.DeepClone() },
                },
            })]),
        },
    };
}

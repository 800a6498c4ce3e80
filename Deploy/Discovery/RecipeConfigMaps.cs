using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.Discovery;

/// <summary>
/// Recipes as ConfigMaps, each named by a hash of what is in it: a recipe that changes makes a new one, and with it new pods that have read it.
/// </summary>
public static class RecipeConfigMaps
{
    /// <summary>Folder that recipes are mounted at.</summary>
    internal const string Folder = "/recipes";

    internal const string Volume = "recipes";

    // Argo CD and kubectl keep what they applied in an annotation, and annotations have at most 256 KiB.
    private const int LargestBytes = 200_000;

    /// <summary>Why a recipe cannot be deployed; null where it can.</summary>
    public static string? Problem(DeployRecipe recipe) => Size(recipe) <= LargestBytes
        ? null
        : $"{recipe.FileName} has {Size(recipe)} bytes as JSON, and {LargestBytes} fit into a ConfigMap that kubectl and Argo CD can apply; divide it into several recipes";

    /// <summary>The ConfigMap of one recipe.</summary>
    internal static Manifest Of(DeployEnvironment environment, DeployRecipe recipe) => Of(environment, $"recipe-{recipe.Name}", [recipe]);

    /// <summary>ConfigMaps that hold all recipes, as few as can be.</summary>
    internal static IReadOnlyList<Manifest> All(DeployEnvironment environment)
    {
        var maps = new List<Manifest>();
        var (recipes, bytes) = (new List<DeployRecipe>(), 0);
        foreach (var recipe in environment.Recipes)
        {
            if (recipes.Count > 0 && bytes + Size(recipe) > LargestBytes)
            {
                maps.Add(Of(environment, "recipes", recipes));
                (recipes, bytes) = ([], 0);
            }
            recipes.Add(recipe);
            bytes += Size(recipe);
        }
        maps.Add(Of(environment, "recipes", recipes));
        return maps;
    }

    /// <summary>The volume that has them in one folder.</summary>
    internal static JsonObject VolumeOf(IEnumerable<Manifest> maps) => new()
    {
        ["name"] = Volume,
        ["projected"] = new JsonObject
        {
            ["sources"] = new JsonArray([.. maps.Select(map => new JsonObject { ["configMap"] = new JsonObject { ["name"] = map.Body["metadata"]!["name"]!.GetValue<string>() } })]),
        },
    };

    private static Manifest Of(DeployEnvironment environment, string name, IReadOnlyList<DeployRecipe> recipes)
    {
        var data = new JsonObject();
        foreach (var recipe in recipes)
        {
            data[recipe.FileName] = recipe.Text;
        }
        return DiscoveryObject.Of(environment, "recipes.yaml", "v1", "ConfigMap", $"{name}-{Hash(recipes)}", new() { ["immutable"] = true, ["data"] = data });
    }

    private static string Hash(IEnumerable<DeployRecipe> recipes)
    {
        // No name of a file and no text of a recipe has a NUL.
        var text = string.Concat(recipes.Select(recipe => $"{recipe.FileName}\0{recipe.Text}\0"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..10];
    }

    private static int Size(DeployRecipe recipe) => JsonSerializer.SerializeToUtf8Bytes(recipe.Text).Length + recipe.FileName.Length + 4;
}

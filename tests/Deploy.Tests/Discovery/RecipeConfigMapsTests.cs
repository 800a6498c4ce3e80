using System.Text.Json;
using Discovery.Deploy.Discovery;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.Tests.Discovery;

public sealed class RecipeConfigMapsTests
{
    [Fact]
    public void A_recipe_that_changes_makes_new_pods_and_leaves_those_of_others()
    {
        var (a, b) = (Schedulings.Scheduled("a", "0 3 * * *"), Schedulings.Scheduled("b", "0 4 * * *"));
        var before = Rendered(SampleEnvironments.Dev with { Recipes = [a, b] });
        var after = Rendered(SampleEnvironments.Dev with { Recipes = [a with { Text = a.Text + "# more\n" }, b] });

        Assert.NotEqual(before["CronJob ingest-a"], after["CronJob ingest-a"]);
        Assert.Equal(before["CronJob ingest-b"], after["CronJob ingest-b"]);
    }

    [Fact]
    public void Many_recipes_are_in_several_ConfigMaps_of_a_size_that_can_be_applied_and_in_one_folder()
    {
        var recipes = Enumerable.Range(0, 30).Select(index => SampleEnvironments.Shop with { Name = $"shop-{index}", FileName = $"shop-{index}.yml", Text = new string('"', 20_000) + index }).ToList();
        var manifests = DiscoveryManifests.Of(SampleEnvironments.Prod with { Recipes = recipes }).ToList();
        var maps = manifests.Where(manifest => manifest.Kind() == "ConfigMap").ToList();

        Assert.InRange(maps.Count, 2, 30);
        Assert.Equal(recipes.Select(recipe => recipe.FileName), maps.SelectMany(map => map.Body["data"]!.AsObject()).Select(file => file.Key));
        Assert.All(maps, map => Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(map.Body).Length, 1, 262_144));
        var volume = manifests.One("Deployment", "discovery-api")["spec"]!["template"]!["spec"]!["volumes"]!.AsArray().Single(volume => volume!["projected"] is not null)!;
        Assert.Equal(maps.Select(map => map.Name()), volume["projected"]!["sources"]!.AsArray().Select(source => source!["configMap"]!["name"]!.GetValue<string>()));
    }

    [Fact]
    public void A_recipe_that_no_ConfigMap_holds_is_refused_with_its_size()
    {
        Assert.Null(RecipeConfigMaps.Problem(SampleEnvironments.Shop));
        Assert.Contains("shop.yml has", RecipeConfigMaps.Problem(SampleEnvironments.Shop with { Text = new string('x', 300_000) }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: \"b\"\n")]
    [InlineData("  a\n b\n\n\n")]
    [InlineData("no end of line")]
    [InlineData("tab\there \n trailing   \n")]
    [InlineData("ümläut ${X} 'quote' # comment\n---\n...\n")]
    [InlineData("windows\r\nlines\r\n")]
    public void The_text_of_a_recipe_stays_as_it_is(string text)
    {
        var map = DiscoveryManifests.Of(SampleEnvironments.Dev with { Recipes = [SampleEnvironments.Shop with { Text = text }] }).Single(manifest => manifest.Kind() == "ConfigMap");

        var read = new YamlDotNet.Serialization.Deserializer().Deserialize<Dictionary<string, object>>(YamlText.Write("Recipes.", map.Body));

        Assert.Equal(text, ((Dictionary<object, object>)read["data"])["shop.yml"]);
    }

    private static Dictionary<string, string> Rendered(DeployEnvironment environment) =>
        DiscoveryManifests.Of(environment).ToDictionary(manifest => $"{manifest.Kind()} {manifest.Name()}", manifest => manifest.Body.ToJsonString());
}

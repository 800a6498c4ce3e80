using System.Net;
using System.Text;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Tests.Recipes;

public sealed class RecipeTests
{
    [Fact]
    public async Task A_recipe_is_shown_with_its_variables_unresolved_and_its_secrets_left_out()
    {
        await using var server = await ControlServer.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(server.RecipeFolder, "shop.yml"),
            ControlServer.RecipeText("deployment: {name: The shop}").Replace("${MYSQL_PASSWORD}", "sesame", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await server.ReadRecipesAsync();
        var recipe = await server.RecipeAsync("shop");
        Assert.Equal(("The shop", "mysql", "datahub-rest", null, true), (recipe.Title, recipe.Source, recipe.Sink, recipe.Label, recipe.IsGood));
        Assert.DoesNotContain("sesame", recipe.Content, StringComparison.Ordinal);
        Assert.Contains("localhost:3306", recipe.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_file_keeps_the_last_good_version_also_over_a_restart()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var good = await server.RecipeAsync("shop");
        await File.WriteAllTextAsync(Path.Combine(server.RecipeFolder, "shop.yml"), "source: {type: oracle}", TestContext.Current.CancellationToken);
        await server.ReadRecipesAsync();
        await AssertBadAsync();
        await server.RestartAsync();
        await AssertBadAsync();

        await server.QueueAsync("shop");
        Assert.Equal(ControlServer.RecipeText(), (await server.TryClaimAsync())!.Text);

        server.WriteRecipe("shop", database: "other");
        await server.ReadRecipesAsync();
        var again = await server.RecipeAsync("shop");
        Assert.True(again.IsGood);
        Assert.NotEqual(good.Version, again.Version);

        async Task AssertBadAsync()
        {
            var bad = await server.RecipeAsync("shop");
            Assert.Equal((false, good.Version, good.Content), (bad.IsGood, bad.Version, bad.Content));
            Assert.Contains(bad.Problems, problem => problem.Contains("shop.yml:1", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_recipe_that_never_was_good_cannot_be_run()
    {
        await using var server = await ControlServer.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(server.RecipeFolder, "shop.yml"), "source: {", TestContext.Current.CancellationToken);
        await server.ReadRecipesAsync();
        Assert.Null((await server.RecipeAsync("shop")).Version);
        using var response = await server.PostAsync("runs", new RunRequest("shop"));
        Assert.Contains("shop.yml:2:1", await ControlServer.FaultAsync(response, HttpStatusCode.Conflict), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_has_the_recipe_as_it_was_when_it_was_asked_for()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        await server.QueueAsync("shop");
        server.WriteRecipe("shop", database: "other");
        await server.ReadRecipesAsync();
        Assert.Contains("database: shop", (await server.TryClaimAsync())!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_gone_leaves_its_runs()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        File.Delete(Path.Combine(server.RecipeFolder, "shop.yml"));
        await server.ReadRecipesAsync();
        Assert.Empty((await server.GetAsync<Page<RecipeView>>("recipes")).Items);
        Assert.Equal(run.Id, Assert.Single(await server.RunsAsync("recipe=shop")).Id);
    }

    [Fact]
    public async Task A_folder_that_is_gone_keeps_the_recipes_and_is_not_healthy()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        Assert.Equal(HttpStatusCode.OK, await HealthAsync(server));
        Directory.Move(server.RecipeFolder, server.RecipeFolder + "-away");
        await server.ReadRecipesAsync();
        Assert.True((await server.RecipeAsync("shop")).IsGood);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await HealthAsync(server));
        await server.RestartAsync();
        Assert.NotNull((await server.RecipeAsync("shop")).Version);
        Directory.Move(server.RecipeFolder + "-away", server.RecipeFolder);
        await server.ReadRecipesAsync();
        Assert.True((await server.RecipeAsync("shop")).IsGood);
        Assert.Equal(HttpStatusCode.OK, await HealthAsync(server));
    }

    [Fact]
    public async Task Two_files_of_one_name_are_both_bad()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        await File.WriteAllTextAsync(Path.Combine(server.RecipeFolder, "shop.json"), "{}", TestContext.Current.CancellationToken);
        await server.ReadRecipesAsync();
        var recipe = await server.RecipeAsync("shop");
        Assert.Equal("shop.json and shop.yml both have the name shop: rename or remove one of them.", Assert.Single(recipe.Problems));
        Assert.NotNull(recipe.Version);
    }

    [Fact]
    public async Task Files_that_cannot_be_recipes_are_told_of()
    {
        await using var server = await ControlServer.StartAsync();
        var folder = server.RecipeFolder;
        await File.WriteAllTextAsync(Path.Combine(folder, "my shop.yml"), "", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder, "latin.yml"), Encoding.Latin1.GetBytes("source: café"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "large.yml"), new string('#', (1 << 20) + 1), TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(folder, "out.yml"), Path.Combine(Directory.CreateDirectory(folder + "-other").FullName, "secret.yml"));
        await File.WriteAllTextAsync(Path.Combine(folder + "-other", "secret.yml"), ControlServer.RecipeText(), TestContext.Current.CancellationToken);
        Directory.CreateSymbolicLink(Path.Combine(folder, "..other"), folder + "-other");
        File.CreateSymbolicLink(Path.Combine(folder, "around.yml"), "..other/secret.yml");
        File.CreateSymbolicLink(Path.Combine(folder, "circle.yml"), "circle.yml");
        await File.WriteAllTextAsync(Path.Combine(folder, "README.md"), "no recipe", TestContext.Current.CancellationToken);
        await server.ReadRecipesAsync();

        var recipes = (await server.GetAsync<Page<RecipeView>>("recipes")).Items;
        Assert.All(recipes, recipe => Assert.False(recipe.IsGood));
        var problems = recipes.ToDictionary(recipe => recipe.Name, recipe => Assert.Single(recipe.Problems));
        Assert.Equal(["around", "circle", "large", "latin", "my shop", "out"], problems.Keys);
        Assert.Contains("leads out of the folder", problems["out"], StringComparison.Ordinal);
        Assert.Contains("leads out of the folder", problems["around"], StringComparison.Ordinal);
        Assert.Contains("not UTF-8", problems["latin"], StringComparison.Ordinal);
        Assert.Contains("1 MB", problems["large"], StringComparison.Ordinal);
        Assert.Contains("rename the file", problems["my shop"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ConfigMap_that_is_mounted_is_read_and_read_anew()
    {
        await using var server = await ControlServer.StartAsync();
        var folder = server.RecipeFolder;
        Mount("..2026_03_02", "shop");
        Directory.CreateSymbolicLink(Path.Combine(folder, "..data"), "..2026_03_02");
        File.CreateSymbolicLink(Path.Combine(folder, "shop.yml"), "..data/shop.yml");
        await server.ReadRecipesAsync();
        Assert.Contains("\"shop\"", (await server.RecipeAsync("shop")).Content, StringComparison.Ordinal);

        Mount("..2026_03_03", "other");
        Directory.Delete(Path.Combine(folder, "..data"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "..data"), "..2026_03_03");
        await server.ReadRecipesAsync();
        Assert.Contains("\"other\"", (await server.RecipeAsync("shop")).Content, StringComparison.Ordinal);
        Assert.Single((await server.GetAsync<Page<RecipeView>>("recipes")).Items);

        void Mount(string name, string database) => File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, name)).FullName, "shop.yml"), ControlServer.RecipeText(database: database));
    }

    [Fact]
    public async Task A_file_that_changes_is_taken_without_being_told()
    {
        await using var server = await ControlServer.StartAsync(time: TimeProvider.System);
        server.WriteRecipe("shop");
        while (!(await server.GetAsync<Page<RecipeView>>("recipes")).Items.Any(recipe => recipe.IsGood))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static async Task<HttpStatusCode> HealthAsync(ControlServer server)
    {
        using var response = await server.Client.GetAsync("/health", TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}

namespace Discovery.Deploy.Tests.Input;

public sealed class RecipesTests
{
    private const string Sink = "sink: {type: datahub-rest, config: {server: \"${DATAHUB_GMS_URL}\"}}\n";
    private const string Schedule = "deployment: {schedule: \"0 3 * * *\"}\n";

    private const string ControlPlane = """
              scheduling: control-plane
              workers: [{name: default}, {name: eu, labels: [eu]}]
              api: {host: discovery.example.com, operators: [data], oidc: {issuer: "https://login.example.com", client_id: discovery}}
              images: {api: "registry.example.com/discovery-api:0.1.0", 
        """;

    [Fact]
    public void Mistakes_of_a_recipe_stand_with_its_own_place() =>
        Assert.Equal(
            ["recipes/a.yml:1:32: error: 'hst_port' is not a setting of 'source.config'; did you mean 'host_port'?"],
            Problems("a.yml", "source: {type: mysql, config: {hst_port: x}}\n" + Sink + Schedule).Select(problem => problem.Replace(" (environment dev)", "", StringComparison.Ordinal)));

    [Fact]
    public void A_source_that_is_not_built_is_refused() =>
        Assert.Contains("source type 'bigquery' is not built yet", Assert.Single(Problems("a.yml", "source: {type: bigquery, config: {}}\n" + Sink + Schedule)), StringComparison.Ordinal);

    [Fact]
    public void A_variable_that_nothing_supplies_is_refused() =>
        Assert.Equal(
            "recipes/a.yml:1:43: error: nothing supplies the variable HOST; add it to discovery.variables, as a value or a secret (environment dev)",
            Assert.Single(Problems("a.yml", "source: {type: mysql, config: {host_port: \"${HOST}:3306\"}}\n" + Sink + Schedule)));

    [Theory]
    [InlineData("${HOST:-db:3306}")]
    [InlineData("${HOST:+db:3306}")]
    public void A_variable_with_a_default_need_not_be_supplied(string text) =>
        Assert.Empty(Problems("a.yml", "source: {type: mysql, config: {host_port: \"" + text + "\"}}\n" + Sink + Schedule));

    [Fact]
    public void A_variable_that_no_worker_would_show_is_refused() =>
        Assert.Contains(
            "the variable DISCOVERY_API_TOKEN: recipes do not see variables that begin with",
            Assert.Single(Problems("a.yml", "source: {type: mysql, config: {password: \"${DISCOVERY_API_TOKEN}\"}}\n" + Sink + Schedule)), StringComparison.Ordinal);

    [Fact]
    public void A_variable_that_no_recipe_uses_is_told() =>
        Assert.Equal(
            "deploy.yml:15:26: warning: 'discovery.variables.OTHER' is used by no recipe; remove it (environment dev)",
            Assert.Single(Problems("a.yml", "source: {type: mysql, config: {}}\n" + Sink + Schedule, ("recipes: recipes", "recipes: recipes\n      variables: {OTHER: {value: x}}"))));

    [Theory]
    [InlineData("source: {type: mysql, config: {password: hunter2}}", "recipes/a.yml:1:42: error: 'source.config.password' is a secret")]
    [InlineData("source: {type: mysql, config: {password: \"${PW:-hunter2}\"}}", "'source.config.password' is a secret")]
    [InlineData("source: {type: mysql, config: {sqlalchemy_uri: \"mysql+pymysql://me:hunter2@db/shop\"}}", "this looks like an address with a password")]
    [InlineData("source: {type: mysql, config: {}}\n# old: https://me:hunter2@db.example.com", "recipes/a.yml:2:19: error: this looks like an address with a password")]
    [InlineData("source: {type: mysql, config: {}}\ndatahub_api: {server: \"http://x\", token: hunter2}", "'datahub_api.token' is a secret")]
    [InlineData("source: {type: mysql, config: {}}\ndatahub_api: {server: \"http://x\", extra_headers: {Authorization: \"Bearer hunter2\"}}", "'datahub_api.extra_headers.Authorization' is a secret")]
    public void A_secret_in_a_recipe_is_refused_and_not_shown(string source, string problem)
    {
        var problems = Problems("a.yml", source + "\n" + Sink + Schedule);

        Assert.Contains(problems, told => told.Contains(problem, StringComparison.Ordinal));
        Assert.DoesNotContain(problems, told => told.Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("source: {type: mysql, config: {host_port: \"db:3306\", options: {connect_args: {connect_timeout: 30, ssl_key: client.pem}}}}")]
    [InlineData("source: {type: mysql, config: {host_port: \"db:3306\"}} # http://db:8080/a@b")]
    [InlineData("source: {type: mysql, config: {sqlalchemy_uri: \"mysql+pymysql://me@db/shop\"}}")]
    public void What_is_no_secret_is_taken(string source) => Assert.DoesNotContain(Problems("a.yml", source + "\n" + Sink + Schedule), problem => problem.Contains("error", StringComparison.Ordinal));

    [Theory]
    [InlineData("sink: {type: file, config: {filename: a.json}}\n", "recipes/a.yml:2:7: error: 'sink' writes a file")]
    [InlineData(Sink + "failure_log: {enabled: true, log_config: {filename: a.json}}\n", "recipes/a.yml:3:14: error: 'failure_log' writes a file")]
    [InlineData(Sink + "reporting: [{type: file, config: {filename: a.json}}]\n", "recipes/a.yml:3:12: error: 'reporting' writes a file")]
    public void A_recipe_that_writes_files_is_refused(string rest, string problem) =>
        Assert.StartsWith(problem, Assert.Single(Problems("a.yml", "source: {type: mysql, config: {}}\n" + rest + Schedule)), StringComparison.Ordinal);

    [Theory]
    [InlineData("localhost:3306", "${DATAHUB_GMS_URL}", "recipes/a.yml:1:43: warning: 'source.config.host_port' is the pod itself")]
    [InlineData("db.example.internal:3307", "${DATAHUB_GMS_URL}", "recipes/a.yml:1:43: warning: no entry of discovery.sources has the port 3307")]
    [InlineData("db.example.internal", "http://localhost:8080", "recipes/a.yml:2:45: warning: 'sink.config.server': pods reach the metadata service of their environment and no other")]
    public void What_pods_would_not_reach_is_told(string source, string sink, string problem) =>
        Assert.StartsWith(
            problem,
            Assert.Single(Problems("a.yml", $"source: {{type: mysql, config: {{host_port: \"{source}\"}}}}\nsink: {{type: datahub-rest, config: {{server: \"{sink}\"}}}}\n{Schedule}")),
            StringComparison.Ordinal);

    [Fact]
    public void What_pods_reach_is_not_told() =>
        Assert.Empty(Problems("a.yml", "source: {type: mysql, config: {host_port: db.example.internal}}\nsink: {type: datahub-rest, config: {server: \"http://datahub-datahub-gms.datahub.svc.cluster.local:8080\"}}\n" + Schedule));

    [Fact]
    public void A_recipe_that_nothing_starts_is_told() =>
        Assert.Contains("recipes/a.yml: warning: has no deployment.schedule, so nothing starts it", Assert.Single(Problems("a.yml", "source: {type: mysql, config: {}}\n" + Sink)), StringComparison.Ordinal);

    [Fact]
    public void A_label_that_no_group_of_workers_has_is_refused()
    {
        string[] Labelled(string label) =>
            [.. Problems("a.yml", $"source: {{type: mysql, config: {{}}}}\n{Sink}deployment: {{executor_id: {label}}}\n", ("              scheduling: cron-job\n              images: {".Replace("        ", "", StringComparison.Ordinal), ControlPlane))];

        Assert.Empty(Labelled("eu"));
        Assert.Empty(Labelled("default"));
        Assert.Equal("recipes/a.yml:3:27: error: no group of workers has the label 'us', so no worker would take this recipe; there are: eu, default. Add it to the 'labels' of a group in discovery.workers (environment dev)", Assert.Single(Labelled("us")));
    }

    [Theory]
    [InlineData("Shop.yml")]
    [InlineData("shop_eu.yml")]
    [InlineData("shop.eu.yml")]
    [InlineData("a23456789012345678901234567890123456789012.yml")]
    public void A_file_whose_name_Kubernetes_does_not_take_is_refused(string file) =>
        Assert.Contains($"recipes/{file}: error: the name of a recipe becomes a name in Kubernetes", Assert.Single(Problems(file, "")), StringComparison.Ordinal);

    [Fact]
    public void Two_files_of_one_name_a_link_out_of_the_folder_and_an_empty_folder_are_refused()
    {
        using var folder = new DeployFolder();
        folder.Write("recipes/shop.json", "{}");
        folder.Write("other.yml", "x");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "recipes", "link.yml"), "../other.yml");
        var problems = folder.Problems();

        Assert.Contains(problems, problem => problem.StartsWith("recipes/shop.json: error: shop.yml has the same name", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith("recipes/link.yml: error: this is a symbolic link that leads out of the folder", StringComparison.Ordinal));

        Directory.Delete(Path.Combine(folder.Path, "recipes"), recursive: true);
        Assert.Contains("recipes: error: there is no such folder", Assert.Single(folder.Problems()), StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(folder.Path, "recipes"));
        Assert.Contains("recipes: error: no recipe is in this folder", Assert.Single(folder.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_ends_and_byte_order_marks_of_an_editor_leave_no_trace()
    {
        using var plain = new DeployFolder();
        using var windows = new DeployFolder(DeployFolder.Minimal.Replace("\n", "\r\n", StringComparison.Ordinal));
        var text = File.ReadAllText(Path.Combine(plain.Path, "recipes", "shop.yml"));
        windows.Write("recipes/shop.yml", "\uFEFF" + text.Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Empty(windows.Problems());
        Assert.Equal(Renderer.Render(plain.Load().Environments), Renderer.Render(windows.Load().Environments));
    }

    [Fact]
    public void Under_the_control_plane_files_lie_below_the_workers_own_folder()
    {
        (string, string)[] controlPlane = [("              scheduling: cron-job\n              images: {".Replace("        ", "", StringComparison.Ordinal), ControlPlane)];
        var recipe = "source: {type: mysql, config: {options: {connect_args: {ssl_ca: CA}}}}\n" + Sink + Schedule;

        Assert.Empty(Problems("a.yml", recipe.Replace("CA", "tls/ca.pem", StringComparison.Ordinal), controlPlane));
        Assert.Contains("is outside of /files", Assert.Single(Problems("a.yml", recipe.Replace("CA", "/etc/ca.pem", StringComparison.Ordinal), controlPlane)), StringComparison.Ordinal);
        Assert.Empty(Problems("a.yml", recipe.Replace("CA", "/etc/ca.pem", StringComparison.Ordinal)));
    }

    /// <summary>Problems of a folder with one recipe.</summary>
    private static IReadOnlyList<string> Problems(string file, string recipe, params (string Old, string New)[] replacements)
    {
        using var folder = new DeployFolder(DeployFolder.Replace(DeployFolder.Minimal, replacements));
        File.Delete(Path.Combine(folder.Path, "recipes", "shop.yml"));
        folder.Write($"recipes/{file}", recipe);
        return folder.Problems();
    }
}

using System.Net;
using System.Text;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Recipes.Binding;
using Discovery.Ingestion.Reports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Discovery.Ingestion.Tests.Pipeline;

public sealed class ConfinementTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("confinement-").FullName;
    private readonly string _root;

    public ConfinementTests() => _root = Directory.CreateDirectory(Path.Combine(_folder, "root")).FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.json", "a.json")]
    [InlineData("./deeper/../deeper/a.json", "deeper/a.json")]
    [InlineData("ROOT/a.json", "a.json")]
    [InlineData("ROOT", "")]
    [InlineData("../root/a.json", "a.json")]
    [InlineData("..a.json", "..a.json")]
    public void Paths_below_the_root_are_there(string path, string expected) =>
        Assert.Equal(Path.Combine(_root, expected).TrimEnd('/'), Resolve(path));

    [Theory]
    [InlineData("../a.json")]
    [InlineData("deeper/../../a.json")]
    [InlineData("/etc/passwd")]
    [InlineData("ROOT-beside/a.json")]
    [InlineData("ROOT/../a.json")]
    [InlineData("/proc/self/environ")]
    [InlineData("a\0.json")]
    public void Paths_elsewhere_are_refused(string path) => Assert.Null(Resolve(path));

    [Fact]
    public void Links_that_lead_out_are_refused_wherever_they_stand()
    {
        File.WriteAllText(Path.Combine(_folder, "secret"), "");
        Directory.CreateSymbolicLink(Path.Combine(_root, "out"), _folder);
        Directory.CreateSymbolicLink(Path.Combine(_root, "up"), "..");
        Directory.CreateSymbolicLink(Path.Combine(_root, "twice"), "up/.");
        File.CreateSymbolicLink(Path.Combine(_root, "file"), "../secret");
        File.CreateSymbolicLink(Path.Combine(_root, "dangling"), "/nowhere/at-all");
        File.CreateSymbolicLink(Path.Combine(_root, "circle"), "circle");
        Assert.All(["out/secret", "up/secret", "twice/secret", "file", "dangling", "circle", "out/new/file"], path => Assert.Null(Resolve(path)));
    }

    [Fact]
    public void Links_within_the_root_are_followed()
    {
        Directory.CreateDirectory(Path.Combine(_root, "..data", "inner"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "data"), "..data");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "root-by-link"), _root);
        Assert.Equal(Path.Combine(_root, "..data", "inner", "new.json"), Resolve("data/inner/new.json"));
        Assert.Equal(Path.Combine(_root, "a"), new Confinement(Path.Combine(_folder, "root-by-link")).Resolve("a", out _));
        // What the system makes of such a path is not what its text looks like.
        Assert.Equal(Path.Combine(_root, "x"), Resolve("data/../x"));
    }

    [Theory]
    [InlineData("source: {type: file, config: {path: /etc}}", "1:37: error: 'source.config.path'")]
    [InlineData("source: {type: file, config: {filename: ../secret}}", "1:41: error: 'source.config.filename'")]
    [InlineData("source: {type: mysql, config: {options: {connect_args: {ssl: {key: /etc/key.pem}}}}}", "1:68: error: 'source.config.options.connect_args.ssl.key'")]
    [InlineData("source: {type: mysql, config: {options: {connect_args: {ssl_ca: /etc/ca.pem}}}}", "1:65: error: 'source.config.options.connect_args.ssl_ca'")]
    [InlineData("source: {type: mysql, config: {sqlalchemy_uri: 'mysql://u:p@db/x?ssl_key=/etc/key.pem'}}", "1:48: error: 'source.config.sqlalchemy_uri': '/etc/key.pem' is outside")]
    [InlineData("source: {type: mysql, config: {sqlalchemy_uri: 'mysql://u:p@db/x?ssl_key=key.pem'}}", "1:48: error: 'source.config.sqlalchemy_uri': 'key.pem' is no full path")]
    [InlineData("source: {type: mysql}\nsink: {type: file, config: {filename: /tmp/out.json}}", "2:39: error: 'sink.config.filename'")]
    [InlineData("source: {type: mysql}\nsink: {type: datahub-rest, config: {server: 'http://gms', ca_certificate_path: /ca, client_certificate_path: /c, client_key_path: /k}}", "2:80: error: 'sink.config.ca_certificate_path'")]
    [InlineData("source: {type: mysql}\nfailure_log: {enabled: true, log_config: {filename: /tmp/failed.json}}", "2:53: error: 'failure_log.log_config.filename'")]
    [InlineData("source: {type: mysql}\nreporting: [{type: file, config: {filename: '${OUT}'}}]", "2:45: error: 'reporting.config.filename'")]
    public void Each_setting_that_names_a_file_is_confined(string recipe, string told)
    {
        recipe += recipe.Contains("sink:", StringComparison.Ordinal) ? "\n" : "\nsink: {type: blackhole}\n";
        using (var free = Load(recipe, confinement: null))
        {
            Assert.Empty(free.Errors);
        }
        using var loaded = Load(recipe, new Confinement(_root));
        var error = loaded.Errors.First().ToString();
        Assert.StartsWith($"r.yml:{told}", error, StringComparison.Ordinal);
        Assert.Contains(_root, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_whose_words_speak_of_files_are_marked_as_paths()
    {
        var records = typeof(IngestionRun).Assembly.GetTypes().Where(type => ConfigSetting.Of(type).Count > 0).ToList();
        string[] words = ["file", "path", "folder", "certificate", "key"];
        var unmarked =
            from record in records
            from setting in ConfigSetting.Of(record)
            where setting.Type == typeof(string) && !setting.Setting.IsPath && setting.Setting.WithoutEffect is null
            where words.Any(word => setting.Setting.Name.Contains(word, StringComparison.Ordinal) || setting.Setting.Documentation.Contains($" {word} ", StringComparison.Ordinal))
            select setting.Setting.Name;
        Assert.Equal(["file_extension"], unmarked);
    }

    [Fact]
    public void Relative_paths_of_a_recipe_are_relative_to_the_root()
    {
        using var loaded = Load("source: {type: mysql}\nsink: {type: blackhole}\nreporting: [{type: file, config: {filename: deeper/report.json}}]\n", new Confinement(_root));
        Assert.Equal([(Path.Combine(_root, "deeper", "report.json"), false)], loaded.Recipe!.ReportFiles);
    }

    [Fact]
    public void A_file_that_the_recipe_brings_along_may_be_used()
    {
        using var loaded = Load("source: {type: mysql, config: {options: {connect_args: {ssl: {__DATAHUB_TO_FILE_ca: PEM}}}}}\nsink: {type: blackhole}\n", new Confinement(_root));
        Assert.Empty(loaded.Errors);
    }

    [Fact]
    public void The_runners_own_token_is_no_variable_of_a_recipe()
    {
        var loader = new RecipeLoader { Confinement = new Confinement(_root), Environment = _ => "the-token" };
        using var loaded = loader.Load("r.yml", "source: {type: mysql, config: {password: '${X}${DISCOVERY_WORKER_TOKEN}'}}\nsink: {type: blackhole}\n"u8.ToArray(), RecipeFormat.Yaml);
        Assert.Contains("DISCOVERY_WORKER_TOKEN is not set", Assert.Single(loaded.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DISCOVERY_WORKER_TOKEN", false)]
    [InlineData("discovery_worker_token", false)]
    [InlineData("DISCOVERY_API_TOKEN", false)]
    [InlineData("DISCOVERY_OIDC_CLIENT_SECRET", false)]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", false)]
    [InlineData("DISCOVERY_UP_PASSWORD", true)]
    [InlineData("MYSQL_PASSWORD", true)]
    public void Variables_of_the_runner_are_hidden(string name, bool isShown) => Assert.Equal(isShown, Confinement.Shows(name));

    [Theory]
    [InlineData("169.254.169.254", true)]
    [InlineData("169.254.1.1", true)]
    [InlineData("::ffff:169.254.169.254", true)]
    [InlineData("::169.254.169.254", true)]
    [InlineData("64:ff9b::a9fe:a9fe", true)]
    [InlineData("64:ff9b:1::a9fe:a9fe", true)]
    [InlineData("::ffff:0:169.254.169.254", true)]
    [InlineData("2002:a9fe:a9fe::1", true)]
    [InlineData("2002:a00:1::1", false)]
    [InlineData("fe80::1", true)]
    [InlineData("fe80::1%1", true)]
    [InlineData("fd00:ec2::254", true)]
    [InlineData("fd20:ce::254", true)]
    [InlineData("100.100.100.200", true)]
    [InlineData("168.63.129.16", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("0.1.2.3", true)]
    [InlineData("::", true)]
    [InlineData("::ffff:0.0.0.0", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("100.100.100.201", false)]
    public void Addresses_that_no_database_has_are_reserved(string address, bool isReserved) =>
        Assert.Equal(isReserved, ReservedAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("0xA9FEA9FE")]
    [InlineData("2852039166")]
    [InlineData("0251.0376.0251.0376")]
    [InlineData("169.254.43518")]
    [InlineData("metadata.google.internal")]
    [InlineData("METADATA.google.internal.")]
    [InlineData("::ffff:a9fe:a9fe")]
    [InlineData("0")]
    [InlineData("127.0.0.1,169.254.169.254")]
    public async Task Odd_spellings_of_reserved_hosts_are_refused(string host) =>
        await Assert.ThrowsAsync<RefusedHostException>(() => Confinement.AddressesAsync(host, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task Databases_of_the_same_machine_may_be_read(string host) =>
        Assert.NotEmpty(await Confinement.AddressesAsync(host, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("source: {type: mysql, config: {host_port: '0xA9FEA9FE:3306'}}\nsink: {type: blackhole}\n")]
    [InlineData("source: {type: mysql, config: {sqlalchemy_uri: 'mysql://u:p@169.254.169.254/x'}}\nsink: {type: blackhole}\n")]
    [InlineData("source: {type: file, config: {path: a.json}}\nsink: {type: datahub-rest, config: {server: 'http://0.0.0.0:1'}}\n")]
    public async Task A_run_does_not_connect_to_a_reserved_host(string recipe)
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "a.json"), "[]", TestContext.Current.CancellationToken);
        var confinement = new Confinement(_root);
        using var loaded = Load(recipe, confinement);
        var report = await IngestionRun.ExecuteAsync(
            loaded.Recipe!, new RunOptions { Confinement = confinement }, NullLoggerFactory.Instance, new SecretMasker(), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(RunStatus.Failure, report.Status);
        Assert.Contains(report.AllFailures, failure => failure.Message.Contains("is not to be reached by recipes that run here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_in_a_folder_of_files_is_not_followed_out()
    {
        var record = """[{"entityType":"tag","entityUrn":"urn:li:tag:a","changeType":"UPSERT","aspectName":"status","aspect":{"json":{"removed":false}}}]""";
        await File.WriteAllTextAsync(Path.Combine(_folder, "secret.json"), record, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_root, "good.json"), record, TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(_root, "link.json"), "../secret.json");
        var confinement = new Confinement(_root);
        using var loaded = Load("source: {type: file, config: {path: .}}\nsink: {type: blackhole}\n", confinement);
        var report = await IngestionRun.ExecuteAsync(
            loaded.Recipe!, new RunOptions { Confinement = confinement }, NullLoggerFactory.Instance, new SecretMasker(), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(1, report.Emitted["tag"]);
        Assert.Contains("link.json", Assert.Single(report.AllFailures.First().Context), StringComparison.Ordinal);
    }

    private string? Resolve(string path) => new Confinement(_root).Resolve(path.Replace("ROOT", _root, StringComparison.Ordinal), out _);

    private static LoadedRecipe Load(string text, Confinement? confinement) =>
        new RecipeLoader { Confinement = confinement, Environment = name => name == "OUT" ? "/tmp/out.json" : null }.Load("r.yml", Encoding.UTF8.GetBytes(text), RecipeFormat.Yaml);
}

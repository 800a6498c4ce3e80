using System.Security.Cryptography;
using System.Text;
using Discovery.Deploy.Cloud;
using Discovery.Deploy.Input;
using Discovery.Deploy.Secrets;

namespace Discovery.Deploy.Tests.Cloud;

/// <summary>The script runs in bash against a <c>gcloud</c> that keeps what it was told to make in a folder.</summary>
public sealed class GoogleCloudScriptTests : IDisposable
{
    // describe: is it there; create: remember it; versions add, access: keep and give the value; all else: nothing is there.
    private const string Gcloud = """
        #!/usr/bin/env bash
        set -euo pipefail
        cd "$STATE"
        call=$*
        printf '%s\n' "$call" >> calls
        for argument in "$@"; do
            if [[ $argument == --flags-file=* ]]; then cat "${argument#*=}" >> passwords; fi
        done
        case $call in
        *'versions access'*) for argument in "$@"; do [[ $argument != --secret=* ]] || cat "value-${argument#*=}"; done ;;
        'secrets versions add'*) cat > "value-$4" ;;
        'secrets versions list'*) [[ ! -e refused ]] || exit 1
            [[ ! -e value-$4 ]] || echo 1 ;;
        'container clusters describe'*) echo True ;;
        *' describe '*) what=${call/ describe / }; what=${what%% --*}; what=${what%%@*}; [[ -e "made-${what// /-}" ]] ;;
        *' create '*) what=${call/ create / }; what=${what%% --*}; touch "made-${what// /-}" ;;
        *'vpc-peerings connect'*) touch peered ;;
        *'vpc-peerings list'*) [[ ! -e peered ]] || echo default ;;
        esac
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("google-cloud-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void It_makes_all_that_is_missing_and_the_second_time_nothing(string name)
    {
        var script = Script(name == "dev" ? SampleEnvironments.Dev : SampleEnvironments.Prod);

        var first = Run(script);
        File.Delete(Path.Combine(_folder, "calls"));
        var second = Run(script);

        Assert.Contains($"make    instance datahub-{name}", first.Replace(" (takes about ten minutes)", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("make ", second, StringComparison.Ordinal);
        Assert.DoesNotContain(" create ", File.ReadAllText(Path.Combine(_folder, "calls")), StringComparison.Ordinal);
    }

    [Fact]
    public void No_value_of_a_secret_is_printed_or_stands_in_arguments()
    {
        var output = Run(Script(SampleEnvironments.Prod));

        var shown = output + File.ReadAllText(Path.Combine(_folder, "calls"));
        var values = Directory.EnumerateFiles(_folder, "value-*").Where(file => !file.EndsWith("mysql-username", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        Assert.NotEmpty(values);
        Assert.DoesNotContain(values, value => shown.Contains(value, StringComparison.Ordinal));
    }

    [Fact]
    public void The_accounts_of_the_database_get_the_passwords_of_their_secrets()
    {
        Run(Script(SampleEnvironments.Prod));

        Assert.Equal(
            $"--password: '{Value("prod-mysql-secrets-mysql-password")}'\n--password: '{Value("prod-mysql-secrets-mysql-root-password")}'\n",
            File.ReadAllText(Path.Combine(_folder, "passwords")));
    }

    [Fact]
    public void The_file_of_tokens_has_the_hash_of_the_workers_token()
    {
        Run(Script(SampleEnvironments.Prod));

        var token = Value("prod-discovery-worker-secrets-token");
        Assert.Matches("^dsc_[A-Za-z0-9_-]{43}$", token);
        Assert.Equal($"workers worker {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))}", Value("prod-discovery-api-secrets-tokens"));
    }

    [Fact]
    public void What_a_person_must_enter_is_named_at_the_end()
    {
        var output = Run(Script(SampleEnvironments.Prod));

        Assert.Contains("Still to do:", output, StringComparison.Ordinal);
        Assert.Contains("secret shop-mysql-password has no value yet: the variable SHOP_MYSQL_PASSWORD of recipes", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_secrets_are_there_already_none_is_made()
    {
        var environment = SampleEnvironments.Prod;
        environment = environment with
        {
            Config = environment.Config with
            {
                Secrets = new() { Source = SecretSource.Existing },
                Discovery = environment.Config.Discovery with { Variables = new Dictionary<string, VariableConfig> { ["SHOP_MYSQL_PASSWORD"] = new() { Secret = "shop/password" }, ["DATAHUB_GMS_TOKEN"] = new() { Secret = "gms/token" } } },
            },
        };

        var output = Run(Script(environment));

        Assert.DoesNotContain("secret", File.ReadAllText(Path.Combine(_folder, "calls")).Replace("secretmanager.googleapis.com", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("the accounts of mysql-secrets in $instance", Script(environment), StringComparison.Ordinal);
        Assert.Contains("datahub_admin", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_may_not_list_the_versions_of_a_secret_replaces_none()
    {
        var script = Script(SampleEnvironments.Prod);
        Run(script);
        var key = Value("prod-datahub-encryption-secrets-encryption_key_secret");
        File.WriteAllText(Path.Combine(_folder, "refused"), "");

        Run(script, isGood: false);

        Assert.Equal(key, Value("prod-datahub-encryption-secrets-encryption_key_secret"));
    }

    private static string Script(DeployEnvironment environment) => GoogleCloudScript.Of(environment, SecretManifests.Of(environment));

    private string Value(string secret) => File.ReadAllText(Path.Combine(_folder, "value-" + secret));

    private string Run(string script, bool isGood = true)
    {
        Assert.SkipUnless(File.Exists("/bin/bash") || File.Exists("/usr/bin/bash"), "There is no bash here.");
        var programs = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        File.WriteAllText(Path.Combine(programs, "gcloud"), Gcloud);
        File.SetUnixFileMode(Path.Combine(programs, "gcloud"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        var path = Path.Combine(_folder, "google-cloud.sh");
        File.WriteAllText(path, script);
        var (exitCode, output, errors) = Programs.Run("bash", [path], folder: null, ("STATE", _folder), ("PATH", $"{programs}:{Environment.GetEnvironmentVariable("PATH")}"));
        Assert.True(exitCode == 0 == isGood, $"{output}\n{errors}");
        return output;
    }
}

using Discovery.Deploy.Policy;

namespace Discovery.Deploy.Tests.Policy;

public sealed class SecretValueTests
{
    private const string Password = "Hunter2-hunter2";

    /// <summary>Places where a password can stand, right or wrong.</summary>
    public static TheoryData<string, string> Places { get; } = new()
    {
        { "          value: \"8080\"", $"          value: \"8080\"\n        - name: DB_PASSWORD\n              value: {Password}" },
        { "password: ${SHOP_TOKEN}", $"password: {Password}" },
        { "password: ${SHOP_TOKEN}", $"url: mysql://shop:{Password}@db:3306/shop" },
        { "            - name: SHOP_ADDRESS\n              value: \"8080\"", $"            - name: DB_PASSWORD\n              value: {Password}" },
        { "            - name: SHOP_ADDRESS\n              value: \"8080\"", $"            - name: DB_PASSWORD\n              value: {{{Password}: 1}}" },
        { "apiVersion: apps/v1", $"apiVersion: v1\nkind: Secret\nmetadata: {{ name: a, namespace: shop }}\nstringData: {{ password: {Password} }}\n---\napiVersion: apps/v1" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void A_password_is_found_and_never_shown(string place, string replacement)
    {
        var findings = GoodManifests.Check(GoodManifests.With(place, replacement)).Findings;

        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.DoesNotContain(Password, finding.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MYSQL_PWD", "hunter2")]
    [InlineData("DB_PASS", "hunter2")]
    [InlineData("JWT_SIGNING_KEY", "hunter2")]
    [InlineData("SHOP_DATABASE", "jdbc:mysql://db/shop?user=shop&password=hunter2")]
    [InlineData("SHOP_DATABASE", "Server=db;Uid=shop;Pwd=hunter2;")]
    public void A_variable_with_a_secret_is_found(string name, string value) =>
        Assert.NotEmpty(GoodManifests.Check(GoodManifests.With("            - name: SHOP_ADDRESS\n              value: \"8080\"", $"            - name: {name}\n              value: \"{value}\"")).Findings);

    [Fact]
    public void A_secret_that_a_ConfigMap_gives_by_envFrom_is_found()
    {
        var findings = GoodManifests.Check("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop, namespace: shop}\ndata:\n  MYSQL_PASSWORD: hunter2\n  TOKEN_URL: https://login.example.com/token\n").Findings;

        Assert.Single(findings, finding => finding.Rule == "config-secret");
    }

    [Theory]
    [InlineData("ghp_0123456789abcdefghijklmnopqrstuvwxyz")]
    [InlineData("AIzaSyA0123456789abcdefghijklmnopqrstuv")]
    [InlineData("dsc_0123456789abcdefghijklmnop")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl")]
    [InlineData("glpat-0123456789abcdefghij")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    public void A_token_is_known_by_its_form_in_any_file_and_never_shown(string token)
    {
        var result = PolicyCheck.Run([new("dags/shop.py", $"# a\ntoken = '{token}'\n"), new("shop.yaml", GoodManifests.With("replicas: 3", $"{token}: 3"))]);

        Assert.Contains(result.Findings, finding => finding is { File: "dags/shop.py", Line: 2, Rule: "secret-value" });
        Assert.Contains(result.Findings, finding => finding is { File: "shop.yaml", Rule: "secret-value" });
        Assert.All(result.Findings, finding => Assert.DoesNotContain(token, finding.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("TOKEN_URL", "https://login.example.com/token")]
    [InlineData("PASSWORD_FILE", "a")]
    [InlineData("SECRET_NAME", "shop")]
    [InlineData("TOKEN", "$(OTHER)")]
    [InlineData("ACCESS_TOKEN_TTL_SECONDS", "60")]
    [InlineData("METADATA_SERVICE_AUTH_ENABLED", "true")]
    [InlineData("AUTH_OIDC_CLIENT_ID", "shop")]
    [InlineData("PASSWORD_POLICY", "strong")]
    [InlineData("ALLOW_EMPTY_PASSWORD", "yes")]
    [InlineData("MAX_TOKENS", "4096")]
    [InlineData("SECRETS_NAMESPACE", "shop")]
    public void What_only_speaks_of_secrets_is_none(string name, string value) =>
        Assert.Empty(GoodManifests.Check(GoodManifests.With("            - name: SHOP_ADDRESS\n              value: \"8080\"", $"            - name: {name}\n              value: \"{value}\"")).Findings);
}

using System.Text;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Recipes.Documents;

namespace Discovery.Ingestion.Tests.Recipes;

public sealed class LiteralSecretsTests
{
    [Theory]
    [InlineData("password: hunter2", "password")]
    [InlineData("password: 12345", "password")]
    [InlineData("password: '${A:-hunter2}'", "password")]
    [InlineData("password: '${A}hunter2'", "password")]
    [InlineData("a: [{api_key: x}]", "a.api_key")]
    [InlineData("extra_headers: {X: hunter2}", "extra_headers.X")]
    [InlineData("extra_env: A=hunter2", "extra_env")]
    [InlineData("password: '${A}'", "")]
    [InlineData("password: $A", "")]
    [InlineData("password: ''", "")]
    [InlineData("password:", "")]
    [InlineData("extra_headers: {Authorization: 'Bearer ${A}'}", "")]
    [InlineData("options: {connect_args: {connect_timeout: 30, ssl_key: key.pem}}", "")]
    public void Settings_that_hold_secrets_are_told_by_their_names(string yaml, string expected)
    {
        var document = RecipeDocument.Read(Encoding.UTF8.GetBytes(yaml), RecipeFormat.Yaml, DocumentKind.Recipe, new ProblemList())!;

        Assert.Equal(expected, string.Join(' ', LiteralSecrets.InSettings(document).Select(found => found.Path)));
    }

    [Theory]
    [InlineData("# https://me:hunter2@db", "hunter2")]
    [InlineData("mysql+pymysql://me:hunt:er2@db/x?y=a@b", "hunt:er2@db/x?y=a")]
    [InlineData("Server=x;Password=hunter2;", "hunter2")]
    [InlineData("MYSQL_PASSWORD=... ./discovery", "")]
    [InlineData("https://me:${A}@db", "")]
    [InlineData("http://db:8080/a@b", "")]
    [InlineData("image@sha256:abc", "")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl")]
    [InlineData("-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----")]
    public void Texts_with_secrets_are_told_by_their_form(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', LiteralSecrets.InText(text).Select(found => found.Secret.Reveal())));

    [Fact]
    public void A_long_line_of_half_secrets_does_not_take_for_ever() =>
        Assert.Empty(LiteralSecrets.InText(string.Concat(Enumerable.Repeat("://a:", 200_000))));
}

using System.Text.Json;
using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Tests.Recipes;

public sealed class SecretMaskerTests
{
    [Fact]
    public void The_longest_secret_wins()
    {
        var secrets = new SecretMasker();
        secrets.Add("SHORT", "abc");
        secrets.Add("LONG", "abcdef");
        Assert.Equal("***LONG*** ***SHORT***", secrets.Mask("abcdef abc"));
    }

    [Fact]
    public void The_name_put_in_for_a_secret_is_not_searched_again()
    {
        var secrets = new SecretMasker();
        secrets.Add("MYSQL_PASSWORD", "hunter2");
        secrets.Add("OTHER", "MYSQL");
        Assert.Equal("***MYSQL_PASSWORD***", secrets.Mask("hunter2"));
    }

    [Theory]
    [InlineData("p\"w\\d<é")]
    [InlineData("a/b c@d:e?f")]
    [InlineData("line one\nline two")]
    public void A_secret_is_masked_inside_JSON_and_inside_an_address(string value)
    {
        var secrets = new SecretMasker();
        secrets.Add("PW", value);
        Assert.Equal("{\"a\":\"***PW***\"}", secrets.Mask($"{{\"a\":{JsonSerializer.Serialize(value)}}}"));
        Assert.Equal("x://u:***PW***@h", secrets.Mask($"x://u:{Uri.EscapeDataString(value)}@h"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("ab")]
    public void What_would_mask_ordinary_text_is_not_learned(string value)
    {
        var secrets = new SecretMasker();
        secrets.Add("X", value);
        Assert.Equal("a   table", secrets.Mask("a   table"));
    }

    [Theory]
    [InlineData("123", """{"records": 51234, "note": "pw 123"}""", """{"records": 51234, "note": "pw ***X***"}""")]
    [InlineData("true", """{"true": true, "note":"true"}""", """{"true": true, "note":"***X***"}""")]
    [InlineData("nabc", """["\nabc", "n\u0061bc \\"]""", """["\nabc", "***X*** \\"]""")]
    [InlineData("p\"w\\", """{"a\"b": "is p\"w\\", "c": ""}""", """{"a\"b": "is ***X***", "c": ""}""")]
    public void Json_stays_json_when_a_secret_looks_like_a_part_of_it(string secret, string json, string masked)
    {
        var secrets = new SecretMasker();
        secrets.Add("X", secret);

        Assert.Equal(masked, secrets.MaskJson(json));
        System.Text.Json.JsonDocument.Parse(secrets.MaskJson(json)).Dispose();
    }

    [Fact]
    public void A_secret_is_masked_in_the_form_in_which_a_terminal_shows_it()
    {
        var secrets = new SecretMasker();
        secrets.Add("X", "two\nlines");

        Assert.Equal("is ***X***", secrets.Mask(Discovery.Ingestion.Reports.PrintableText.Of("is two\nlines")));
    }

    [Fact]
    public void Threads_can_add_and_mask_at_once()
    {
        var secrets = new SecretMasker();
        Parallel.For(0, 200, index =>
        {
            secrets.Add($"N{index}", $"secret-{index}-value");
            Assert.Equal($"***N{index}***", secrets.Mask($"secret-{index}-value"));
        });
    }
}

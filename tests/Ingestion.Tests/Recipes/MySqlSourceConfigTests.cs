using Discovery.Ingestion.Sources.MySql;

namespace Discovery.Ingestion.Tests.Recipes;

public sealed class MySqlSourceConfigTests
{
    [Theory]
    [InlineData("db", "db", 3306)]
    [InlineData("db.example.com:3307", "db.example.com", 3307)]
    [InlineData("127.0.0.1:1", "127.0.0.1", 1)]
    [InlineData("[::1]:3307", "::1", 3307)]
    [InlineData("[fe80::1]", "fe80::1", 3306)]
    [InlineData(" db:3306 ", "db", 3306)]
    public void An_address_is_read(string text, string host, int port) => Assert.Equal(new HostPort(host, port), HostPort.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(":3306")]
    [InlineData("db:")]
    [InlineData("db:x")]
    [InlineData("db:0")]
    [InlineData("db:65536")]
    [InlineData("db:+1")]
    [InlineData("::1")]
    [InlineData("[::1")]
    [InlineData("[db]:1")]
    [InlineData("[::1]x")]
    [InlineData("mysql://db:3306")]
    [InlineData("user:secret@db:3306")]
    [InlineData("db:3306/shop")]
    public void An_address_is_refused_without_repeating_it(string text)
    {
        var fault = Assert.Throws<FormatException>(() => HostPort.Parse(text));
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_SQLAlchemy_address_wins_and_is_decoded()
    {
        var target = Loading.MySqlConfig("username: other", "sqlalchemy_uri: 'mysql+pymysql://me%40x:p%2Fw:%25@db:3307/shop?charset=utf8mb4&connect_timeout=5'").GetTarget();
        Assert.Equal((new HostPort("db", 3307), "me@x", "p/w:%", "shop"), (target.Address, target.User, target.Password!.Reveal(), target.Database));
        Assert.Equal(TimeSpan.FromSeconds(5), target.ConnectTimeout);
    }

    [Theory]
    [InlineData("postgresql://u:secret@h/d")]
    [InlineData("secret")]
    [InlineData("mysql+pymysql://u:sec@ret@h/d")]
    [InlineData("mysql+pymysql://u:secret@h:x/d")]
    [InlineData("mysql+pymysql://u:secret@h/d?ssl_mode=VERIFY_CA")]
    [InlineData("mysql+pymysql://u:secret@h/d?ssl_verify_cert=required")]
    public void A_SQLAlchemy_address_that_cannot_be_followed_is_refused(string uri)
    {
        using var loaded = Loading.LoadMySql($"sqlalchemy_uri: '{uri}'");
        Assert.DoesNotContain("sec", Assert.Single(loaded.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    // As PyMySQL: an authority asks for both checks; the flat arguments check only what they name.
    [InlineData("{}", MySqlTlsMode.Preferred)]
    [InlineData("{connect_args: {ssl: {}}}", MySqlTlsMode.Preferred)]
    [InlineData("{connect_args: {ssl: {ca: /ca}}}", MySqlTlsMode.VerifyFull)]
    [InlineData("{connect_args: {ssl: {ca: /ca, check_hostname: false}}}", MySqlTlsMode.VerifyCa)]
    [InlineData("{connect_args: {ssl: {ca: /ca, check_hostname: false, verify_mode: none}}}", MySqlTlsMode.Required)]
    [InlineData("{connect_args: {ssl: {verify_mode: required}}}", MySqlTlsMode.VerifyCa)]
    [InlineData("{connect_args: {ssl: {cert: /c, key: /k}}}", MySqlTlsMode.Required)]
    [InlineData("{connect_args: {ssl: {ca: /ca}, ssl_disabled: true}}", MySqlTlsMode.Disabled)]
    [InlineData("{connect_args: {ssl_ca: /ca}}", MySqlTlsMode.Required)]
    [InlineData("{connect_args: {ssl_ca: /ca, ssl_verify_cert: true}}", MySqlTlsMode.VerifyCa)]
    [InlineData("{connect_args: {ssl_verify_identity: true}}", MySqlTlsMode.VerifyFull)]
    public void TLS_is_as_the_options_ask(string options, MySqlTlsMode mode) =>
        Assert.Equal(mode, Loading.MySqlConfig($"options: {options}").GetTarget().Tls.Mode);

    [Theory]
    [InlineData("sqlalchemy_uri: 'mysql://h/?ssl_ca=/ca'", MySqlTlsMode.VerifyFull)]
    [InlineData("sqlalchemy_uri: 'mysql://h/?ssl_ca=/ca&ssl_check_hostname=false'", MySqlTlsMode.VerifyCa)]
    public void TLS_is_as_the_address_asks(string line, MySqlTlsMode mode) => Assert.Equal(mode, Loading.MySqlConfig(line).GetTarget().Tls.Mode);

    [Theory]
    [InlineData("options: {connect_args: {ssl: {cafile: /ca}}}", "cafile")]
    [InlineData("options: {connect_args: {ssl: {verify_mode: sometimes}}}", "verify_mode")]
    [InlineData("options: {connect_args: {ssl: true}}", "mapping")]
    [InlineData("auth_mode: AWS_IAM", "not built")]
    [InlineData("auth_mode: IAM", "one of PASSWORD, AWS_IAM")]
    [InlineData("env: FOO", "must be one of CERT")]
    [InlineData("domain: {sales: {allow: ['.*']}}", "write the urn")]
    [InlineData("profiling: {profile_table_level_only: true, include_field_histogram: true}", "excludes")]
    [InlineData("profiling: {profile_table_row_limit: 0}", "larger than 0")]
    [InlineData("statement_timeout_sec: 0", "at least 1")]
    [InlineData("schemas_per_batch: 0", "at least 1")]
    [InlineData("stateful_ingestion: {enabled: false, fail_safe_threshold: 101}", "at most 100")]
    [InlineData("stateful_ingestion: {state_provider: {type: s3}}", "'datahub' or 'file'")]
    public void A_setting_is_refused(string line, string reason)
    {
        using var loaded = Loading.LoadMySql(line);
        Assert.Contains(reason, Assert.Single(loaded.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("database_alias: x")]
    [InlineData("schema_pattern: {allow: [x]}")]
    [InlineData("profiling: {enabled: true}")]
    [InlineData("classification: {enabled: true}")]
    [InlineData("include_usage_statistics: true")]
    [InlineData("options: {pool_size: 3}")]
    [InlineData("options: {connect_args: {charset: utf8}}")]
    public void A_setting_gives_one_warning(string line)
    {
        using var loaded = Loading.LoadMySql(line);
        Assert.NotNull(loaded.Recipe);
        Assert.Single(loaded.Warnings);
    }

    [Fact]
    public void Views_follow_the_filter_of_tables_until_they_have_their_own()
    {
        Assert.False(Loading.MySqlConfig("table_pattern: {deny: ['.*']}").ViewFilter.Allows("shop.v"));
        Assert.True(Loading.MySqlConfig("table_pattern: {deny: ['.*']}", "view_pattern: {allow: ['.*']}").ViewFilter.Allows("shop.v"));
    }

    [Fact]
    public void The_environment_is_written_in_upper_case() => Assert.Equal("DEV", Loading.MySqlConfig("env: dev").Env);

    [Fact]
    public void Domains_are_given_as_urns() =>
        Assert.True(Loading.MySqlConfig("domain: {'urn:li:domain:sales': {allow: ['shop']}}").Domain["urn:li:domain:sales"].Allows("shop.orders"));
}

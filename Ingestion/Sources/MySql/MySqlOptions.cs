using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>The block <c>options</c>: arguments of SQLAlchemy's engine, of which those for the driver count here.</summary>
[AcceptsUnknownSettings]
public sealed record MySqlOptions
{
    /// <summary>Arguments of the driver.</summary>
    [Setting("connect_args", "Arguments of the driver: TLS and time-outs.")]
    public MySqlConnectArgs ConnectArgs { get; init; } = new();
}

/// <summary>
/// The block <c>options.connect_args</c>, with the arguments of Python's driver PyMySQL
/// (https://pymysql.readthedocs.io/en/latest/modules/connections.html). One that is not known is an error, since it may have asked for safety.
/// </summary>
public sealed record MySqlConnectArgs
{
    /// <summary>TLS; an empty block asks for nothing.</summary>
    [Setting("ssl", "TLS. With 'ca' the server's certificate and host name are checked; without, the connection is just encrypted.")]
    public MySqlSslArgs? Ssl { get; init; }

    /// <summary>Do not use TLS.</summary>
    [Setting("ssl_disabled", "Do not use TLS.")]
    public bool? SslDisabled { get; init; }

    /// <summary>Certificate authority.</summary>
    [Setting("ssl_ca", "PEM file with the certificate authority to trust; checked only with ssl_verify_cert.", IsPath = true)]
    public string? SslCa { get; init; }

    /// <summary>Certificate to show.</summary>
    [Setting("ssl_cert", "PEM file with the certificate to show.", IsPath = true)]
    public string? SslCert { get; init; }

    /// <summary>Key of the certificate.</summary>
    [Setting("ssl_key", "PEM file with the key of that certificate.", IsPath = true)]
    public string? SslKey { get; init; }

    /// <summary>Check the certificate.</summary>
    [Setting("ssl_verify_cert", "Check the server's certificate.")]
    public bool? SslVerifyCert { get; init; }

    /// <summary>Check the host name.</summary>
    [Setting("ssl_verify_identity", "Check that the certificate is of this host too.")]
    public bool? SslVerifyIdentity { get; init; }

    /// <summary>Seconds to wait for the connection.</summary>
    [Setting("connect_timeout", "Seconds to wait for the connection.", Minimum = 1, Maximum = 31536000)]
    public double ConnectTimeout { get; init; } = 10;

    /// <summary>Seconds to wait for rows, in PyMySQL.</summary>
    [Setting("read_timeout", "Seconds to wait for rows.", WithoutEffect = "use statement_timeout_sec")]
    public double? ReadTimeout { get; init; }

    /// <summary>Seconds to wait for sending, in PyMySQL.</summary>
    [Setting("write_timeout", "Seconds to wait for sending.", WithoutEffect = "use statement_timeout_sec")]
    public double? WriteTimeout { get; init; }

    /// <summary>Character set, in PyMySQL.</summary>
    [Setting("charset", "Character set of the connection.", WithoutEffect = "connections use utf8mb4")]
    public string? Charset { get; init; }

    /// <summary>Whether texts are Unicode, in PyMySQL.</summary>
    [Setting("use_unicode", "Whether texts are Unicode.", WithoutEffect = "texts are always Unicode")]
    public bool? UseUnicode { get; init; }

    /// <summary>Statement at the start of a session, in PyMySQL.</summary>
    [Setting("init_command", "Statement to run at the start of a session.", WithoutEffect = "sessions are read-only and set up by the source itself")]
    public string? InitCommand { get; init; }

    internal MySqlTls ToTls()
    {
        if (SslDisabled == true)
        {
            return new MySqlTls(MySqlTlsMode.Disabled);
        }
        if (SslCa is not null || SslCert is not null || SslKey is not null || SslVerifyCert == true || SslVerifyIdentity == true)
        {
            var mode = SslVerifyIdentity == true ? MySqlTlsMode.VerifyFull : SslVerifyCert == true ? MySqlTlsMode.VerifyCa : MySqlTlsMode.Required;
            return new MySqlTls(mode, SslCa, SslCert, SslKey);
        }
        return Ssl is null || Ssl == new MySqlSslArgs() ? new MySqlTls(MySqlTlsMode.Preferred) : Ssl.ToTls();
    }
}

/// <summary>The block <c>ssl</c> of the driver's arguments.</summary>
public sealed record MySqlSslArgs : IValidatedConfig
{
    /// <summary>Certificate authority.</summary>
    [Setting("ca", "PEM file with the certificate authority to trust.", IsPath = true)]
    public string? Ca { get; init; }

    /// <summary>Certificate to show.</summary>
    [Setting("cert", "PEM file with the certificate to show.", IsPath = true)]
    public string? Cert { get; init; }

    /// <summary>Key of the certificate.</summary>
    [Setting("key", "PEM file with the key of that certificate.", IsPath = true)]
    public string? Key { get; init; }

    /// <summary>Check the host name; true where there is a certificate authority.</summary>
    [Setting("check_hostname", "Check that the certificate is of this host. Default: yes with 'ca', else no.")]
    public bool? CheckHostname { get; init; }

    /// <summary>Check the certificate: a switch, or <c>none</c>, <c>required</c>.</summary>
    [Setting("verify_mode", "Check the certificate: true or required, false or none. Default: yes with 'ca', else no.")]
    public object? VerifyMode { get; init; }

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (VerifyMode is not null && Verifies is null)
        {
            yield return ("verify_mode", "must be true, false, required or none");
        }
    }

    // PyMySQL takes "optional" too, which for a client is the same as required.
    private bool? Verifies => VerifyMode switch
    {
        bool truth => truth,
        string text => text.ToLowerInvariant() switch
        {
            "required" or "optional" or "1" or "true" or "yes" => true,
            "none" or "0" or "false" or "no" => false,
            _ => null,
        },
        _ => null,
    };

    internal MySqlTls ToTls()
    {
        var verifies = Verifies ?? Ca is not null;
        // PyMySQL asks Python to check the name only if there is an authority.
        var checksName = CheckHostname ?? Ca is not null;
        return new MySqlTls(checksName ? MySqlTlsMode.VerifyFull : verifies ? MySqlTlsMode.VerifyCa : MySqlTlsMode.Required, Ca, Cert, Key);
    }
}

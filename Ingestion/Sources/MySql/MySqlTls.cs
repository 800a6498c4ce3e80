namespace Discovery.Ingestion.Sources.MySql;

/// <summary>How much a connection insists on TLS.</summary>
public enum MySqlTlsMode
{
    /// <summary>Never encrypt.</summary>
    Disabled,

    /// <summary>Encrypt when the server offers it; what a recipe gets that says nothing.</summary>
    Preferred,

    /// <summary>Encrypt or fail; the certificate is not checked.</summary>
    Required,

    /// <summary>Encrypt, check the certificate against the authority, or fail.</summary>
    VerifyCa,

    /// <summary>Encrypt, check the certificate and that it is of this host, or fail.</summary>
    VerifyFull,
}

/// <summary>TLS of a connection.</summary>
/// <param name="Mode">How much it insists.</param>
/// <param name="CaFile">Certificate authorities to trust, PEM; null for those of the system.</param>
/// <param name="CertificateFile">Certificate to show, PEM; null for none.</param>
/// <param name="KeyFile">Key of that certificate, PEM; null for none.</param>
public sealed record MySqlTls(MySqlTlsMode Mode, string? CaFile = null, string? CertificateFile = null, string? KeyFile = null);

/// <summary>Where a MySQL source connects to, and as whom.</summary>
/// <param name="Address">The server.</param>
/// <param name="User">The account, null for the client library's own choice.</param>
/// <param name="Password">Its password, null for none.</param>
/// <param name="Database">Database to begin in, null for none.</param>
/// <param name="Tls">Encryption.</param>
/// <param name="ConnectTimeout">How long to wait for the connection.</param>
public sealed record MySqlTarget(HostPort Address, string? User, Recipes.Secret? Password, string? Database, MySqlTls Tls, TimeSpan ConnectTimeout);

using System.Diagnostics.CodeAnalysis;

namespace MySqlConnector;

/// <summary>How a connection uses TLS.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The names are those of the real package.")]
[SuppressMessage("Design", "CA1069", Justification = "None and Disabled are the same mode.")]
public enum MySqlSslMode
{
    /// <summary>No TLS.</summary>
    None = 0,

    /// <summary>No TLS.</summary>
    Disabled = 0,

    /// <summary>TLS where the server offers it, else clear text. The certificate is not verified.</summary>
    Preferred = 1,

    /// <summary>TLS or no connection. The certificate is not verified.</summary>
    Required = 2,

    /// <summary>TLS with a certificate of a known authority.</summary>
    VerifyCA = 3,

    /// <summary>TLS with a certificate of a known authority for the host that was asked for.</summary>
    VerifyFull = 4,
}

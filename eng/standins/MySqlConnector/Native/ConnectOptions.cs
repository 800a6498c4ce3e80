using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static MySqlConnector.Native.LibMariaDb;

namespace MySqlConnector.Native;

/// <summary>Sets what a connection may do before it is opened. Nothing is read from option files, and nothing from the environment but by OpenSSL.</summary>
internal static unsafe class ConnectOptions
{
    private const uint Tcp = 1;
    private const string SystemCertificates = "/etc/ssl/certs";

    // Methods that never show the password to a listener. The library compares by substring, so the list is one string.
    private const string SafeMethods = "mysql_native_password,caching_sha2_password,sha256_password,client_ed25519";
    private const string ClearTextMethods = ",mysql_clear_password,dialog";

    /// <param name="mysql">A connection that is not open yet.</param>
    /// <param name="settings">What the caller asks for.</param>
    /// <param name="mode">With TLS or without. Not <see cref="MySqlSslMode.Preferred"/>: where the library falls back to clear text by itself,
    /// it takes the connection for encrypted and its caching_sha2_password sends the bare password.</param>
    internal static void Apply(nint mysql, MySqlConnectionStringBuilder settings, MySqlSslMode mode)
    {
        Set(mysql, Option.Protocol, Tcp);

        // Ends what the caller no longer waits for.
        Set(mysql, Option.ConnectTimeout, settings.ConnectionTimeout == 0 ? 0 : Math.Min(settings.ConnectionTimeout, 1_000_000) + 1);
        _ = mysql_options(mysql, Option.CharacterSet, "utf8mb4");
        _ = mysql_options(mysql, Option.PluginFolder, PluginFolder);
        if (settings.ApplicationName.Length > 0)
        {
            _ = mysql_options4(mysql, Option.ConnectAttribute, "program_name", settings.ApplicationName);
        }

        RefuseLocalFiles(mysql);
        SetTls(mysql, settings, mode);
        _ = mysql_options(mysql, Option.AllowedAuthentication, mode == MySqlSslMode.None ? SafeMethods : SafeMethods + ClearTextMethods);
        if (!settings.AllowPublicKeyRetrieval)
        {
            // Without a key file the library asks the server for its key, which anybody between may answer. A file that holds no key ends the login instead.
            _ = mysql_options(mysql, Option.ServerPublicKey, Path.Combine(PluginFolder, "caching_sha2_password.so"));
        }
    }

    // A server may ask for any file of the client in reply to any statement, and the library would send it by default.
    private static void RefuseLocalFiles(nint mysql)
    {
        Set(mysql, Option.LocalInfile, 0u);
        mysql_set_local_infile_handler(mysql, &RefuseFile, &ReadNothing, &End, &ReadNothing, null);
    }

    private static void SetTls(nint mysql, MySqlConnectionStringBuilder settings, MySqlSslMode mode)
    {
        Set(mysql, Option.SslEnforce, mode == MySqlSslMode.None ? (byte)0 : (byte)1);
        Set(mysql, Option.VerifyServerCertificate, mode == MySqlSslMode.VerifyFull ? (byte)1 : (byte)0);
        if (mode == MySqlSslMode.None)
        {
            return;
        }

        // "Enforce" alone goes on in clear text with a server that has no TLS. An expected fingerprint forbids that; an empty one is then not compared.
        _ = mysql_options(mysql, Option.SslFingerprint, "");
        if (mode >= MySqlSslMode.VerifyCA)
        {
            // The chain is verified only where an authority is named.
            _ = settings.SslCa.Length > 0
                ? mysql_options(mysql, Option.SslCa, settings.SslCa)
                : mysql_options(mysql, Option.SslCaFolder, SystemCertificates);
        }

        if (settings.SslCert.Length > 0)
        {
            _ = mysql_options(mysql, Option.SslCertificate, settings.SslCert);
            _ = mysql_options(mysql, Option.SslKey, settings.SslKey);
        }
    }

    private static void Set<T>(nint mysql, Option option, T value)
        where T : unmanaged => _ = mysql_options(mysql, option, &value);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int RefuseFile(void** info, byte* file, void* userData) => 1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ReadNothing(void* info, byte* text, uint length)
    {
        if (length > 0)
        {
            *text = 0;
        }

        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void End(void* info)
    {
    }
}

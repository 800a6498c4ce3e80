using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using static MySqlConnector.Native.LibMariaDb;

namespace MySqlConnector.Native;

/// <summary>Turns the error state of a connection into the exception that the real package would throw.</summary>
internal static unsafe partial class NativeErrors
{
    private const uint Unknown = 2000;
    private const uint ServerGone = 2006;
    private const uint ServerLost = 2013;
    private const uint Tls = 2026;

    /// <summary>True where the last error means that the connection is of no use any more.</summary>
    internal static bool IsLost(nint mysql) => mysql_errno(mysql) is ServerGone or ServerLost;

    /// <summary>True where a login ended because the server has no TLS.</summary>
    internal static bool IsServerWithoutTls(MySqlException error) =>
        error.ErrorCode == MySqlErrorCode.UnableToConnectToHost && error.Message.Contains("SSL is required, but the server does not support it", StringComparison.Ordinal);

    /// <summary>The last error of a statement. Errors that the server did not send have the number 0 and no SQLSTATE.</summary>
    internal static MySqlException ForStatement(nint mysql)
    {
        var number = mysql_errno(mysql);
        return IsFromClient(number)
            ? new MySqlException(MySqlErrorCode.None, null, $"Failed to read the result set: {Text(mysql)}.")
            : new MySqlException((MySqlErrorCode)number, Marshal.PtrToStringUTF8((nint)mysql_sqlstate(mysql)), Text(mysql));
    }

    /// <summary>The error of a login that failed.</summary>
    internal static MySqlException ForConnect(nint mysql)
    {
        var number = mysql_errno(mysql);
        var text = Text(mysql);
        if (!IsFromClient(number))
        {
            return new MySqlException((MySqlErrorCode)number, Marshal.PtrToStringUTF8((nint)mysql_sqlstate(mysql)), text);
        }

        // Received error packet before completion of TLS handshake. The authenticity of the following error cannot be verified: 1040 - Too many connections
        if (ServerErrorBeforeTls().Match(text) is { Success: true } early)
        {
            return new MySqlException((MySqlErrorCode)int.Parse(early.Groups[1].Value, CultureInfo.InvariantCulture), null, early.Groups[2].Value);
        }

        if (number == Unknown)
        {
            // A method of login that gave up; see ConnectOptions on the server's public key.
            return new MySqlException(MySqlErrorCode.UnableToConnectToHost, null, "Authentication method of the account failed. Use a secure connection, or set AllowPublicKeyRetrieval=True.");
        }

        var cause = number == Tls ? "SSL Authentication Error" : "Unable to connect to any of the specified MySQL hosts";
        return new MySqlException(MySqlErrorCode.UnableToConnectToHost, null, $"{cause}: {text}.");
    }

    // 2000-2999 and 5000-5999 are made by the library, all else comes from the server.
    private static bool IsFromClient(uint number) => number is (>= 2000 and < 3000) or (>= 5000 and < 6000);

    private static string Text(nint mysql) => Marshal.PtrToStringUTF8((nint)mysql_error(mysql)) ?? "";

    [GeneratedRegex(@"cannot be verified: (\d+) - (.*)$", RegexOptions.Singleline)]
    private static partial Regex ServerErrorBeforeTls();
}

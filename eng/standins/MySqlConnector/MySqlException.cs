using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace MySqlConnector;

/// <summary>The server answered with an error, or the talk with it failed.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Only the provider makes these.")]
public sealed class MySqlException : DbException
{
    internal MySqlException(MySqlErrorCode errorCode, string? sqlState, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorCode = errorCode;
        SqlState = sqlState;
    }

    /// <summary>The error's number: the server's, or one of <see cref="MySqlErrorCode"/>.</summary>
    public int Number => (int)ErrorCode;

    /// <summary>The error's number by name.</summary>
    public new MySqlErrorCode ErrorCode { get; }

    /// <summary>Five characters that classify the error; null where it is not the server's.</summary>
    public override string? SqlState { get; }

    /// <summary>The same call may succeed when tried again.</summary>
    public override bool IsTransient => ErrorCode
        is MySqlErrorCode.ConnectionCountError
        or MySqlErrorCode.LockDeadlock
        or MySqlErrorCode.LockWaitTimeout
        or MySqlErrorCode.UnableToConnectToHost
        or MySqlErrorCode.XARBDeadlock;

    internal static MySqlException ForTimeout(Exception cause) =>
        new(MySqlErrorCode.CommandTimeoutExpired, null, "The Command Timeout expired before the operation completed.", cause);
}

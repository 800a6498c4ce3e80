using System.Diagnostics.CodeAnalysis;

namespace MySqlConnector;

/// <summary>Numbers of errors. A number without a name here is cast to this type as it is.</summary>
[SuppressMessage("Design", "CA1028", Justification = "An int, as in the real package.")]
public enum MySqlErrorCode
{
    /// <summary>The time-out of the command passed.</summary>
    CommandTimeoutExpired = -1,

    /// <summary>Not an error that the server sent.</summary>
    None = 0,

    /// <summary>Too many connections.</summary>
    ConnectionCountError = 1040,

    /// <summary>The server cannot be reached, or TLS failed.</summary>
    UnableToConnectToHost = 1042,

    /// <summary>The account may not use the database.</summary>
    DatabaseAccessDenied = 1044,

    /// <summary>Wrong user name or password.</summary>
    AccessDenied = 1045,

    /// <summary>There is no such database.</summary>
    UnknownDatabase = 1049,

    /// <summary>The server is shutting down.</summary>
    ServerShutdown = 1053,

    /// <summary>There is no such column.</summary>
    BadFieldError = 1054,

    /// <summary>The statement is not SQL.</summary>
    ParseError = 1064,

    /// <summary>There is no such table in <c>information_schema</c>.</summary>
    UnknownTable = 1109,

    /// <summary>The account may not do this with the table.</summary>
    TableAccessDenied = 1142,

    /// <summary>The account may not do this with the column.</summary>
    ColumnAccessDenied = 1143,

    /// <summary>There is no such table.</summary>
    NoSuchTable = 1146,

    /// <summary>There is no such variable.</summary>
    UnknownSystemVariable = 1193,

    /// <summary>Another session holds a lock for too long.</summary>
    LockWaitTimeout = 1205,

    /// <summary>Two transactions wait for each other.</summary>
    LockDeadlock = 1213,

    /// <summary>A privilege is missing.</summary>
    SpecifiedAccessDeniedError = 1227,

    /// <summary>The statement was killed.</summary>
    QueryInterrupted = 1317,

    /// <summary>A view refers to what is no longer there, or may not be read.</summary>
    ViewInvalid = 1356,

    /// <summary>Two distributed transactions wait for each other.</summary>
    XARBDeadlock = 1614,

    /// <summary>The server's own limit of a statement's time passed.</summary>
    QueryTimeout = 3024,
}

namespace Discovery.Embedded.LocalMySql;

/// <summary>The local server cannot be used. The message says what happened and what to do, without secrets.</summary>
public sealed class LocalMySqlException(string message, Exception? inner = null) : Exception(message, inner);

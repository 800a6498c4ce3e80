using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Discovery.Ingestion.Api.Store;

/// <summary>Says in words for people why the store failed.</summary>
internal static class StoreFault
{
    /// <summary>What to throw for what SQLite threw; a defect of ours, such as a broken constraint, stays as it is.</summary>
    public static Exception Of(Exception fault) => fault is SqliteException { SqliteErrorCode: not (raw.SQLITE_CONSTRAINT or raw.SQLITE_ERROR or raw.SQLITE_MISUSE) } e
        ? new StoreUnavailableException($"{Reason(e)} Nothing of this request was written; send it again later.")
        : fault;

    private static string Reason(SqliteException e) => e.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => "The disk of the control plane's store is full.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "The control plane's store is locked by another program.",
        _ => $"The control plane's store fails: {e.Message}",
    };
}

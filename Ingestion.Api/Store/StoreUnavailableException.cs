namespace Discovery.Ingestion.Api.Store;

/// <summary>The store cannot be written or read now, and nothing of the request was; the message says why.</summary>
internal sealed class StoreUnavailableException(string message) : Exception(message);

namespace Discovery.Ingestion.Api;

/// <summary>The control plane cannot start; the message says why and what to do.</summary>
public sealed class ControlException(string message) : Exception(message);

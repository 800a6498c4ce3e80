namespace Discovery.Metadata.Serialization;

/// <summary>A record is not valid. The message says what is wrong and where in the record.</summary>
public sealed class MetadataFormatException(string message, Exception? inner = null) : Exception(message, inner);

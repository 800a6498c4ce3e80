namespace Discovery.Ingestion.Sources.MySql.ViewText;

/// <summary>Part of a text is not understood. Does not leave <see cref="ViewTextReader"/>.</summary>
internal sealed class ViewTextException(string message) : Exception(message);

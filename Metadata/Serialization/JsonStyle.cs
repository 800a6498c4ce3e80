namespace Discovery.Metadata.Serialization;

/// <summary>How JSON text is laid out.</summary>
internal enum JsonStyle
{
    /// <summary>A member a line, four spaces a level, <c>": "</c>; Python's <c>json.dumps(indent=4)</c>.</summary>
    Indented,

    /// <summary>One line with <c>", "</c> and <c>": "</c>; Python's <c>json.dumps</c>.</summary>
    Spaced,

    /// <summary>One line without spaces.</summary>
    Compact,
}

namespace Discovery.Deploy.Policy.Reading;

/// <summary>How much a file may hold; far more than any that people write, and little enough to be read at once.</summary>
internal static class ReadingLimits
{
    /// <summary>Bytes of a file.</summary>
    public const int Bytes = 16 * 1024 * 1024;

    /// <summary>Mappings and lists inside each other.</summary>
    public const int Depth = 100;

    /// <summary>Values of a file, those that YAML aliases repeat counted each time, and one more for each 100 characters of a text.</summary>
    public const int Values = 1_000_000;
}

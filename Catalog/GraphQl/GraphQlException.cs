using Discovery.Catalog.GraphQl.Syntax;

namespace Discovery.Catalog.GraphQl;

/// <summary>A request that is not executed: its text, its variables or what it asks for is at fault.</summary>
internal sealed class GraphQlException(string message, Location? location = null) : Exception(message)
{
    /// <summary>Where in the text.</summary>
    public Location? Location { get; } = location;
}

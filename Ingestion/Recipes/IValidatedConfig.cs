namespace Discovery.Ingestion.Recipes;

/// <summary>A config record whose settings depend on each other.</summary>
public interface IValidatedConfig
{
    /// <summary>Each fault with the key of the setting it is about (<c>host_port</c>, <c>profiling.enabled</c>).</summary>
    IEnumerable<(string Key, string Message)> Validate();

    /// <summary>Files of this machine that a text of another kind names, such as the parameters of an address: the key of the setting and the path.</summary>
    IEnumerable<(string Key, string Path)> Files() => [];

    /// <summary>What works and deserves a warning, in the same form.</summary>
    IEnumerable<(string Key, string Message)> Warnings() => [];
}

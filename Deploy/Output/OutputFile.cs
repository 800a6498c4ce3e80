namespace Discovery.Deploy.Output;

/// <summary>One file of the output.</summary>
/// <param name="Path">Path below the output folder, with slashes: <c>prod/discovery/api.yaml</c>.</param>
/// <param name="Text">Its content, lines ending in <c>\n</c>.</param>
/// <param name="IsExecutable">Whether it is a script.</param>
public sealed record OutputFile(string Path, string Text, bool IsExecutable = false);

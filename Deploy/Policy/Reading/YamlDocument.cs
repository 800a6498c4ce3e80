using System.Text.Json.Nodes;

namespace Discovery.Deploy.Policy.Reading;

/// <summary>One document of a file.</summary>
/// <param name="Root">What it holds; null for nothing.</param>
/// <param name="Lines">Where its values stand.</param>
internal sealed record YamlDocument(JsonNode? Root, SourceLines Lines);

/// <summary>A fault of a file's syntax.</summary>
/// <param name="Line">Line, from 1; 0 for the file as a whole.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record SyntaxFault(int Line, string Message);

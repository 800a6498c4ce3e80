namespace Discovery.Ingestion.Pipeline;

/// <summary>
/// What a recipe of somebody else may not reach on the machine that runs it: files outside of one folder, and addresses that a machine has
/// for itself alone (link-local ones, such as that of a cloud's metadata service).
/// </summary>
/// <param name="FileRoot">The folder; relative paths of the recipe are relative to it.</param>
public sealed record Confinement(string FileRoot);

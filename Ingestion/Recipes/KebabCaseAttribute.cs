namespace Discovery.Ingestion.Recipes;

/// <summary>
/// Files write the members of this enum as <c>auth-proxy</c>. Without it they write <c>AUTH_PROXY</c>, as recipes do.
/// </summary>
[AttributeUsage(AttributeTargets.Enum)]
public sealed class KebabCaseAttribute : Attribute;

namespace Discovery.Ingestion.Recipes;

/// <summary>
/// A setting that this config record does not know gives a warning rather than an error. For the few places where
/// DataHub's client ignores them too.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AcceptsUnknownSettingsAttribute : Attribute;

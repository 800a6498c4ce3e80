namespace Discovery.Ingestion.Recipes;

/// <summary>On a config record: a key that it does not know is a warning, not an error, as in DataHub's own client.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AllowUnknownSettingsAttribute : Attribute;

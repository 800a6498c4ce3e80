namespace Discovery.Ingestion.Recipes;

/// <summary>Syntax of a recipe.</summary>
public enum RecipeFormat
{
    /// <summary>YAML, which JSON is a part of.</summary>
    Yaml,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>TOML.</summary>
    Toml,
}

namespace Discovery.Ingestion.Api.Store;

/// <summary>The last good version of each recipe in the folder, and the contents that runs were asked for with.</summary>
internal sealed class RecipeTable(StoreConnection connection)
{
    /// <summary>All recipes.</summary>
    public List<(string Name, StoredRecipe Recipe)> All() => connection.Query(
        "SELECT name, version, file_name, content FROM recipes JOIN recipe_versions USING (version)",
        row => (row.GetString(0), new StoredRecipe(row.GetString(1), row.GetString(2), row.GetString(3))));

    /// <summary>Whether a recipe is in the folder.</summary>
    public bool Has(string name) => connection.Number("SELECT 1 FROM recipes WHERE name = @name", ("@name", name)) is not null;

    /// <summary>A content by its hash.</summary>
    public StoredRecipe Version(string version) => connection.Query(
        "SELECT version, file_name, content FROM recipe_versions WHERE version = @version", row => new StoredRecipe(row.GetString(0), row.GetString(1), row.GetString(2)), ("@version", version)).Single();

    /// <summary>Makes a content the last good one of a recipe.</summary>
    public void Save(string name, StoredRecipe recipe)
    {
        if (connection.Number("SELECT 1 FROM recipe_versions WHERE version = @version", ("@version", recipe.Version)) is null)
        {
            connection.Execute(
                "INSERT INTO recipe_versions (version, file_name, content) VALUES (@version, @file, @content)", ("@version", recipe.Version), ("@file", recipe.FileName), ("@content", recipe.Content));
        }
        if (connection.Execute("UPDATE recipes SET version = @version WHERE name = @name", ("@name", name), ("@version", recipe.Version)) == 0)
        {
            connection.Execute("INSERT INTO recipes (name, version) VALUES (@name, @version)", ("@name", name), ("@version", recipe.Version));
        }
    }

    public void Remove(string name) => connection.Execute("DELETE FROM recipes WHERE name = @name", ("@name", name));

    /// <summary>Removes contents that neither a recipe nor a run has.</summary>
    public void RemoveUnused() => connection.Execute(
        """
        DELETE FROM recipe_versions WHERE NOT EXISTS (SELECT 1 FROM recipes WHERE recipes.version = recipe_versions.version)
        AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.version = recipe_versions.version)
        """);
}

/// <summary>A recipe that was good.</summary>
/// <param name="Version">Hash of the two others.</param>
/// <param name="FileName">Tells its syntax: <c>shop.yml</c>.</param>
/// <param name="Content">Its text, variables unresolved.</param>
internal sealed record StoredRecipe(string Version, string FileName, string Content);

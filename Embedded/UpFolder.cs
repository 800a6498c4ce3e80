namespace Discovery.Embedded;

/// <summary><c>artifacts/up</c>: the recipe that <c>up</c> runs, the password it needs, and the data of catalog and control plane.</summary>
internal sealed class UpFolder
{
    /// <summary>The variable by which the recipe takes the password.</summary>
    public const string PasswordVariable = "DISCOVERY_UP_PASSWORD";

    /// <summary>The name of the recipe.</summary>
    public const string RecipeName = "fleet";

    private readonly string _path;

    public UpFolder(string artifacts)
    {
        _path = Path.Combine(artifacts, "up");
        Directory.CreateDirectory(Recipes);
        Directory.CreateDirectory(Files);
    }

    /// <summary>The folder of recipes.</summary>
    public string Recipes => Path.Combine(_path, "recipes");

    public string Recipe => Path.Combine(Recipes, $"{RecipeName}.yml");

    /// <summary>The folder below which recipes may name files.</summary>
    public string Files => Path.Combine(_path, "files");

    public string Password => Path.Combine(_path, "password");

    public string Catalog => Path.Combine(_path, "catalog");

    /// <summary>The folder of the control plane's store.</summary>
    public string Control => Path.Combine(_path, "control");

    public void Write(string hostPort, ReadingAccount account, Uri catalog)
    {
        File.Delete(Password);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using (var writer = new StreamWriter(Password, options))
        {
            writer.Write(account.Password);
        }
        File.WriteAllText(Recipe, $$"""
            # Written by ./discovery up, anew at each start. Run it yourself while server and catalog are there:
            #   {{PasswordVariable}}=$(cat artifacts/up/password) ./discovery ingest -c artifacts/up/recipes/fleet.yml
            source:
              type: mysql
              config:
                host_port: "{{hostPort}}"
                username: {{account.Name}}
                password: "${{{PasswordVariable}}}"
                database_pattern:
                  deny: ["^information_schema$", "^mysql$", "^performance_schema$", "^sys$"]
            sink:
              type: datahub-rest
              config:
                server: "{{catalog.GetLeftPart(UriPartial.Authority)}}"
            deployment:
              name: Sample fleet

            """);
    }
}

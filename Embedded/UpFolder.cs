namespace Discovery.Embedded;

/// <summary><c>artifacts/up</c>: the recipe that <c>up</c> ran, the password it needs, and the catalog that it filled.</summary>
internal sealed class UpFolder
{
    /// <summary>The variable by which the recipe takes the password.</summary>
    public const string PasswordVariable = "DISCOVERY_UP_PASSWORD";

    private readonly string _path;

    public UpFolder(string artifacts)
    {
        _path = Path.Combine(artifacts, "up");
        Directory.CreateDirectory(_path);
    }

    public string Recipe => Path.Combine(_path, "recipe.yml");

    public string Password => Path.Combine(_path, "password");

    public string Catalog => Path.Combine(_path, "catalog");

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
            #   {{PasswordVariable}}=$(cat artifacts/up/password) ./discovery ingest -c artifacts/up/recipe.yml
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

            """);
    }
}

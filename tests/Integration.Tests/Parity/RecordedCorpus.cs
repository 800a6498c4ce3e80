using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.Parity;

/// <summary>What DataHub's own client wrote for recorded recipes on real and on hand-written schemas: <c>(schema)/(server)/(variant)</c>.</summary>
internal static class RecordedCorpus
{
    public const string MariaDb = "mariadb-10.11", MySql = "mysql-9.7";

    private const string Path = "oracle/mysql/public";

    // The variants of options and accounts of one schema are enough for each change; those of the others come with the long tests.
    private const string SchemaWithAllVariants = "sakila";

    /// <summary>The folder of a schema.</summary>
    public static string Schema(string schema) => SharedFolder.Require($"{Path}/{schema}");

    /// <summary>The account that a variant was recorded with.</summary>
    public static string Account(string recorded) => File.ReadLines(System.IO.Path.Combine(recorded, "report.txt")).ElementAt(2).Split(' ')[1]; // user: meta_full

    /// <summary>
    /// Each variant recorded on a server with the account that it was recorded with, and the default one with the two
    /// accounts that cannot read rows as well.
    /// </summary>
    /// <param name="server">Folder of the recorded server.</param>
    public static IEnumerable<TheoryDataRow<string, string, string>> Cases(string server)
    {
        var root = System.IO.Path.Combine(SharedFolder.Root, "..", "shared", Path);
        if (!Directory.Exists(root))
        {
            yield return new("(no recorded output)", "default", TestServer.Full);
            yield break;
        }
        foreach (var folder in Directory.GetFiles(root, "recipe.yml", SearchOption.AllDirectories).Select(file => System.IO.Path.GetDirectoryName(file)!).Order(StringComparer.Ordinal))
        {
            var parts = System.IO.Path.GetRelativePath(root, folder).Split('/');
            if (parts is not [var schema, var recordedOn, var variant] || recordedOn != server)
            {
                continue;
            }
            var account = Account(folder);
            foreach (var with in variant == "default" ? [account, TestServer.Ref, TestServer.RefView] : new[] { account })
            {
                var row = new TheoryDataRow<string, string, string>(schema, variant, with);
                yield return schema == SchemaWithAllVariants || (variant == "default" && with == account) ? row : row.WithTrait("Category", "Long");
            }
        }
    }
}

using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Discovery.Web.Migrations;

/// <summary>
/// Brings a SQLite database to the newest schema by numbered scripts (<c>0001-aspects.sql</c>, <c>0002-...</c>) inside an assembly.
/// The number of the last one that was applied is the database's <c>user_version</c>.
/// </summary>
public sealed class SqliteMigrations
{
    private readonly IReadOnlyList<(string Name, string Sql)> _scripts;

    private SqliteMigrations(IReadOnlyList<(string Name, string Sql)> scripts) => _scripts = scripts;

    /// <summary>The scripts whose resource names begin with a prefix, in order of name; the first is number 1.</summary>
    public static SqliteMigrations Of(Assembly assembly, string prefix) =>
        new([.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name, Read(assembly, name)))]);

    /// <summary>The schema that this program writes.</summary>
    public int Newest => _scripts.Count;

    /// <summary>Applies what is missing, each script in a transaction of its own.</summary>
    /// <returns>The schema that the database had before; 0 for a new one.</returns>
    /// <exception cref="NewerSchemaException">The database was written by a newer version of the program.</exception>
    /// <exception cref="SqliteException">A script failed; those before it stay applied.</exception>
    public int Apply(SqliteConnection connection)
    {
        var current = Convert.ToInt32(Scalar(connection, "PRAGMA user_version"), null);
        if (current > Newest)
        {
            throw new NewerSchemaException(current, Newest);
        }
        for (var number = current + 1; number <= Newest; number++)
        {
            using var transaction = connection.BeginTransaction();
            Scalar(connection, _scripts[number - 1].Sql);
            Scalar(connection, $"PRAGMA user_version = {number}");
            transaction.Commit();
        }
        return current;
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // scripts are part of the program
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

/// <summary>A database has a schema that this program does not know yet.</summary>
public sealed class NewerSchemaException(int found, int newest)
    : Exception($"It has schema {found} and this version knows schemas up to {newest}: start the version of Discovery that wrote it, or a newer one.");

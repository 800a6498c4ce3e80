using System.Security.Cryptography;
using System.Text;
using Discovery.Embedded.LocalMySql;

namespace Discovery.Embedded;

/// <summary>The sample databases: one script each, named <c>10-geo.sql</c> for database <c>geo</c>, loaded in the order of their names.</summary>
internal sealed class SampleFleet
{
    private readonly IReadOnlyList<string> _scripts;

    public SampleFleet(string folder)
    {
        _scripts = [.. Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal)];
        Databases = [.. _scripts.Select(path => Path.GetFileNameWithoutExtension(path).Split('-', 2)[1])];
    }

    public IReadOnlyList<string> Databases { get; }

    /// <summary>Loads the scripts unless the server holds just these from an earlier start.</summary>
    /// <returns>Whether they were loaded.</returns>
    /// <exception cref="LocalMySqlException">A statement failed.</exception>
    public async Task<bool> LoadAsync(LocalMySqlServer server, CancellationToken cancellationToken)
    {
        var checksum = await ChecksumAsync(cancellationToken);
        var loaded = server.DataFolder is { } folder ? Path.Combine(folder, "fleet.sha256") : null;
        if (loaded is not null && File.Exists(loaded) && await File.ReadAllTextAsync(loaded, cancellationToken) == checksum)
        {
            return false;
        }
        var drop = string.Concat(Databases.Select(database => $"DROP DATABASE IF EXISTS `{database}`;\n"));
        await server.RunSqlAsync($"SET foreign_key_checks = 0;\n{drop}", "drop of the old fleet", cancellationToken);
        foreach (var script in _scripts)
        {
            await server.RunSqlFileAsync(script, cancellationToken);
        }
        if (loaded is not null)
        {
            await File.WriteAllTextAsync(loaded, checksum, cancellationToken);
        }
        return true;
    }

    private async Task<string> ChecksumAsync(CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var script in _scripts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(script)));
            hash.AppendData(await File.ReadAllBytesAsync(script, cancellationToken));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

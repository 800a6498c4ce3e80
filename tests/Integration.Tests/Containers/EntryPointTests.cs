using System.IO.Compression;
using Discovery.Embedded.LocalMySql;

namespace Discovery.Integration.Tests.Containers;

/// <summary>What the public images document, and those of eng/test-images do too.</summary>
public abstract class EntryPointTests(string image) : IDisposable
{
    private readonly string _passwordFile = Path.Combine(Directory.CreateTempSubdirectory("discovery-secret-").FullName, "ann");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_passwordFile)!, recursive: true);

    [Fact]
    public async Task Without_a_password_for_root_it_does_not_start_and_says_what_to_set()
    {
        var (exitCode, output) = await Command.RunAsync("docker", ["run", "--rm", await Docker.RequireAsync(image)], Cancelled);

        Assert.Equal(1, exitCode);
        Assert.Contains("ROOT_PASSWORD", output, StringComparison.Ordinal);
        Assert.Contains("RANDOM_ROOT_PASSWORD", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Environment_scripts_and_arguments_make_the_server()
    {
        var scripts = new Dictionary<string, byte[]>
        {
            // In the order of their names, in the database of the environment; what has another ending is left out.
            ["1-first.sql"] = "CREATE TABLE steps (step INT AUTO_INCREMENT PRIMARY KEY, name TEXT); INSERT INTO steps (name) VALUES ('sql');"u8.ToArray(),
            ["2-second.sh"] = "MYSQL_PWD=\"$MYSQL_ROOT_PASSWORD\" $(command -v mariadb || command -v mysql) -uroot first_db -e \"INSERT INTO steps (name) VALUES ('sh')\"\n"u8.ToArray(),
            ["3-third.sql.gz"] = Gzip("INSERT INTO steps (name) VALUES ('gzip');"u8),
            ["4-fourth.txt"] = "INSERT INTO steps (name) VALUES ('text');"u8.ToArray(),
        };
        File.WriteAllText(_passwordFile, "ann's");
        File.SetUnixFileMode(_passwordFile, UnixFileMode.UserRead);
        await using var server = await ContainerServer.StartAsync(
            await Docker.RequireAsync(image), scripts, "MYSQL_DATABASE=first_db\nMYSQL_USER=ann\nMYSQL_PASSWORD_FILE=/run/ann",
            ["--mount", $"type=bind,source={_passwordFile},destination=/run/ann,readonly"], ["--max-connections=77"]);
        await server.UntilReadyAsync();

        Assert.Equal("sql,sh,gzip", await server.ExecuteAsync("SELECT GROUP_CONCAT(name ORDER BY step) FROM first_db.steps"));
        Assert.Equal("77", await server.ExecuteAsync("SELECT @@max_connections"));
        Assert.Equal("ann", await server.ExecuteAsync("SELECT User FROM mysql.user WHERE Host = '%' AND User <> 'root'"));
        Assert.Equal("1", await server.ExecuteAsync(@"SELECT COUNT(*) FROM mysql.db WHERE User = 'ann' AND Db = 'first\\_db' AND Drop_priv = 'Y'"));
        Assert.Contains("init process done. Ready for start up.", await server.LogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_runs_without_rights_on_a_volume_that_is_roots()
    {
        await using var server = await ContainerServer.StartAsync(
            await Docker.RequireAsync(image), options: ["--mount", "type=tmpfs,destination=/var/lib/mysql,tmpfs-mode=0755"]);
        await server.UntilReadyAsync();

        Assert.Equal("999 999", await Docker.RunAsync("exec", server.Name, "stat", "--format", "%u %g", "/proc/1"));
        Assert.Equal("999", await Docker.RunAsync("exec", server.Name, "stat", "--format", "%u", "/var/lib/mysql/mysql"));
    }

    private static byte[] Gzip(ReadOnlySpan<byte> text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(text);
        }
        return packed.ToArray();
    }
}

public sealed class MariaDbEntryPointTests() : EntryPointTests("mariadb:10.11");

[Trait("Category", "Long")]
public sealed class MySqlEntryPointTests() : EntryPointTests("mysql:9.7");

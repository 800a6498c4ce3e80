using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Discovery.Embedded.LocalMySql;
using Discovery.Ingestion.Reports;
using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.MySql;

/// <summary>What can go wrong: a clear error, exit code 1, nothing under the final name, an earlier file left alone, no secret shown.</summary>
[Collection<ServerCollection>]
public sealed class FailureTests : IDisposable
{
    private const string Earlier = "[\n]";

    private readonly TestServer _server;
    private readonly string _folder = Directory.CreateTempSubdirectory("discovery-failure-").FullName;

    public FailureTests(TestServer server)
    {
        _server = server;
        File.WriteAllText(Output, Earlier);
    }

    private string Output => Path.Combine(_folder, "out.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_wrong_password_is_refused_in_one_line()
    {
        var result = await IngestAsync(_server.Server.HostPort, password: "not-the-password-7c");

        AssertFailed(result, "Access denied", "Check username and password of the recipe");
        Assert.DoesNotContain("not-the-password-7c", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_host_is_named_with_what_to_check()
    {
        var result = await IngestAsync("no-such-host.invalid:3306");

        AssertFailed(result, "no-such-host.invalid:3306", "Check `host_port` of the recipe");
    }

    [Fact]
    public async Task A_closed_port_is_named_with_what_to_check()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var result = await IngestAsync($"127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}");

        AssertFailed(result, "Check `host_port` of the recipe");
    }

    [Fact]
    public async Task An_unknown_database_is_named()
    {
        var result = await IngestAsync(_server.Server.HostPort, "database: does_not_exist");

        AssertFailed(result, "does_not_exist");
    }

    [Fact]
    public async Task A_server_that_dies_in_mid_crawl_fails_the_run_and_leaves_an_earlier_file_alone()
    {
        var cancel = TestContext.Current.CancellationToken;
        Assert.SkipUnless(await LocalMySqlServer.IsAvailableAsync(cancel), "no mariadbd, mysqld or Docker on this machine");
        await using var mortal = await LocalMySqlServer.StartAsync(new LocalMySqlOptions { DataFolder = Path.Combine(_folder, "data") }, cancel);
        var databases = Enumerable.Range(0, 6).Select(i => $"mortal_{i}").ToList();
        await mortal.RunSqlAsync(string.Join('\n', databases.Select(name => $"CREATE DATABASE {name}; CREATE TABLE {name}.t (id INT PRIMARY KEY);"))
            + $"CREATE USER 'r'@'{mortal.AccountHost}' IDENTIFIED BY '{TestServer.Password}'; GRANT REFERENCES ON *.* TO 'r'@'{mortal.AccountHost}';", cancellationToken: cancel);
        using var crawl = new Crawl(_server);
        await File.WriteAllTextAsync(crawl.OutputFile, Earlier, cancel);
        var recipe = crawl.Recipe("r", "database_pattern: { allow: [^mortal_] }\nschemas_per_batch: 1");
        recipe = recipe with { SourceConfig = ((Ingestion.Sources.MySql.MySqlSourceConfig)recipe.SourceConfig) with { HostPort = mortal.HostPort } };
        var killed = false;

        var report = await crawl.RunAsync(recipe, _ =>
        {
            if (!killed)
            {
                killed = true;
                mortal.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
        });

        Assert.Equal(RunStatus.Failure, report.Status);
        Assert.InRange(report.Emitted["container"], 1, 5);
        Assert.Contains(mortal.HostPort, Assert.Single(report.AllFailures).Message, StringComparison.Ordinal);
        Assert.Equal(Earlier, await File.ReadAllTextAsync(crawl.OutputFile, cancel));
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(crawl.OutputFile)!));
    }

    [Fact]
    public async Task A_connection_lost_before_a_view_text_is_a_fault_of_the_source()
    {
        using var crawl = new Crawl(_server);
        var context = new Ingestion.Pipeline.RunContext { RunId = "lost", Loggers = Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance };
        await using var session = await Ingestion.Sources.MySql.MySqlSession.OpenAsync(
            (Ingestion.Sources.MySql.MySqlSourceConfig)crawl.Recipe(TestServer.RefView, "").SourceConfig, context, TestContext.Current.CancellationToken);
        foreach (var id in await _server.QueryAsync($"SELECT CONCAT(id, '') FROM information_schema.processlist WHERE user = '{TestServer.RefView}'"))
        {
            await _server.ExecuteAsync($"KILL {id}");
        }

        var fault = await Assert.ThrowsAsync<Ingestion.Pipeline.SourceException>(() => session.ViewTextAsync("mysql", "user", TestContext.Current.CancellationToken));

        Assert.StartsWith(_server.Server.HostPort, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_fails_the_run_and_leaves_an_earlier_file_alone()
    {
        // A limit on the size of files is the nearest to a full disk that needs no rights.
        var recipe = await RecipeAsync(_server.Server.HostPort, "");
        var worker = ProgramResult.Worker;

        var result = await ProgramResult.RunAsync("sh", _folder, new Dictionary<string, string>(Variables(TestServer.Password)) { ["DOTNET_EnableWriteXorExecute"] = "0" }, "-c", "trap '' XFSZ; ulimit -f 16; exec dotnet \"$0\" ingest -c \"$1\"", worker, recipe);

        AssertFailed(result, "The sink could not write");
    }

    [Theory]
    [InlineData("> /dev/full")]
    [InlineData(">&-")]
    [InlineData(">&- 2>&-")]
    public async Task An_output_that_cannot_be_written_ends_with_exit_code_1_and_no_stack_trace(string redirection)
    {
        var recipe = await RecipeAsync(_server.Server.HostPort, "database: mysql");
        var worker = ProgramResult.Worker;

        var result = await ProgramResult.RunAsync("sh", _folder, Variables(TestServer.Password), "-c", $"exec dotnet \"$0\" ingest -c \"$1\" {redirection}", worker, recipe);

        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named_before_anything_is_read()
    {
        var recipe = await RecipeAsync(_server.Server.HostPort, "", "/sys/out.json");

        var result = await RunAsync(recipe, TestServer.Password);

        AssertFailed(result, "The sink cannot write '/sys/out.json'");
        Assert.DoesNotContain("statements", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_while_the_server_does_not_answer_ends_at_once()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var recipe = await RecipeAsync($"127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}", "");

        await InterruptAsync(recipe, async _ => (await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken)).NoDelay = true);
    }

    [Fact]
    public async Task Ctrl_C_between_two_batches_leaves_no_half_written_file()
    {
        await _server.ExecuteAsync("CREATE DATABASE IF NOT EXISTS pause_a");
        await _server.ExecuteAsync("CREATE DATABASE IF NOT EXISTS pause_b");
        try
        {
            var recipe = await RecipeAsync(_server.Server.HostPort, "database_pattern: { allow: [^pause_] }\n    schemas_per_batch: 1\n    pause_between_batches_sec: 3600");
            await InterruptAsync(recipe, async process =>
            {
                using var watch = new FileSystemWatcher(_folder, "*.partial");
                while (!Directory.EnumerateFiles(_folder, ".*.partial").Any() && !process.HasExited)
                {
                    watch.WaitForChanged(WatcherChangeTypes.Created, 100);
                }
                await Task.CompletedTask;
            });
        }
        finally
        {
            await _server.DropAsync(["pause_a", "pause_b"]);
        }
    }

    private static Dictionary<string, string> Variables(string password) => new() { ["MYSQL_PASSWORD"] = password };

    private async Task<ProgramResult> IngestAsync(string hostPort, string settings = "", string password = TestServer.Password) =>
        await RunAsync(await RecipeAsync(hostPort, settings), password);

    private Task<ProgramResult> RunAsync(string recipe, string password) => ProgramResult.DiscoveryAsync(_folder, Variables(password), "ingest", "-c", recipe);

    private async Task<string> RecipeAsync(string hostPort, string settings, string output = "./out.json")
    {
        var path = Path.Combine(_folder, "recipe.yml");
        await File.WriteAllTextAsync(path, $$"""
            source:
              type: mysql
              config:
                host_port: {{hostPort}}
                username: {{TestServer.Ref}}
                password: ${MYSQL_PASSWORD}
                {{settings}}
            sink:
              type: file
              config:
                filename: {{output}}
            """, TestContext.Current.CancellationToken);
        return path;
    }

    private async Task InterruptAsync(string recipe, Func<Process, Task> untilUnderWayAsync)
    {
        using var process = ProgramResult.Start("dotnet", _folder, Variables(TestServer.Password), ProgramResult.Worker, "ingest", "-c", recipe);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await untilUnderWayAsync(process);
        // The shell's own kill: the program of that name is not on every machine.
        using (Process.Start("sh", ["-c", "kill -INT $0", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        AssertFailed(new ProgramResult(process.ExitCode, await output, await error), "interrupted");
    }

    private void AssertFailed(ProgramResult result, params string[] texts)
    {
        var all = result.Output + result.Error;
        Assert.True(result.ExitCode == 1, $"exit code {result.ExitCode}\n{all}");
        Assert.All(texts, text => Assert.Contains(text, all, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", all, StringComparison.Ordinal);
        Assert.DoesNotContain(TestServer.Password, all, StringComparison.Ordinal);
        Assert.Equal(Earlier, File.ReadAllText(Output));
        Assert.Empty(Directory.EnumerateFiles(_folder, ".*.partial"));
    }
}

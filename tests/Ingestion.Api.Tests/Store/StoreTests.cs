using System.Net;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;
using Microsoft.Data.Sqlite;

namespace Discovery.Ingestion.Api.Tests.Store;

public sealed class StoreTests
{
    private static readonly string StoresFolder = Path.Combine(AppContext.BaseDirectory, "stores");

    /// <summary>One store of every schema there ever was; each has a recipe shop, a run that succeeded with a log and a report, and one that waits.</summary>
    public static TheoryData<string> Stores => [.. Directory.GetFiles(StoresFolder, "*.db").Select(file => Path.GetFileName(file))];

    [Fact]
    public async Task A_store_of_this_schema_is_kept_for_the_versions_to_come()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync();
        using var finish = await server.PostAsync($"worker/runs/{run.Id}/finish", new FinishRequest
        {
            Lease = ControlServer.Lease("w1"), State = RunState.Succeeded, Report = System.Text.Json.JsonSerializer.SerializeToElement(new { status = "ok" }), Log = Lines.Of(1..4),
        });
        await server.QueueAsync("shop");
        var name = $"{ControlStore.Schema:0000}.db";
        if (!File.Exists(Path.Combine(StoresFolder, name)))
        {
            var made = Path.Combine(Path.GetTempPath(), name);
            File.Delete(made);
            server.Store.Read(connection => connection.Execute("VACUUM INTO @file", ("@file", made)));
            Assert.Fail($"The schema is new: put {made} into tests/Ingestion.Api.Tests/stores.");
        }
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_store_of_any_earlier_schema_opens(string name)
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        await server.RestartAsync(() =>
        {
            foreach (var file in Directory.GetFiles(server.DataFolder, "control.db*"))
            {
                File.Delete(file);
            }
            File.Copy(Path.Combine(StoresFolder, name), Path.Combine(server.DataFolder, "control.db"));
        });
        var ended = Assert.Single(await server.RunsAsync("state=succeeded"));
        Assert.Equal("""{"status":"ok"}""", await server.Client.GetStringAsync($"runs/{ended.Id}/report", TestContext.Current.CancellationToken));
        Assert.Equal(3, (await server.Client.GetStringAsync($"runs/{ended.Id}/log", TestContext.Current.CancellationToken)).Count(c => c == '\n'));
        var waiting = Assert.Single(await server.RunsAsync("state=queued"));
        Assert.Equal(waiting.Id, (await server.TryClaimAsync())!.RunId);
        await server.QueueAsync("shop");
    }

    [Fact]
    public async Task A_second_process_on_the_same_folder_is_told_so()
    {
        await using var server = await ControlServer.StartAsync();
        Assert.Contains("is in use by another control plane", Assert.Throws<ControlException>(() => ControlStore.Open(server.DataFolder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_folder_is_private()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such rights");
        await using var server = await ControlServer.StartAsync();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(server.DataFolder));
        }
    }

    [Fact]
    public void The_store_is_private_in_a_folder_that_is_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such rights");
        var folder = Directory.CreateTempSubdirectory("control-").FullName;
        using (ControlStore.Open(folder))
        {
            foreach (var file in Directory.GetFiles(folder, "control.db*"))
            {
                if (!OperatingSystem.IsWindows())
                {
                    Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
                }
            }
        }
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_this_version_cannot_read_is_left_alone(bool isNewer)
    {
        var folder = Directory.CreateTempSubdirectory("control-").FullName;
        var file = Path.Combine(folder, "control.db");
        if (isNewer)
        {
            Execute(file, "PRAGMA user_version = 1000");
        }
        else
        {
            File.WriteAllText(file, new string('x', 5000));
        }
        var before = File.ReadAllBytes(file);
        Assert.Contains("cannot be opened", Assert.Throws<ControlException>(() => ControlStore.Open(folder)).Message, StringComparison.Ordinal);
        Assert.Equal(before.Length, new FileInfo(file).Length);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task On_a_full_disk_it_reads_on_and_writes_again_when_there_is_room()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync();
        await LimitPagesAsync(server, 1);
        // What is left of the last pages is used up first.
        using var full = await server.FinishAsync(run.Id, log: [.. Enumerable.Range(1, 200).Select(number => Lines.Of(number, new string('x', 4000)))]);
        Assert.Contains("disk of the control plane's store is full", await ControlServer.FaultAsync(full, HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
        Assert.NotNull(full.Headers.RetryAfter);
        Assert.Equal(RunState.Running, (await server.RunAsync(run.Id)).State);
        Assert.Empty(await server.Client.GetStringAsync($"runs/{run.Id}/log", TestContext.Current.CancellationToken));
        using (var beat = await server.BeatAsync(run.Id, progress: new RunProgress(new Dictionary<string, long>(), 5, 0, 0)))
        {
            Assert.Equal(HttpStatusCode.OK, beat.StatusCode);
        }

        await LimitPagesAsync(server, 1_000_000);
        using var finish = await server.FinishAsync(run.Id, log: Lines.Of(1));
        Assert.Equal(RunState.Succeeded, (await server.RunAsync(run.Id)).State);
    }

    [Fact]
    public async Task While_another_program_has_the_store_it_reads_on_and_says_so_to_writers()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        using (var other = new SqliteConnection($"Data Source={Path.Combine(server.DataFolder, "control.db")};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction();
            var refused = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => server.PostAsync("runs", new RunRequest("shop"))));
            foreach (var response in refused)
            {
                Assert.Contains("locked by another program", await ControlServer.FaultAsync(response, HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
                response.Dispose();
            }
            Assert.Equal(run.Id, Assert.Single(await server.RunsAsync()).Id);
        }
        await server.QueueAsync("shop");
        Assert.Equal(2, (await server.RunsAsync()).Count);
    }

    [Fact]
    public async Task A_lost_run_that_cannot_be_ended_now_is_ended_later_and_its_worker_stays_out()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.BeginAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(60));
        using (var other = new SqliteConnection($"Data Source={Path.Combine(server.DataFolder, "control.db")};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction();
            await Assert.ThrowsAsync<StoreUnavailableException>(server.EndLostAsync);
            using var beat = await server.BeatAsync(run.Id);
            Assert.Equal(HttpStatusCode.Conflict, beat.StatusCode);
        }
        await server.EndLostAsync();
        Assert.Equal(RunState.Failed, (await server.RunAsync(run.Id)).State);
        Assert.Single(await server.RunsAsync("trigger=retry"));
    }

    private static Task<long?> LimitPagesAsync(ControlServer server, int pages) => server.Store.WriteAsync(connection => connection.Number($"PRAGMA max_page_count = {pages}"));

    private static void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // a constant of the test
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}

using System.Net;
using Discovery.Ingestion.Api.Diffs;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.State;
using static Discovery.Ingestion.Api.Tests.Diffs.Structures;

namespace Discovery.Ingestion.Api.Tests.Diffs;

public sealed class RunDiffTests
{
    private static readonly DatasetStructure Orders = Table("shop.orders");
    private static readonly DatasetStructure Customers = Table("shop.customers");
    private static readonly DatasetStructure Staff = Table("hr.staff");

    [Fact]
    public async Task The_first_complete_run_has_nothing_to_be_compared_with()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        var run = await server.RunAsync([Orders, Customers]);
        Assert.Equal(new DiffTotals(null, 0, 0, 0), run.Diff);
        var diff = await server.DiffAsync(run.Id);
        Assert.StartsWith("Nothing to compare with", Assert.Single(diff.Remarks), StringComparison.Ordinal);
        Assert.Empty(diff.Entries.Items);
    }

    [Fact]
    public async Task What_is_new_different_and_not_seen_is_told_per_database_and_table()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        var first = await server.RunAsync([Orders, Customers, Staff]);
        var changed = Customers with { Comment = "All of them" };

        var second = await server.RunAsync([Orders, changed, Table("shop.items")]);

        Assert.Equal(new DiffTotals(first.Id, Added: 1, Changed: 1, Unseen: 1), second.Diff);
        var diff = await server.DiffAsync(second.Id);
        Assert.Empty(diff.Remarks);
        Assert.Equal([new DatabaseDiff("hr", 0, 0, 1, null), new DatabaseDiff("shop", 1, 1, 0, null)], diff.Databases);
        Assert.Equal(
            [("hr.staff", DiffChange.Unseen), ("shop.customers", DiffChange.Changed), ("shop.items", DiffChange.Added)],
            diff.Entries.Items.Select(entry => (entry.Name, entry.Change)));
        Assert.Equal([new Difference(DifferenceAspect.Comment, null, null, "All of them")], diff.Entries.Items[1].Differences);
        Assert.Null(diff.Entries.Next);
    }

    [Fact]
    public async Task Entries_come_in_parts_and_by_database_and_change()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        await server.RunAsync([Staff]);
        var run = await server.RunAsync([.. Enumerable.Range(0, 5).Select(index => Table($"shop.t{index}"))]);

        var names = new List<string>();
        string? cursor = null;
        do
        {
            var part = await server.DiffAsync(run.Id, $"database=shop&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.Equal(["shop"], part.Databases.Select(database => database.Database));
            names.AddRange(part.Entries.Items.Select(entry => entry.Name));
            cursor = part.Entries.Next;
        }
        while (cursor is not null);
        Assert.Equal(["shop.t0", "shop.t1", "shop.t2", "shop.t3", "shop.t4"], names);
        Assert.Equal(["hr.staff"], (await server.DiffAsync(run.Id, "change=unseen")).Entries.Items.Select(entry => entry.Name));
        using var response = await server.Client.GetAsync($"runs/{run.Id}/diff?change=gone", TestContext.Current.CancellationToken);
        Assert.Contains("added, changed, unseen", await ControlServer.FaultAsync(response, HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_is_compared_and_nothing_is_compared_with_it()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        var first = await server.RunAsync([Orders]);
        var dry = await server.RunAsync([Orders, Customers], RunKind.DryRun);
        var last = await server.RunAsync([Orders]);
        Assert.Equal(new DiffTotals(first.Id, 1, 0, 0), dry.Diff);
        Assert.Equal(new DiffTotals(first.Id, 0, 0, 0), last.Diff);
    }

    [Fact]
    public async Task A_preview_is_not_compared()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        await server.RunAsync([Orders]);
        var preview = await server.RunAsync([], RunKind.Preview);
        Assert.Null(preview.Diff);
        using var response = await server.Client.GetAsync($"runs/{preview.Id}/diff", TestContext.Current.CancellationToken);
        Assert.Contains("was not compared", await ControlServer.FaultAsync(response, HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunState.Failed)]
    [InlineData(RunState.Cancelled)]
    public async Task A_run_that_did_not_succeed_does_not_tell_what_it_did_not_see(RunState state)
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        var first = await server.RunAsync([Orders, Staff]);
        var failed = await server.RunAsync([Orders, Customers], state: state);
        Assert.Equal(new DiffTotals(first.Id, 1, 0, 0), failed.Diff);
        Assert.StartsWith("The run did not succeed", Assert.Single((await server.DiffAsync(failed.Id)).Remarks), StringComparison.Ordinal);
        // Nor does anything compare with it.
        Assert.Equal(first.Id, (await server.RunAsync([Orders, Staff])).Diff!.Against);
    }

    [Theory]
    [InlineData(3, "sent 3 datasets, and 2 of them arrived")]
    [InlineData(null, "could not send all")]
    public async Task Where_not_all_arrived_nothing_is_compared_then_or_later(int? told, string remark)
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        var first = await server.RunAsync([Orders]);
        var run = await server.QueueAsync("shop");
        await server.ClaimAsync();
        await server.BringAsync(run.Id, [Orders, Customers]);
        using var response = await server.EndAsync(run.Id, told);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);

        Assert.Null((await server.RunAsync(run.Id)).Diff);
        Assert.Contains(remark, Assert.Single((await server.DiffAsync(run.Id)).Remarks), StringComparison.Ordinal);
        Assert.Equal(new DiffTotals(first.Id, 1, 0, 0), (await server.RunAsync([Orders, Customers])).Diff);
    }

    [Fact]
    public async Task A_dataset_that_is_sent_twice_counts_once_and_the_last_one_wins()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        await server.RunAsync([Orders with { Comment = "first" }, Orders]);
        Assert.Equal(0, (await server.RunAsync([Orders])).Diff!.Changed);
        // In one batch or in two.
        var run = await server.QueueAsync("shop");
        await server.ClaimAsync();
        await server.BringAsync(run.Id, [Orders with { Comment = "other" }]);
        await server.BringAsync(run.Id, [Orders]);
        using var response = await server.EndAsync(run.Id, told: 1);
        Assert.Equal(0, (await server.RunAsync(run.Id)).Diff!.Changed);
    }

    [Fact]
    public async Task Other_recipes_have_diffs_of_their_own()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop", "hr"]);
        await server.RunAsync([Orders]);
        Assert.Null((await server.RunAsync([Staff], recipe: "hr")).Diff!.Against);
    }

    [Fact]
    public async Task A_recipe_that_was_changed_meanwhile_is_told()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        await server.RunAsync([Orders]);
        server.WriteRecipe("shop", database: "hr");
        await server.ReadRecipesAsync();
        var run = await server.RunAsync([Staff]);
        Assert.StartsWith("The recipe was changed", Assert.Single((await server.DiffAsync(run.Id)).Remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"hr","visibility":"complete","failed":0}""", null)]
    [InlineData("""{"name":"hr","visibility":"complete","failed":1}""", "could not be read")]
    [InlineData("""{"name":"hr","visibility":"some_tables"}""", "sees only a part")]
    [InlineData("""{"name":"hr","visibility":"unknown"}""", "nothing tells that it sees all")]
    [InlineData("""{"name":"other","visibility":"complete"}""", "did not read the database at all")]
    [InlineData("", "did not read the database at all")]
    public async Task What_an_account_sees_in_part_is_not_known_to_be_gone(string database, string? doubt)
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        await server.RunAsync([Staff]);
        var run = await server.RunAsync([], report: """{"source":{"report":{"connections":[{}],"databases":[DATABASE]}}}""".Replace("DATABASE", database, StringComparison.Ordinal));
        var remark = Assert.Single((await server.DiffAsync(run.Id)).Databases).Remark;
        Assert.Equal(doubt is null, remark is null);
        Assert.Contains(doubt ?? "", remark ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_worker_brought_that_lost_the_run_is_not_that_of_the_next_one()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        var run = await server.QueueAsync("shop");
        await server.ClaimAsync();
        await server.BringAsync(run.Id, [Orders, Staff]);
        using var released = await server.ReleaseAsync(run.Id);
        await server.ClaimAsync("w2");
        await server.BringAsync(run.Id, [Orders], "w2");
        using var late = await server.PostAsync($"worker/runs/{run.Id}/structures", new StructureBatch(ControlServer.Lease("w1"), [Customers]));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        using var response = await server.EndAsync(run.Id, told: 1, worker: "w2");
        Assert.NotNull((await server.RunAsync(run.Id)).Diff);
        Assert.Equal(0, (await server.RunAsync([Orders])).Diff!.Unseen);
    }

    [Fact]
    public async Task Only_what_later_runs_are_compared_with_stays_in_the_store()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        await server.RunAsync([Orders, Customers]);
        await server.RunAsync([Orders, Customers, Staff]);
        await server.RunAsync([Orders], RunKind.DryRun);
        await server.RunAsync([Orders], state: RunState.Failed);
        var lost = await server.QueueAsync("shop");
        await server.ClaimAsync();
        await server.BringAsync(lost.Id, [Orders]);
        server.Clock.Advance(TimeSpan.FromSeconds(61));
        await server.EndLostAsync();
        var running = Assert.Single(await server.RunsAsync("state=queued"));
        await server.ClaimAsync("w2");
        await server.BringAsync(running.Id, [Orders], "w2");

        await server.Service<RunDiffs>().RemoveUnusedAsync(TestContext.Current.CancellationToken);

        Assert.Equal((3 + 1, 2), server.Kept());
    }

    [Fact]
    public async Task Runs_that_are_removed_leave_nothing_of_their_diffs()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        await server.RunAsync([Orders]);
        await server.RunAsync([Customers]);
        await server.Store.WriteAsync(connection => connection.Execute("DELETE FROM runs"));
        await server.Service<RunDiffs>().RemoveUnusedAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, 0), server.Kept());
        Assert.All(["run_diffs", "run_diff_databases", "run_diff_entries"], table => Assert.Equal(0, server.Store.Read(connection => connection.Number($"SELECT count(*) FROM {table}"))));
    }

    [Fact]
    public async Task A_restart_in_mid_run_loses_nothing()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        await server.RunAsync([Orders]);
        var run = await server.QueueAsync("shop");
        await server.ClaimAsync();
        await server.BringAsync(run.Id, [Orders]);
        await server.RestartAsync();
        await server.BringAsync(run.Id, [Customers]);
        using var response = await server.EndAsync(run.Id, told: 2);
        using var again = await server.EndAsync(run.Id, told: 2);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        Assert.Equal(1, (await server.RunAsync(run.Id)).Diff!.Added);
    }

    [Fact]
    public async Task A_structure_that_another_version_wrote_in_another_way_is_no_change()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        await server.RunAsync([Orders, Customers]);
        await server.Store.WriteAsync(connection => connection.Execute("UPDATE structures SET digest = x'00'"));
        var run = await server.RunAsync([Orders, Customers with { Kind = "View" }]);
        Assert.Equal(1, run.Diff!.Changed);
        Assert.Equal("shop.customers", Assert.Single((await server.DiffAsync(run.Id)).Entries.Items).Name);
    }

    [Fact]
    public async Task A_run_ends_whatever_is_wrong_with_its_diff()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        await server.RunAsync([Orders]);
        await server.Store.WriteAsync(connection => connection.Execute("UPDATE structures SET digest = x'00', body = x'00'"));
        var run = await server.RunAsync([Orders]);
        Assert.Equal((RunState.Succeeded, null), (run.State, run.Diff));
        Assert.Contains("not foreseen", Assert.Single((await server.DiffAsync(run.Id)).Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_differences_than_are_kept_are_counted()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        await server.RunAsync([Staff]);
        var run = await server.RunAsync([.. Enumerable.Range(0, RunDiffs.MostEntries + 700).Select(index => Table($"shop.t{index:00000}", new ColumnStructure("a", "int", true, null, false)))]);
        Assert.Equal((RunDiffs.MostEntries + 700, 1), (run.Diff!.Added, run.Diff.Unseen));
        var diff = await server.DiffAsync(run.Id, "limit=1");
        Assert.Contains("the counts are whole", Assert.Single(diff.Remarks), StringComparison.Ordinal);
        Assert.Equal(RunDiffs.MostEntries, server.Store.Read(connection => connection.Number("SELECT count(*) FROM run_diff_entries")));
        Assert.Equal("hr.staff", Assert.Single(diff.Entries.Items).Name);
    }

    [Theory]
    [InlineData("""{"lease":"LEASE","datasets":[null]}""", "must not have null")]
    [InlineData("""{"lease":"LEASE","datasets":[{"urn":"u","database":"","name":"","columns":[null],"foreignKeys":[]}]}""", "must not have null")]
    [InlineData("""{"lease":"LEASE","datasets":[{"urn":"","database":"","name":"","columns":[],"foreignKeys":[]}]}""", "urns of 1 to 4000")]
    [InlineData("""{"lease":"LEASE","datasets":[{"urn":"u"}]}""", "The body is not what it must be")]
    [InlineData("""{"lease":"LEASE"}""", "The body is not what it must be")]
    public async Task Structures_that_make_no_sense_are_refused(string body, string told)
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop"]);
        var run = await server.QueueAsync("shop");
        await server.ClaimAsync();
        using var content = new StringContent(body.Replace("LEASE", ControlServer.Lease("w1"), StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json");
        using var response = await server.Client.PostAsync($"worker/runs/{run.Id}/structures", content, TestContext.Current.CancellationToken);
        Assert.Contains(told, await ControlServer.FaultAsync(response, HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }
}

using System.Text.RegularExpressions;
using Discovery.Catalog.Store;
using Discovery.Embedded.LocalMySql;

namespace Discovery.Integration.Tests;

/// <summary><c>up</c> as a newcomer starts it, in a checkout of its own.</summary>
public sealed class UpTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("discovery-up-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Up_once_ends_with_the_counts_the_catalog_and_what_to_do_next_and_leaves_nothing_running()
    {
        Assert.SkipUnless(await LocalMySqlServer.IsAvailableAsync(TestContext.Current.CancellationToken), LocalMySqlFixture.NoServer);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc to look for what was left running");
        using var up = LocalMySqlCheckout.Create(_folder).StartUp(asNobody: false, "--once");
        var output = await up.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await up.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, up.ExitCode);
        var lines = output.TrimEnd().Split('\n');
        Assert.Equal(["server ready", "fleet", "account", "catalog", "ingestion"], lines.Take(5).Select(line => Regex.Match(line, "^(.*?)  .* [0-9.]+ s$").Groups[1].Value.TrimEnd()));
        Assert.Matches("^Entities +64 read = 1 left out \\+ 63 emitted \\+ 0 failed; 63 accepted, 0 rejected$", lines[^4]);
        Assert.Matches("^Written to +http://127.0.0.1:[0-9]+$", lines[^3]);
        Assert.Equal("Now yours: ./discovery recipe init mysql", lines[^2]);
        Assert.Equal("To look at the catalog and the run: ./discovery up", lines[^1]);
        await using (var catalog = StoreReader.OpenRead(Path.Combine(_folder.FullName, "checkout", "artifacts", "up", "catalog")))
        {
            Assert.Equal(58, catalog.Count("schemaMetadata", null));
        }
        Assert.DoesNotContain(Directory.EnumerateDirectories("/proc"), process => CommandLine(process).Contains(_folder.FullName, StringComparison.Ordinal));
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

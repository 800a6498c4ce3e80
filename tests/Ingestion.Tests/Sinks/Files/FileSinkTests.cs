using System.Text;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Sinks.Files;
using Discovery.Metadata;
using Discovery.Metadata.Files;
using Discovery.Metadata.Serialization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Discovery.Ingestion.Tests.Sinks.Files;

public sealed class FileSinkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("file-sink-").FullName;
    private readonly RunContext _context = new() { RunId = "run/1", Loggers = NullLoggerFactory.Instance };

    private string Target => Path.Combine(_folder, "out.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_DataHubs_client_wrote_is_read_and_written_again_with_the_same_bytes()
    {
        foreach (var path in GoldenFiles.All())
        {
            var golden = GoldenFiles.Read(path);
            var reader = new MetadataFileReader(new MemoryStream(golden));
            await using var sink = Open(legacy: path.Contains("file_sink_legacy", StringComparison.Ordinal));
            while (await reader.NextAsync(Cancellation) is { } element)
            {
                Assert.Null(element.Fault);
                var record = MetadataJson.Read(element.Json.Span);
                await sink.WriteAsync(new WorkUnit(record.EntityType, [record]), Cancellation);
            }
            await sink.CompleteAsync(succeeded: true, Cancellation);
            Assert.True(golden.AsSpan().SequenceEqual(File.ReadAllBytes(Target)), path);
        }
    }

    [Fact]
    public async Task A_run_without_records_leaves_an_empty_array()
    {
        await WriteAsync([]);
        Assert.Equal("[]", File.ReadAllText(Target));
        Assert.Equal(Target, _context.SinkReport.Destination);
        Assert.Equal(2, _context.SinkReport.Bytes);
    }

    [Fact]
    public async Task Buffers_that_are_written_while_the_next_one_fills_keep_their_order()
    {
        // 22 MB, more than what is written between two visits to the disk.
        await WriteAsync(Enumerable.Range(0, 5000).Select(i => Unit(i, $"\"{new string('x', i % 7 == 0 ? 30_000 : 300)}\"")));
        using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Target));
        Assert.Equal(Enumerable.Range(0, 5000).Select(Name), document.RootElement.EnumerateArray().Select(record => record.GetProperty("entityUrn").GetString()));
        Assert.Equal(5000, _context.SinkReport.AcceptedCounts.Total);
        Assert.Equal(new FileInfo(Target).Length, _context.SinkReport.Bytes);
    }

    [Fact]
    public async Task A_work_unit_with_a_record_that_is_not_JSON_is_rejected_as_a_whole()
    {
        var half = new WorkUnit("tag", [Unit(1, "{}").Records[0], Unit(1, "{").Records[0]]);
        await WriteAsync([half, Unit(2, "{}"), Unit(3, "\"\xff"), Unit(4, "{}")]);
        Assert.Equal([Name(2), Name(4)], Urns());
        Assert.Equal(2, _context.SinkReport.AcceptedCounts["tag"]);
        Assert.Equal(2, _context.SinkReport.RejectedCounts["tag"]);
        Assert.Contains(_context.SinkReport.Failures, failure => failure.Context.Contains(Name(1)));
    }

    [Fact]
    public async Task A_run_that_ended_early_leaves_an_earlier_file_as_it_was()
    {
        await File.WriteAllTextAsync(Target, "good", Cancellation);
        await using (var sink = Open())
        {
            await sink.WriteAsync(Unit(1, "{}"), Cancellation);
            Assert.Equal("good", File.ReadAllText(Target));
            await sink.CompleteAsync(succeeded: false, Cancellation);
        }
        await using (var sink = Open())
        {
            await sink.WriteAsync(Unit(1, "{}"), Cancellation);
        }
        Assert.Equal("good", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.EnumerateFileSystemEntries(_folder));
        Assert.Null(_context.SinkReport.Destination);
    }

    [Fact]
    public async Task A_run_that_writes_nothing_leaves_no_folder_behind()
    {
        var deep = Path.Combine(_folder, "a", "b", "out.json");
        await using (var sink = Open(deep))
        {
            await sink.CompleteAsync(succeeded: false, Cancellation);
        }
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_folder_that_somebody_else_uses_by_then_stays()
    {
        var deep = Path.Combine(_folder, "a", "b", "out.json");
        await using (Open(deep))
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, "a", "theirs"), "", Cancellation);
        }
        Assert.Equal([Path.Combine(_folder, "a", "theirs")], Directory.EnumerateFileSystemEntries(Path.Combine(_folder, "a")));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task A_file_that_only_its_owner_may_read_stays_private()
    {
        const UnixFileMode OursAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await File.WriteAllTextAsync(Target, "old", Cancellation);
        File.SetUnixFileMode(Target, OursAlone);
        await WriteAsync([Unit(1, "{}")]);
        Assert.Equal(OursAlone, File.GetUnixFileMode(Target));
    }

    [Fact]
    public async Task A_complete_run_replaces_an_earlier_file_and_leaves_nothing_else()
    {
        await File.WriteAllTextAsync(Target, "old", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder, ".out.json.run_1.partial"), "left by a killed run", Cancellation);
        await WriteAsync([Unit(1, "{}")]);
        Assert.Equal([Name(1)], Urns());
        Assert.Equal([Target], Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_second_run_of_the_same_id_is_refused_and_does_not_disturb_the_first()
    {
        await using var first = Open();
        await first.WriteAsync(Unit(1, "{}"), Cancellation);

        var refused = Assert.Throws<SinkException>(() => Open());
        await first.CompleteAsync(succeeded: true, Cancellation);

        Assert.Contains("another process", refused.Message, StringComparison.Ordinal);
        Assert.Contains(Name(1), File.ReadAllText(Target), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_killed_run_of_the_same_id_left_is_in_nobodys_way()
    {
        File.WriteAllText(Path.Combine(_folder, ".out.json.run_1.partial"), "half");

        await WriteAsync([]);

        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_folder_that_vanishes_meanwhile_is_a_fault_of_the_sink_and_no_more()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        await using (var sink = new FileSink(new FileSinkConfig { Filename = Path.Combine(folder.FullName, "out.json") }, _context))
        {
            await sink.OpenAsync(Cancellation);
            folder.Delete(recursive: true);
            await Assert.ThrowsAsync<SinkException>(() => sink.CompleteAsync(succeeded: true, Cancellation));
        }
        Assert.Null(_context.SinkReport.Destination);
    }

    [Fact]
    public async Task A_symbolic_link_stays_and_its_target_is_written()
    {
        var link = Path.Combine(_folder, "link.json");
        File.CreateSymbolicLink(link, Target);
        await File.WriteAllTextAsync(Target, "old", Cancellation);
        await WriteAsync([Unit(1, "{}")], link);
        Assert.Equal(Target, new FileInfo(link).LinkTarget);
        Assert.Equal([Name(1)], Urns());
    }

    [Fact]
    public async Task Missing_folders_are_created_as_DataHubs_client_does()
    {
        var deep = Path.Combine(_folder, "a", "b", "out.json");
        await WriteAsync([], deep);
        Assert.Equal("[]", File.ReadAllText(deep));
    }

    [Theory]
    [InlineData("sub", "it is a folder")]
    [InlineData("file/out.json", "file")]
    [InlineData("/dev/null", "it is a device")]
    [InlineData("/proc/self/fd/1", "it is a device")]
    [InlineData("nul\0.json", "cannot write")]
    public async Task A_place_that_cannot_be_written_is_refused_before_anything_is_read(string fileName, string reason)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "file"), "", Cancellation);
        await using var sink = new FileSink(new FileSinkConfig { Filename = Path.Combine(_folder, fileName) }, _context);
        var fault = await Assert.ThrowsAsync<SinkException>(() => sink.OpenAsync(Cancellation));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_permission_is_refused()
    {
        // Not even root can create a file there.
        Assert.SkipUnless(Directory.Exists("/sys/kernel"), "/sys is not there");
        await using var sink = new FileSink(new FileSinkConfig { Filename = "/sys/kernel/out.json" }, _context);
        await Assert.ThrowsAsync<SinkException>(() => sink.OpenAsync(Cancellation));
    }

    [Fact]
    public async Task A_full_disk_ends_the_run_and_leaves_the_earlier_file()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "/dev/full is not there");
        await File.WriteAllTextAsync(Target, "good", Cancellation);
        await using (var sink = new FileSink(
            new FileSinkConfig { Filename = Target },
            _context,
            static _ => new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)))
        {
            await sink.OpenAsync(Cancellation);
            var written = 0;
            var fault = await Assert.ThrowsAsync<SinkException>(async () =>
            {
                for (; written < 10; written++)
                {
                    await sink.WriteAsync(Unit(written, $"\"{new string('x', 2_000_000)}\""), Cancellation);
                }
            });
            Assert.Contains(Target, fault.Message, StringComparison.Ordinal);
            Assert.Equal(written, _context.SinkReport.AcceptedCounts.Total);
            Assert.Equal(1, _context.SinkReport.RejectedCounts.Total);
        }
        Assert.Equal("good", File.ReadAllText(Target));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Name(int number) => $"urn:li:tag:{number}";

    private static WorkUnit Unit(int number, string aspect) =>
        new("tag", [new MetadataChangeProposal("tag", Name(number), "tagProperties", Encoding.Latin1.GetBytes(aspect))]);

    private FileSink Open(string? fileName = null, bool legacy = false)
    {
        var sink = new FileSink(new FileSinkConfig { Filename = fileName ?? Target, LegacyNestedJsonString = legacy }, _context);
        // Opening only creates a file, so it ends before it returns.
        Assert.True(sink.OpenAsync(Cancellation).IsCompletedSuccessfully);
        return sink;
    }

    private async Task WriteAsync(IEnumerable<WorkUnit> units, string? fileName = null)
    {
        await using var sink = Open(fileName);
        foreach (var unit in units)
        {
            await sink.WriteAsync(unit, Cancellation);
        }
        await sink.CompleteAsync(succeeded: true, Cancellation);
    }

    private List<string> Urns()
    {
        using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Target));
        return [.. document.RootElement.EnumerateArray().Select(record => record.GetProperty("entityUrn").GetString()!)];
    }
}

using Discovery.Ingestion.Sources.MySql;

namespace Discovery.Ingestion.Tests.Sources.MySql;

public sealed class RowSpoolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1 << 30)]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task Rows_come_back_as_written_from_memory_and_from_the_file(int memoryLimit)
    {
        using var spool = new RowSpool(3, memoryLimit);
        for (var i = 0; i < 5000; i++)
        {
            spool.Write($"schema {i}");
            spool.Write(i % 3 == 0 ? null : "");
            spool.Write(new string('엣', i % 200));
            spool.EndRow();
        }
        spool.Complete();

        for (var i = 0; i < 5000; i++)
        {
            Assert.True(await spool.ReadAsync(Token));
            Assert.Equal($"schema {i}", spool.Text(0));
            Assert.Equal(i % 3 == 0, spool.IsNull(1));
            Assert.Equal("", spool.Text(1));
            Assert.Equal(i % 200, spool.Text(2).Length);
        }
        Assert.False(await spool.ReadAsync(Token));
    }

    [Fact]
    public async Task A_cell_larger_than_a_chunk_comes_back_whole()
    {
        using var spool = new RowSpool(1);
        spool.Write(new string('x', 1_000_000));
        spool.EndRow();
        spool.Write("next");
        spool.EndRow();
        spool.Complete();

        Assert.True(await spool.ReadAsync(Token));
        Assert.Equal(1_000_000, spool[0].Length);
        Assert.True(await spool.ReadAsync(Token));
        Assert.Equal("next", spool.Text(0));
    }

    [Fact]
    public async Task The_writer_never_waits_for_a_reader_that_stands_still()
    {
        using var spool = new RowSpool(1, memoryLimit: 1 << 16);
        var text = new string('x', 1000);
        for (var i = 0; i < 20_000; i++)
        {
            spool.Write(text);
            spool.EndRow();
        }
        spool.Complete();

        var rows = 0;
        while (await spool.ReadAsync(Token))
        {
            rows++;
        }
        Assert.Equal(20_000, rows);
    }

    [Fact]
    public void The_file_has_no_name_that_a_killed_process_would_leave_behind()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self/fd"), "/proc is not there");
        using var spool = new RowSpool(1, memoryLimit: 0);
        spool.Write(new string('x', 1 << 17));
        spool.EndRow();

        var files = Directory.EnumerateFiles("/proc/self/fd").Select(path => new FileInfo(path).LinkTarget ?? "").Where(target => target.Contains("discovery-rows-", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.EndsWith(" (deleted)", file, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fault_of_the_writer_reaches_the_reader()
    {
        using var spool = new RowSpool(1);
        spool.Write("row");
        spool.EndRow();
        spool.Complete(new IOException("gone"));

        var fault = await Assert.ThrowsAnyAsync<IOException>(async () => await spool.ReadAsync(Token));
        Assert.Equal("gone", fault.Message);
    }

    [Fact]
    public async Task A_reader_that_waits_gets_the_rows_when_they_come()
    {
        using var spool = new RowSpool(1);
        var reading = spool.ReadAsync(Token).AsTask();
        Assert.False(reading.IsCompleted);
        spool.Write("late");
        spool.EndRow();
        spool.Complete();

        Assert.True(await reading);
        Assert.Equal("late", spool.Text(0));
    }
}

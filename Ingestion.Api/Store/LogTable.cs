using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Store;

/// <summary>The lines of the runs' logs.</summary>
internal sealed class LogTable(StoreConnection connection)
{
    /// <summary>The number of the last line that a run can have.</summary>
    public const int MostLines = 20_000;

    /// <summary>Adds lines that come after those that are there; what is there already is left out, so that a line sent twice is kept once.</summary>
    /// <param name="run">The run.</param>
    /// <param name="last">The number of its last line.</param>
    /// <param name="lines">In order of their numbers.</param>
    public void Append(string run, long last, IEnumerable<LogLine> lines)
    {
        var before = last;
        foreach (var line in lines.Where(line => line.Number > before))
        {
            if (last > MostLines)
            {
                break;
            }
            var kept = line.Number <= MostLines ? line : line with { Number = MostLines + 1, Level = LogLineLevel.Warning, Text = "Further lines were left out: a run keeps 20,000." };
            connection.Execute(
                "INSERT INTO run_log (run_id, number, time, level, text) VALUES (@run, @number, @time, @level, @text)",
                ("@run", run), ("@number", kept.Number), ("@time", kept.Time.ToUnixTimeMilliseconds()), ("@level", Word.Of(kept.Level)), ("@text", CutText.Of(kept.Text, LogLine.LongestText)));
            last = kept.Number;
        }
        if (last > before)
        {
            connection.Execute("UPDATE runs SET last_line = @last, has_log = 1 WHERE id = @run", ("@run", run), ("@last", last));
        }
    }

    /// <summary>Lines after a number, in order.</summary>
    public List<LogLine> After(string run, long number, int limit) => connection.Query(
        "SELECT number, time, level, text FROM run_log WHERE run_id = @run AND number > @number ORDER BY number LIMIT @limit",
        row => new LogLine(row.GetInt64(0), row.Time(1), Word.Read<LogLineLevel>(row.GetString(2)), row.GetString(3)),
        ("@run", run), ("@number", number), ("@limit", limit));
}

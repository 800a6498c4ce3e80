using System.Globalization;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;

namespace Discovery.Ingestion.Worker.Running;

/// <summary>
/// The log of a run until the API has it. Lines are numbered when they are first sent, so that those left out, where more comes up than can be sent, leave no gap.
/// Thread-safe.
/// </summary>
internal sealed class RunLog(long firstNumber, SecretMasker secrets, TimeProvider time)
{
    /// <summary>Lines that are kept while they cannot be sent. Then remarks go first.</summary>
    public const int MostWaiting = 2_000;

    private readonly Lock _lock = new();
    private readonly List<Line> _waiting = [];
    private readonly List<LogLine> _sent = [];
    private long _nextNumber = firstNumber;
    private int _leftOut;

    /// <summary>How many lines the API does not have yet.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _sent.Count + _waiting.Count;
            }
        }
    }

    /// <summary>Adds a line; secrets are masked and unprintable characters are spelt out.</summary>
    public void Add(LogLineLevel level, string text)
    {
        var line = new Line(time.GetUtcNow(), level, CutText.Of(PrintableText.Of(secrets.Mask(text)), LogLine.LongestText));
        lock (_lock)
        {
            _waiting.Add(line);
            if (_waiting.Count > MostWaiting)
            {
                _waiting.RemoveAt(Math.Max(0, _waiting.FindIndex(waiting => waiting.Level == LogLineLevel.Info)));
                _leftOut++;
            }
        }
    }

    /// <summary>The lines to send next; the same ones again until they are <see cref="Acknowledge"/>d, and more after them.</summary>
    /// <param name="most">How many, at most.</param>
    public IReadOnlyList<LogLine> Next(int most)
    {
        lock (_lock)
        {
            if (_leftOut > 0 && _sent.Count < most)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"{_leftOut} lines were left out: more came up than could be sent");
                _sent.Add(new LogLine(_nextNumber++, time.GetUtcNow(), LogLineLevel.Warning, text));
                _leftOut = 0;
            }
            var count = Math.Clamp(most - _sent.Count, 0, _waiting.Count);
            _sent.AddRange(_waiting.Take(count).Select(line => new LogLine(_nextNumber++, line.Time, line.Level, line.Text)));
            _waiting.RemoveRange(0, count);
            return [.. _sent.Take(most)];
        }
    }

    /// <summary>The API has these lines.</summary>
    public void Acknowledge(IReadOnlyList<LogLine> lines)
    {
        lock (_lock)
        {
            _sent.RemoveAll(line => lines.Count > 0 && line.Number <= lines[^1].Number);
        }
    }

    private readonly record struct Line(DateTimeOffset Time, LogLineLevel Level, string Text);
}

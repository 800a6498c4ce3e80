using System.Collections.Concurrent;

namespace Discovery.Ingestion.Reports;

/// <summary>
/// Failures, warnings and remarks of one part of a run. Messages with the same title and text are one entry; where texts
/// are all different (a server that names each urn), further ones of a title share an entry. Thread-safe.
/// </summary>
public abstract class ReportMessages
{
    private readonly Entries _failures = new();
    private readonly Entries _warnings = new();
    private readonly Entries _infos = new();

    /// <summary>What went wrong; any failure makes the run fail.</summary>
    public IReadOnlyList<ReportMessage> Failures => _failures.ToList();

    /// <summary>What a person should look at; the run is still good.</summary>
    public IReadOnlyList<ReportMessage> Warnings => _warnings.ToList();

    /// <summary>What is worth knowing.</summary>
    public IReadOnlyList<ReportMessage> Infos => _infos.ToList();

    /// <summary>Reports something that went wrong.</summary>
    /// <param name="title">What it is about, the same for all of its kind: <c>Table could not be read</c>.</param>
    /// <param name="message">What happened and what to do, the same for all of its kind.</param>
    /// <param name="context">Which one: the name of the table, the urn. Null for none.</param>
    public void Failure(string title, string message, string? context = null) => _failures.Add(title, message, context);

    /// <summary>Reports something that a person should look at.</summary>
    /// <inheritdoc cref="Failure"/>
    public void Warning(string title, string message, string? context = null) => _warnings.Add(title, message, context);

    /// <summary>Reports something worth knowing.</summary>
    /// <inheritdoc cref="Failure"/>
    public void Info(string title, string message, string? context = null) => _infos.Add(title, message, context);

    private sealed class Entries
    {
        /// <summary>More different entries than this are not kept: nobody reads them, and a run may have millions.</summary>
        private const int MostEntries = 200;

        private readonly Lock _lock = new();
        private readonly Dictionary<(string Title, string Message), ReportMessage> _byText = [];
        private readonly List<ReportMessage> _inOrder = [];

        public void Add(string title, string message, string? context)
        {
            lock (_lock)
            {
                if (_inOrder.Count >= MostEntries && !_byText.ContainsKey((title, message)))
                {
                    message = "More of this kind, each with a text of its own.";
                }
                if (!_byText.TryGetValue((title, message), out var entry))
                {
                    entry = new ReportMessage(title, message);
                    _byText.Add((title, message), entry);
                    _inOrder.Add(entry);
                }
                entry.Add(context);
            }
        }

        public List<ReportMessage> ToList()
        {
            lock (_lock)
            {
                return [.. _inOrder];
            }
        }
    }
}

/// <summary>One entry of a report, with the first contexts in which it came up.</summary>
public sealed class ReportMessage(string title, string message)
{
    /// <summary>How many contexts are kept.</summary>
    public const int SampleSize = 10;

    private readonly ConcurrentQueue<string> _context = new();
    private int _count;

    /// <summary>What it is about.</summary>
    public string Title { get; } = title;

    /// <summary>What happened and what to do.</summary>
    public string Message { get; } = message;

    /// <summary>The first <see cref="SampleSize"/> contexts.</summary>
    public IReadOnlyCollection<string> Context => _context;

    /// <summary>How often it came up.</summary>
    public int Count => _count;

    internal void Add(string? context)
    {
        if (++_count <= SampleSize && context is not null)
        {
            _context.Enqueue(context);
        }
    }
}

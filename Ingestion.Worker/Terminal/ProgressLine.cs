using System.Globalization;
using Discovery.Ingestion.Reports;

namespace Discovery.Ingestion.Worker.Terminal;

/// <summary>Live progress: one line that is written over on a terminal, a plain line every ten seconds elsewhere.</summary>
internal sealed class ProgressLine(TextWriter output, bool isTerminal, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly TimeSpan _interval = isTerminal ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(10);
    private TimeSpan _next = isTerminal ? TimeSpan.Zero : TimeSpan.FromSeconds(10);

    /// <summary>Shows how far a run is, if the last time was long enough ago.</summary>
    public void Show(RunReport report)
    {
        var elapsed = time.GetElapsedTime(_started);
        if (elapsed < _next)
        {
            return;
        }
        _next = elapsed + _interval;
        var counts = string.Join(", ", report.Emitted.EntityTypes.Select(type => string.Create(CultureInfo.InvariantCulture, $"{PrintableText.Of(type)} {report.Emitted[type]}")));
        var line = string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds,6:0.0} s  {counts}; {report.Sink.Records} records written");
        output.Write(isTerminal ? $"\r{line}\e[K" : $"{line}\n");
    }

    /// <summary>Takes the live line away.</summary>
    public void End()
    {
        if (isTerminal)
        {
            output.Write("\r\e[K");
        }
    }
}

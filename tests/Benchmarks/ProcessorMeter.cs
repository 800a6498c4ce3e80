using System.Globalization;

namespace Discovery.Benchmarks;

/// <summary>Processor time as <c>/proc</c> has it, in steps of 10 ms.</summary>
internal static class ProcessorMeter
{
    private const int TicksPerSecond = 100;

    /// <summary>User and system time of a process so far.</summary>
    public static TimeSpan Of(string processId) => Fields(processId, 11);

    /// <summary>User and system time of our children that have ended.</summary>
    public static TimeSpan OfEndedChildren() => Fields("self", 13);

    // 4242 (program) S 1 ...: the state is the first field behind the name, utime the 12th, stime, cutime and cstime follow.
    private static TimeSpan Fields(string processId, int first)
    {
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((long.Parse(fields[first], CultureInfo.InvariantCulture) + long.Parse(fields[first + 1], CultureInfo.InvariantCulture)) / (double)TicksPerSecond);
    }
}

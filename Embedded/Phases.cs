using System.Diagnostics;
using System.Globalization;

namespace Discovery.Embedded;

/// <summary>Prints a line for each phase when it is done: <c>server ready   mariadbd 10.11.19 on 127.0.0.1:33061   1.2 s</c></summary>
internal sealed class Phases(TextWriter output)
{
    /// <param name="name">What was done.</param>
    /// <param name="work">Does it, and gives its result.</param>
    /// <param name="describe">Tells of the result.</param>
    public async Task<T> RunAsync<T>(string name, Func<Task<T>> work, Func<T, string> describe)
    {
        var watch = Stopwatch.StartNew();
        var result = await work();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name,-14} {describe(result)}  {watch.Elapsed.TotalSeconds:0.0} s"));
        return result;
    }
}

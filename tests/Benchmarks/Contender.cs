namespace Discovery.Benchmarks;

/// <summary>A program that is measured, once in each round.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Program">How it is started.</param>
/// <param name="Check">Looks at what it wrote: the records or rows and the bytes, and what is wrong with them (null for nothing).</param>
internal sealed record Contender(string Name, MeasuredProgram Program, Func<CheckedOutput> Check);

/// <summary>What a run wrote.</summary>
/// <param name="Records">Metadata records, or rows.</param>
/// <param name="Bytes">Size of the output, 0 where nothing is kept.</param>
/// <param name="Fault">What is wrong with it; null for nothing.</param>
internal sealed record CheckedOutput(long Records, long Bytes, string? Fault);

/// <summary>One run of a contender.</summary>
internal sealed record Measurement(ProgramCost Cost, TimeSpan ServerProcessor, long Statements, CheckedOutput Output);

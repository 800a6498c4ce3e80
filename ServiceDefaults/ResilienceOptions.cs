namespace Discovery.ServiceDefaults;

/// <summary>How often and how long <see cref="ResilienceHandler"/> tries. How long it may take in all is up to the caller's cancellation token.</summary>
public sealed record ResilienceOptions
{
    /// <summary>How often a request is sent again, at most; <see cref="int.MaxValue"/> for until the caller gives up.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>The pause before the first retry. Each one after it is about twice as long, spread at random.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause, also where <c>Retry-After</c> asks for more.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one try may take until the head of its answer is there.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(30);
}

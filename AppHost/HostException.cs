namespace Discovery.AppHost;

/// <summary>Why the host does not start, in words for who started it: where it ends the process, no stack hides them.</summary>
/// <param name="message">What is wrong, and what to do.</param>
internal sealed class HostException(string message) : DistributedApplicationException(message)
{
    /// <inheritdoc/>
    public override string ToString() => Message;
}

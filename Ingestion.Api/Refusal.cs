namespace Discovery.Ingestion.Api;

/// <summary>A request that is answered with a fault.</summary>
/// <param name="status">HTTP status from 400.</param>
/// <param name="message">What is wrong and what to do; without secrets.</param>
internal sealed class Refusal(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}

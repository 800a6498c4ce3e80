using System.Net;

namespace Discovery.Ingestion.Worker.Api;

/// <summary>The API could not be reached, or refused. The message is the API's own where it gave one, fit for one line.</summary>
internal sealed class ApiException(string message, HttpStatusCode? status, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How it answered; null where it did not.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>Whether the same request may be answered well later: nothing was answered, or a fault of the moment.</summary>
    public bool MayPass => Status is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
}

using Discovery.Ingestion.Api.Endpoints;

namespace Discovery.Ingestion.Api;

/// <summary>A request that is answered with a fault.</summary>
/// <param name="status">HTTP status from 400.</param>
/// <param name="message">What is wrong and what to do; without secrets.</param>
internal sealed class Refusal(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    public static Refusal NoRun(string id) => new(404, $"There is no run {id}.");

    public static Refusal NoRecipe(string name) => new(404, $"There is no recipe {name}. GET {ApiRoutes.Prefix}/recipes lists them.");
}

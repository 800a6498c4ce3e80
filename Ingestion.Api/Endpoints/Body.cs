using System.Reflection;
using System.Text.Json;
using Discovery.Ingestion.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Discovery.Ingestion.Api.Endpoints;

/// <summary>The body of a request as JSON by the rules of <see cref="ControlJson"/>, which says what is wrong with it.</summary>
/// <param name="Value">What it holds.</param>
internal sealed record Body<T>(T Value) : IBindableFromHttpContext<Body<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, ControlJson.Options, context.RequestAborted);
            return value is null ? throw new BadHttpRequestException("The body must be a JSON object.") : new Body<T>(value);
        }
        catch (JsonException e)
        {
            // JSON deserialization for type 'Discovery.Ingestion.Control.RunRequest' was missing required properties including: 'recipe'.
            throw new BadHttpRequestException($"The body is not what it must be: {e.Message.Replace($"{typeof(T).Namespace}.", "", StringComparison.Ordinal)}");
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}

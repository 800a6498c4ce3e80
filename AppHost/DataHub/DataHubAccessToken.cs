using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Aspire.Hosting.DataHub;

/// <summary>
/// An access token of the first user, made when it is first asked for: DataHub takes those alone that it has made itself. In a published model it is the
/// value of a parameter.
/// </summary>
/// <param name="datahub">The DataHub; it has to be ready by then.</param>
/// <param name="name">What the token is called in DataHub's settings.</param>
/// <param name="published">Stands for it in a published model.</param>
public sealed class DataHubAccessToken(DataHubResource datahub, string name, ParameterResource published) : IValueProvider, IManifestExpressionProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Task<string>? _made;

    /// <inheritdoc/>
    public string ValueExpression => published.ValueExpression;

    /// <inheritdoc/>
    /// <exception cref="DistributedApplicationException">DataHub does not give one.</exception>
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        Task<string> made;
        lock (_lock)
        {
            // Replicas ask at the same time. What failed is tried again when the next one starts.
            made = _made is null or { IsFaulted: true } ? _made = MakePatientlyAsync() : _made;
        }
        return await made.WaitAsync(cancellationToken);
    }

    /// <summary>Makes a new one when it is asked for again: a metadata service that starts anew may have lost what it stored.</summary>
    internal void Forget()
    {
        lock (_lock)
        {
            _made = null;
        }
    }

    /// <summary>A DataHub that is new answers some minutes before it knows what its users may do.</summary>
    private async Task<string> MakePatientlyAsync()
    {
        for (var begun = Stopwatch.StartNew(); ; await Task.Delay(Pause))
        {
            try
            {
                return await MakeAsync(datahub, name, CancellationToken.None);
            }
            catch (DistributedApplicationException) when (begun.Elapsed < Patience)
            {
            }
        }
    }

    /// <summary>Makes a token that is good for three months.</summary>
    /// <param name="datahub">The DataHub; it has to be ready.</param>
    /// <param name="name">What the token is called in DataHub's settings.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DistributedApplicationException">DataHub does not give one.</exception>
    public static async Task<string> MakeAsync(DataHubResource datahub, string name, CancellationToken cancellationToken)
    {
        try
        {
            // The log-in is a cookie of the frontend, which hands requests on to the metadata service.
            using var client = new HttpClient { BaseAddress = new Uri(datahub.Frontend.HttpEndpoint.Url), Timeout = TimeSpan.FromSeconds(60) };
            using var login = await client.PostAsJsonAsync("/logIn", new { username = DataHubResource.UserName, password = await datahub.Secrets.Password.GetValueAsync(cancellationToken) }, cancellationToken);
            login.EnsureSuccessStatusCode();
            using var made = await client.PostAsJsonAsync("/api/graphql", new { query = Mutation, variables = new { name, actor = $"urn:li:corpuser:{DataHubResource.UserName}" } }, cancellationToken);
            made.EnsureSuccessStatusCode();
            // {"data":{"createAccessToken":{"accessToken":"eyJ..."}}}, or {"errors":[{"message":"..."}]}
            var answer = await made.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
                && data.TryGetProperty("createAccessToken", out var token) && token.ValueKind == JsonValueKind.Object
                ? token.GetProperty("accessToken").GetString()!
                : throw new DistributedApplicationException($"{datahub.Name} gives no access token: {Reason(answer)}");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new DistributedApplicationException($"{datahub.Name} gives no access token: {e.Message}", e);
        }
    }

    private static string? Reason(JsonElement answer) =>
        answer.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0 && errors[0].TryGetProperty("message", out var message)
            ? message.GetString() : "its answer has none";

    private const string Mutation = """
        mutation createAccessToken($name: String!, $actor: String!) {
          createAccessToken(input: { type: PERSONAL, actorUrn: $actor, duration: THREE_MONTHS, name: $name }) { accessToken }
        }
        """;
}

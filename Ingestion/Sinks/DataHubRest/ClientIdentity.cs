namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>What this product calls itself towards DataHub.</summary>
internal static class ClientIdentity
{
    /// <summary><c>clientId</c> in the system metadata of each record.</summary>
    public const string Id = "discovery";

    /// <summary>Version of the product, such as <c>0.1.0</c>.</summary>
    public static string Version { get; } = typeof(ClientIdentity).Assembly.GetName().Version!.ToString(3);

    /// <summary>The form that DataHub's own clients use, by which the server tells them apart.</summary>
    public static string UserAgent { get; } = $"DataHub-Client/1.0 (ingestion; {Id}; {Version})";
}

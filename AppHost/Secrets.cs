namespace Discovery.AppHost;

/// <summary>Secrets of the host: generated at the first start, and kept in its user secrets.</summary>
internal static class Secrets
{
    /// <summary>Adds one of 44 letters and digits.</summary>
    public static IResourceBuilder<ParameterResource> Add(IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = 44, Special = false }, secret: true, persist: true);
}

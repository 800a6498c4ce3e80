namespace Discovery.Web.Access;

/// <summary>The secret of an OpenID Connect client, which is not seen where settings are printed.</summary>
public sealed class ClientSecret(string value)
{
    internal string Value { get; } = value;

    /// <inheritdoc/>
    public override string ToString() => "***";
}

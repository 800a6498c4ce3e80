namespace Discovery.Ingestion.Recipes;

/// <summary>A text that must not be shown. Printing it gives asterisks; <see cref="Reveal"/> is for the driver alone.</summary>
public sealed class Secret(string value)
{
    /// <summary>The text itself.</summary>
    public string Reveal() => value;

    /// <inheritdoc/>
    public override string ToString() => "********";
}

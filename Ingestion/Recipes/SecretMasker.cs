namespace Discovery.Ingestion.Recipes;

/// <summary>Replaces every secret of a run in a text. The one place that masks.</summary>
public sealed class SecretMasker
{
    /// <summary>Learns a value that must never be shown, with the name to show in its place.</summary>
    /// <param name="name">Shown instead, as <c>***name***</c>: the variable or the setting that the value came from.</param>
    /// <param name="value">The value; blank values and ones of fewer than 3 characters are not learned, since they would mask ordinary text.</param>
    public void Add(string name, string value) => throw new NotImplementedException();

    /// <summary>The text with every learned value replaced, longest first.</summary>
    public string Mask(string text) => throw new NotImplementedException();
}

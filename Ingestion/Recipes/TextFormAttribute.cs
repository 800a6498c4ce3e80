namespace Discovery.Ingestion.Recipes;

/// <summary>Declares, beside <see cref="SettingAttribute"/>, which texts a setting takes; on a list, which texts its items may be.</summary>
/// <param name="expected">What it takes, with an example: <c>a host name, such as db.example.com</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public abstract class TextFormAttribute(string expected) : Attribute
{
    /// <summary>What it takes, with an example.</summary>
    public string Expected { get; } = expected;

    /// <summary>A regular expression, of the kind that JSON schemas know, that every text of this form matches.</summary>
    public abstract string Pattern { get; }

    /// <summary>Whether a text has the form.</summary>
    public abstract bool Takes(string text);

    /// <summary>What to write instead of a text that was refused, empty where that is not known.</summary>
    public virtual string Advice(string text) => "";
}

namespace Discovery.Catalog.Writes.Values;

/// <summary>What a type of the model allows as JSON, in a form made for checking.</summary>
internal abstract class ValueShape
{
    /// <summary>
    /// Checks the value that starts where the reader stands, writes what it takes of it, and leaves the reader at its
    /// last token. After a fault the output is of no use.
    /// </summary>
    public abstract void Check(ref ValueReader value);
}

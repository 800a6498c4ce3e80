namespace Discovery.Catalog.GraphQl;

/// <summary>An input object whose members fit the schema; what was left out is null.</summary>
internal sealed class InputObject(Dictionary<string, object?> members)
{
    /// <summary>Most entities of one answer, as DataHub's search has it.</summary>
    public const int MaxCount = 10_000;

    public string? Text(string name) => members.GetValueOrDefault(name) as string;

    public bool Flag(string name) => members.GetValueOrDefault(name) is true;

    /// <exception cref="CatalogException">The number is negative or above <see cref="MaxCount"/>.</exception>
    public int Count(string name, int otherwise) => members.GetValueOrDefault(name) is not long count
        ? otherwise
        : count is >= 0 and <= MaxCount ? (int)count : throw new CatalogException(CatalogFault.Argument, $"'{name}' is {count}; it goes from 0 to {MaxCount}.");

    public InputObject? Object(string name) => members.GetValueOrDefault(name) is Dictionary<string, object?> inner ? new InputObject(inner) : null;

    public IReadOnlyList<InputObject> Objects(string name) =>
        members.GetValueOrDefault(name) is List<object?> list ? [.. list.OfType<Dictionary<string, object?>>().Select(each => new InputObject(each))] : [];

    public IReadOnlyList<string> Texts(string name) => members.GetValueOrDefault(name) is List<object?> list ? [.. list.OfType<string>()] : [];
}

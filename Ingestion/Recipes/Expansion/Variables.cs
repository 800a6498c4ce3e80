using System.Globalization;

namespace Discovery.Ingestion.Recipes.Expansion;

/// <summary>The variables that a recipe may use.</summary>
internal interface IVariables
{
    /// <summary>The value, null when it is not set.</summary>
    string? Get(string name);

    /// <summary>Sets it for the rest of the recipe (<c>${V:=default}</c>).</summary>
    void Set(string name, string value);
}

/// <summary>The environment, with what a recipe sets itself in front. Each value that is used becomes a secret.</summary>
internal sealed class Variables(Func<string, string?> environment, SecretMasker secrets) : IVariables
{
    private readonly Dictionary<string, string> _own = new(StringComparer.Ordinal);

    public string? Get(string name)
    {
        if (name == "$")
        {
            return Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        }
        var value = _own.TryGetValue(name, out var own) ? own : environment(name);
        if (value is not null)
        {
            secrets.Add(name, value);
        }
        return value;
    }

    public void Set(string name, string value) => _own[name] = value;
}

/// <summary>Variables of another process: each of them has some value there.</summary>
internal sealed class UnknownVariables : IVariables
{
    /// <summary>Whether a text asked for one.</summary>
    public bool WereUsed { get; private set; }

    public string? Get(string name)
    {
        WereUsed = true;
        return "value";
    }

    public void Set(string name, string value) => WereUsed = true;
}

/// <summary>A variable is not set, or a text with variables is malformed.</summary>
internal sealed class VariableException(string message, bool isUnset) : Exception(message)
{
    /// <summary>Whether a variable is just not set, which is forgiven in a text without braces.</summary>
    public bool IsUnset { get; } = isUnset;
}

namespace Discovery.Catalog.GraphQl.Syntax;

/// <summary>Where something stands in a document, both from 1.</summary>
internal readonly record struct Location(int Line, int Column);

/// <summary>A request as text: operations and fragments.</summary>
internal sealed record Document(IReadOnlyList<Operation> Operations, IReadOnlyDictionary<string, Fragment> Fragments);

/// <summary><c>query name($variable: Type = default) { .. }</c></summary>
internal sealed record Operation(string Kind, string? Name, IReadOnlyList<VariableDefinition> Variables, IReadOnlyList<Selection> Selections, Location Location);

/// <summary><c>$name: Type = default</c></summary>
internal sealed record VariableDefinition(string Name, TypeReference Type, Literal? Default, Location Location);

/// <summary><c>fragment name on Type { .. }</c></summary>
internal sealed record Fragment(string Name, string Type, IReadOnlyList<Selection> Selections, Location Location);

/// <summary>A part of a selection set.</summary>
internal abstract record Selection(IReadOnlyList<Directive> Directives, Location Location);

/// <summary><c>alias: name(argument: value) { .. }</c></summary>
internal sealed record FieldSelection(
    string? Alias, string Name, IReadOnlyList<Argument> Arguments, IReadOnlyList<Selection> Selections, IReadOnlyList<Directive> Directives, Location Location)
    : Selection(Directives, Location)
{
    /// <summary>Its name in the answer.</summary>
    public string Key => Alias ?? Name;
}

/// <summary><c>...name</c></summary>
internal sealed record FragmentSpread(string Name, IReadOnlyList<Directive> Directives, Location Location) : Selection(Directives, Location);

/// <summary><c>... on Type { .. }</c>; without a type it is one of the type around it.</summary>
internal sealed record InlineFragment(string? Type, IReadOnlyList<Selection> Selections, IReadOnlyList<Directive> Directives, Location Location) : Selection(Directives, Location);

/// <summary><c>@name(argument: value)</c></summary>
internal sealed record Directive(string Name, IReadOnlyList<Argument> Arguments, Location Location);

/// <summary><c>name: value</c></summary>
internal sealed record Argument(string Name, Literal Value, Location Location);

/// <summary>
/// A value as it is written: null, a <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="EnumSymbol"/>,
/// <see cref="VariableName"/>, a list of literals, or a dictionary of them by name.
/// </summary>
internal sealed record Literal(object? Value, Location Location);

/// <summary>A word in the place of a value, such as <c>DESCENDING</c>.</summary>
internal sealed record EnumSymbol(string Name);

/// <summary><c>$name</c></summary>
internal sealed record VariableName(string Name);

/// <summary><c>Name</c>, <c>[Item]</c> or <c>Type!</c></summary>
internal sealed record TypeReference(string? Name, TypeReference? Item, bool Required)
{
    /// <summary>The name inside all brackets.</summary>
    public string Innermost => Name ?? Item!.Innermost;

    /// <inheritdoc/>
    public override string ToString() => (Name ?? $"[{Item}]") + (Required ? "!" : "");
}

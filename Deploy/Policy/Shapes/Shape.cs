using System.Text.RegularExpressions;

namespace Discovery.Deploy.Policy.Shapes;

/// <summary>Fields of a mapping.</summary>
/// <param name="Name">Its name in the catalog.</param>
/// <param name="IsOpen">Whether other fields are allowed.</param>
/// <param name="Fields">The fields by name.</param>
internal sealed record Shape(string Name, bool IsOpen, IReadOnlyDictionary<string, ShapeField> Fields);

/// <summary>One field.</summary>
/// <param name="IsRequired">Whether it must be there.</param>
/// <param name="Type">What may stand in it.</param>
internal sealed record ShapeField(bool IsRequired, ShapeType Type);

/// <summary>What may stand in a field.</summary>
internal abstract record ShapeType;

/// <summary>A text.</summary>
/// <param name="Pattern">What it must match; null for anything.</param>
internal sealed record TextType(Regex? Pattern) : ShapeType;

/// <summary>One of some texts.</summary>
internal sealed record ChoiceType(IReadOnlyList<string> Choices) : ShapeType;

/// <summary>A number.</summary>
/// <param name="IsWhole">Whether fractions are refused.</param>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
internal sealed record NumberType(bool IsWhole, double Minimum, double Maximum) : ShapeType;

/// <summary>true or false.</summary>
internal sealed record SwitchType : ShapeType;

/// <summary>A quantity such as <c>500m</c>.</summary>
internal sealed record QuantityType : ShapeType;

/// <summary>A whole number or a text, such as a port by number or name.</summary>
internal sealed record NumberOrTextType : ShapeType;

/// <summary>Anything.</summary>
internal sealed record AnyType : ShapeType;

/// <summary>A list.</summary>
internal sealed record ListType(ShapeType Item) : ShapeType;

/// <summary>A mapping with free keys.</summary>
internal sealed record MapType(ShapeType Value) : ShapeType;

/// <summary>A mapping of a shape, by name since shapes can hold themselves.</summary>
internal sealed record NamedType(string Shape) : ShapeType;

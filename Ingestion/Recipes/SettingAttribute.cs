namespace Discovery.Ingestion.Recipes;

/// <summary>
/// Declares one setting of a config record, once: validation, documentation and defaults come from the property that
/// carries it. The type of the property is the type of the setting, its initialiser the default; a <c>required</c>
/// property must be given; one of type <see cref="Secret"/> is masked everywhere.
/// </summary>
/// <param name="name">The key in the recipe, such as <c>host_port</c>.</param>
/// <param name="documentation">One or two sentences for people who write recipes.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string name, string documentation) : Attribute
{
    /// <summary>The key in the recipe.</summary>
    public string Name { get; } = name;

    /// <summary>What the setting is for.</summary>
    public string Documentation { get; } = documentation;

    /// <summary>Older name that still works, with a warning; giving both is an error. Null for none.</summary>
    public string? Alias { get; init; }

    /// <summary>Smallest value of a number, inclusive; only where set.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Largest value of a number, inclusive; only where set.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether the text names a file or folder of this machine, which a <see cref="Pipeline.Confinement"/> keeps below its root.</summary>
    public bool IsPath { get; init; }

    /// <summary>
    /// Why a recipe that sets this gets one warning and nothing else: the setting is DataHub's, is accepted, and has no
    /// effect here. Null for a setting that works.
    /// </summary>
    public string? WithoutEffect { get; init; }
}

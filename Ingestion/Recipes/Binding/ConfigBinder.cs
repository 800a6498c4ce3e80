using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using Discovery.Ingestion.Pipeline;

namespace Discovery.Ingestion.Recipes.Binding;

/// <summary>
/// Makes config records (see <see cref="SettingAttribute"/>) of recipe nodes. It reports every fault at its place and goes on, so
/// that a person sees all of them at once; a setting with a fault keeps its default.
/// </summary>
/// <param name="problems">Takes the faults.</param>
/// <param name="secrets">Learns the secret settings.</param>
/// <param name="confinement">What the recipe may not reach; null for nothing.</param>
/// <param name="document">What the mapping with the empty path is, for messages.</param>
public sealed class ConfigBinder(ProblemList problems, SecretMasker secrets, Confinement? confinement = null, string document = "a recipe")
{
    // Values that were reported as missing variables; a record that lacks one is not asked whether its settings agree.
    private int _unresolved;

    /// <summary>Makes one record.</summary>
    /// <param name="type">A record with <see cref="SettingAttribute"/> properties and a constructor without parameters.</param>
    /// <param name="mapping">What the document gives.</param>
    /// <param name="path">The key of the record for messages, such as <c>source.config</c>; empty for the document as a whole.</param>
    /// <returns>The record; where a fault was reported, with the default of that setting.</returns>
    public object Bind(Type type, RecipeMapping mapping, string path)
    {
        var before = (problems.ErrorCount, _unresolved);
        var config = Activator.CreateInstance(type) ?? throw new InvalidOperationException($"{type} cannot be made");
        var settings = ConfigSetting.Of(type);
        foreach (var setting in settings)
        {
            if (Find(setting.Setting, mapping) is { } entry)
            {
                Set(config, setting, entry, Join(path, entry.Key));
            }
            else if (setting.IsRequired)
            {
                problems.Error(mapping.Position, $"'{Join(path, setting.Setting.Name)}' is missing: {setting.Setting.Documentation}");
            }
        }
        ReportUnknown(type, settings, mapping, path);
        if (before == (problems.ErrorCount, _unresolved) && config is IValidatedConfig validated)
        {
            foreach (var (key, message) in validated.Validate())
            {
                problems.Error(Locate(mapping, key), $"'{Join(path, key)}': {message}");
            }
            if (confinement is not null && before == (problems.ErrorCount, _unresolved))
            {
                foreach (var (key, file) in validated.Files())
                {
                    // The text is used as it is, and not relative to the root.
                    if (!Path.IsPathFullyQualified(file))
                    {
                        problems.Error(Locate(mapping, key), $"'{Join(path, key)}': '{file}' is no full path; begin it with {confinement.FileRoot}");
                    }
                    Confined(file, Locate(mapping, key), Join(path, key));
                }
            }
            foreach (var (key, message) in validated.Warnings())
            {
                problems.Warning(Locate(mapping, key), $"'{Join(path, key)}': {message}");
            }
        }
        return config;
    }

    /// <summary>Where a setting stands, or what is nearest to it in the recipe.</summary>
    public static RecipePosition Locate(RecipeMapping mapping, string key)
    {
        // A key of a domain has dots and colons itself; the longest key that is there wins.
        foreach (var entry in mapping.Entries.OrderByDescending(entry => entry.Key.Length))
        {
            if (key == entry.Key)
            {
                return entry.Value.Position;
            }
            if (key.StartsWith(entry.Key + ".", StringComparison.Ordinal))
            {
                return entry.Value is RecipeMapping inner && Locate(inner, key[(entry.Key.Length + 1)..]) is var place && place != inner.Position ? place : entry.Value.Position;
            }
        }
        return mapping.Position;
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private RecipeEntry? Find(SettingAttribute setting, RecipeMapping mapping)
    {
        mapping.TryGet(setting.Name, out var entry);
        if (setting.Alias is null || !mapping.TryGet(setting.Alias, out var old))
        {
            return entry;
        }
        if (entry is not null)
        {
            problems.Error(old.KeyPosition, $"'{setting.Alias}' is the old name of '{setting.Name}', and both are given; keep '{setting.Name}' alone");
            return entry;
        }
        problems.Warning(old.KeyPosition, $"'{setting.Alias}' is the old name of '{setting.Name}'; rename it");
        return old;
    }

    private void ReportUnknown(Type type, IReadOnlyList<ConfigSetting> settings, RecipeMapping mapping, string path)
    {
        var names = settings.Select(setting => setting.Setting.Name).ToList();
        var where = path.Length == 0 ? document : $"'{path}'";
        var acceptsUnknown = type.IsDefined(typeof(AcceptsUnknownSettingsAttribute));
        foreach (var entry in mapping.Entries.Where(entry => !settings.Any(setting => setting.Setting.Name == entry.Key || setting.Setting.Alias == entry.Key)))
        {
            if (problems.IsFull)
            {
                break;
            }
            var message = $"'{entry.Key}' is not a setting of {where}";
            if (acceptsUnknown)
            {
                problems.Warning(entry.KeyPosition, $"{message} and has no effect{Suggestion.For(entry.Key, names)}");
            }
            else
            {
                problems.Error(entry.KeyPosition, message + Suggestion.OrAll(entry.Key, names));
            }
        }
    }

    private void Set(object config, ConfigSetting setting, RecipeEntry entry, string path)
    {
        if (entry.Value is RecipeScalar { Value: null })
        {
            if (!setting.IsNullable)
            {
                problems.Error(entry.KeyPosition, $"'{path}' has no value; give it one, or remove the key");
                return;
            }
            setting.Property.SetValue(config, null);
            return;
        }
        if (setting.Setting.WithoutEffect is { } reason)
        {
            problems.Warning(entry.KeyPosition, $"'{path}' has no effect: {reason}");
        }
        if (TryBind(setting.Type, entry.Value, path, out var value) && IsInRange(setting.Setting, value, entry.Value.Position, path) && HasForm(setting.Form, entry.Value, path))
        {
            setting.Property.SetValue(config, setting.Setting.IsPath && value is string file ? Confined(file, entry.Value.Position, path) : value);
        }
    }

    /// <summary>The path to use for one that the recipe names; null with a fault where it may not.</summary>
    private string? Confined(string file, RecipePosition position, string path)
    {
        if (confinement is null)
        {
            return file;
        }
        var resolved = confinement.Resolve(file, out var reason);
        if (resolved is null)
        {
            problems.Error(position, $"'{path}': {reason}");
        }
        return resolved;
    }

    private bool IsInRange(SettingAttribute setting, object? value, RecipePosition position, string path)
    {
        if (value is not (int or long or double) || System.Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && number >= setting.Minimum && number <= setting.Maximum)
        {
            return true;
        }
        var range = string.Join(" and ", new[] { (setting.Minimum, "at least"), (setting.Maximum, "at most") }
            .Where(bound => double.IsFinite(bound.Item1)).Select(bound => string.Create(CultureInfo.InvariantCulture, $"{bound.Item2} {bound.Item1}")));
        problems.Error(position, string.Create(CultureInfo.InvariantCulture, $"'{path}' must be {range}, not {value}"));
        return false;
    }

    private bool HasForm(TextFormAttribute? form, RecipeNode written, string path)
    {
        if (form is null)
        {
            return true;
        }
        if (written is RecipeList list)
        {
            return list.Items.Select((item, index) => HasForm(form, item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"))).ToList().TrueForAll(has => has);
        }
        if (written is not RecipeScalar { Value: string text } || form.Takes(text))
        {
            return true;
        }
        var shown = RedactedRecipe.IsSecret(path[(path.LastIndexOf('.') + 1)..]) || text.Length > ScalarBinding.LongestShown ? "" : $", not '{text}'";
        problems.Error(written.Position, $"'{path}' must be {form.Expected}{shown}{form.Advice(text)}");
        return false;
    }

    private bool TryBind(Type type, RecipeNode node, string path, out object? value)
    {
        value = null;
        if (node is RecipeScalar { IsUnresolved: true })
        {
            _unresolved++;
            return false;
        }
        if (type == typeof(RecipeNode) || type == typeof(object))
        {
            value = type == typeof(RecipeNode) ? node : ToPlain(node);
            return true;
        }
        if (ScalarBinding.Takes(type))
        {
            return TryBindScalar(type, node, path, out value);
        }
        if (ConfigSetting.ItemTypeOf(type) is { } itemType)
        {
            return node is RecipeList list ? TryBindList(type, itemType, list, path, out value) : Refuse(node, path, "a list: ['...']");
        }
        if (node is not RecipeMapping mapping)
        {
            return Refuse(node, path, type == typeof(AllowDenyPattern) ? "a mapping with 'allow' and 'deny', each a list of regular expressions: {allow: ['...']}" : "a mapping of keys and values");
        }
        if (ConfigSetting.ValueTypeOf(type) is { } valueType)
        {
            return TryBindDictionary(valueType, mapping, path, out value);
        }
        if (type == typeof(AllowDenyPattern))
        {
            var before = problems.ErrorCount;
            var filter = ((FilterBinding)Bind(typeof(FilterBinding), mapping, path)).ToFilter(mapping, problems);
            value = problems.ErrorCount == before ? filter : null;
            return value is not null;
        }
        value = ConfigSetting.Of(type).Count > 0 ? Bind(type, mapping, path) : throw new InvalidOperationException($"'{path}' is of type {type}, which no recipe can hold");
        return true;
    }

    private bool Refuse(RecipeNode node, string path, string expected)
    {
        problems.Error(node.Position, $"'{path}' must be {expected}; this is {node.Kind}");
        return false;
    }

    private bool TryBindScalar(Type type, RecipeNode node, string path, out object? value)
    {
        value = null;
        if (node is not RecipeScalar scalar || scalar.Value is null)
        {
            return Refuse(node, path, ScalarBinding.Describe(type));
        }
        value = ScalarBinding.Convert(type, scalar, out var reason);
        if (value is null)
        {
            problems.Error(node.Position, RedactedRecipe.IsSecret(path[(path.LastIndexOf('.') + 1)..]) ? $"'{path}' must be {ScalarBinding.Describe(type)}" : $"'{path}' {reason}");
        }
        if (value is Secret secret)
        {
            secrets.Add(path, secret.Reveal());
        }
        return value is not null;
    }

    private bool TryBindList(Type type, Type itemType, RecipeList list, string path, out object? value)
    {
        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(itemType))!;
        var complete = true;
        for (var index = 0; index < list.Items.Count; index++)
        {
            complete &= TryBind(itemType, list.Items[index], string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), out var item);
            items.Add(item ?? (itemType.IsValueType ? Activator.CreateInstance(itemType) : null));
        }
        value = items;
        if (type.IsArray)
        {
            var array = Array.CreateInstance(itemType, items.Count);
            items.CopyTo(array, 0);
            value = array;
        }
        return complete;
    }

    private bool TryBindDictionary(Type valueType, RecipeMapping mapping, string path, out object? value)
    {
        var items = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType))!;
        var complete = true;
        foreach (var entry in mapping.Entries)
        {
            complete &= TryBind(valueType, entry.Value, Join(path, entry.Key), out var item);
            items[entry.Key] = item;
        }
        value = items;
        return complete;
    }

    private static object? ToPlain(RecipeNode node) => node switch
    {
        RecipeMapping mapping => mapping.Entries.ToDictionary(entry => entry.Key, entry => ToPlain(entry.Value), StringComparer.Ordinal),
        RecipeList list => list.Items.Select(ToPlain).ToList(),
        RecipeScalar { Value: BigInteger whole } when whole >= long.MinValue && whole <= long.MaxValue => (long)whole,
        RecipeScalar { Value: RecipeDate date } => date.Text,
        _ => ((RecipeScalar)node).Value,
    };
}

using System.Collections;
using System.Globalization;
using System.Text;
using Discovery.Ingestion.Recipes.Binding;

namespace Discovery.Ingestion.Recipes;

/// <summary>Writes the reference of settings from where they are declared, so that documents cannot say something else.</summary>
public static class SettingsReference
{
    /// <summary>A Markdown table of all settings of a config record, nested ones with dotted names.</summary>
    public static string Markdown(Type configType)
    {
        var table = new StringBuilder("| Setting | Type | Default | Meaning |\n| --- | --- | --- | --- |\n");
        AddRows(table, configType, "");
        return table.ToString();
    }

    private static void AddRows(StringBuilder table, Type configType, string prefix)
    {
        var defaults = Activator.CreateInstance(configType);
        foreach (var setting in ConfigSetting.Of(configType))
        {
            var name = prefix + setting.Setting.Name;
            var fallback = setting.IsRequired ? "required" : Default(setting.Property.GetValue(defaults));
            table.Append(CultureInfo.InvariantCulture, $"| `{name}` | {Cell(TypeName(setting.Type))} | {Cell(fallback)} | {Cell(Meaning(setting.Setting))} |\n");
            if (IsRecord(setting.Type))
            {
                AddRows(table, setting.Type, name + ".");
            }
            else if (ConfigSetting.ItemTypeOf(setting.Type) is { } item && IsRecord(item))
            {
                AddRows(table, item, name + "[].");
            }
            else if (ConfigSetting.ValueTypeOf(setting.Type) is { } value && IsRecord(value))
            {
                AddRows(table, value, name + ".NAME.");
            }
        }
    }

    private static bool IsRecord(Type type) => !ScalarBinding.Takes(type) && type != typeof(AllowDenyPattern) && ConfigSetting.Of(type).Count > 0;

    private static string TypeName(Type type) =>
        type == typeof(AllowDenyPattern) ? "filter"
        : type == typeof(Secret) ? "secret text"
        : ScalarBinding.Takes(type) ? ScalarBinding.Describe(type)
        : ConfigSetting.ItemTypeOf(type) is { } item ? $"list of {TypeName(item)}"
        : ConfigSetting.ValueTypeOf(type) is { } value ? $"mapping to {TypeName(value)}"
        : IsRecord(type) ? "block"
        : "anything";

    private static string Default(object? value) => value switch
    {
        null => "",
        true => "`true`",
        false => "`false`",
        Enum member => $"`{ScalarBinding.NameOf(member.GetType(), member.ToString())}`",
        string text => $"`{text}`",
        AllowDenyPattern => "admits all",
        int or long or double => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
        IEnumerable items when !items.GetEnumerator().MoveNext() => "empty",
        _ => "",
    };

    private static string Meaning(SettingAttribute setting)
    {
        var meaning = new StringBuilder(setting.Documentation);
        if (double.IsFinite(setting.Minimum))
        {
            meaning.Append(CultureInfo.InvariantCulture, $" At least {setting.Minimum}.");
        }
        if (double.IsFinite(setting.Maximum))
        {
            meaning.Append(CultureInfo.InvariantCulture, $" At most {setting.Maximum}.");
        }
        if (setting.Alias is not null)
        {
            meaning.Append(CultureInfo.InvariantCulture, $" Old name: `{setting.Alias}`.");
        }
        if (setting.WithoutEffect is not null)
        {
            meaning.Append(CultureInfo.InvariantCulture, $" No effect here: {setting.WithoutEffect}.");
        }
        return meaning.ToString();
    }

    // A bar in a text would begin a new column.
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}

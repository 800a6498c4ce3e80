using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Discovery.Ingestion.Recipes.Binding;

/// <summary>A property of a config record that a recipe can set.</summary>
/// <param name="Property">The property.</param>
/// <param name="Setting">What is declared about it.</param>
/// <param name="Type">Its type, without <see cref="Nullable{T}"/>.</param>
/// <param name="IsNullable">Whether <c>null</c> is a value of it.</param>
/// <param name="IsRequired">Whether it must be given.</param>
/// <param name="Form">Which texts it takes; null for any.</param>
internal sealed record ConfigSetting(PropertyInfo Property, SettingAttribute Setting, Type Type, bool IsNullable, bool IsRequired, TextFormAttribute? Form)
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<ConfigSetting>> Known = new();

    /// <summary>The settings of a config record in the order of declaration; none if it is no config record.</summary>
    public static IReadOnlyList<ConfigSetting> Of(Type configType) => Known.GetOrAdd(configType, static type =>
    {
        var nullability = new NullabilityInfoContext();
        return
        [
            .. from property in type.GetProperties()
               let setting = property.GetCustomAttribute<SettingAttribute>()
               where setting is not null
               let underlying = Nullable.GetUnderlyingType(property.PropertyType)
               select new ConfigSetting(
                   property,
                   setting,
                   underlying ?? property.PropertyType,
                   underlying is not null || nullability.Create(property).WriteState == NullabilityState.Nullable,
                   property.IsDefined(typeof(RequiredMemberAttribute)),
                   property.GetCustomAttribute<TextFormAttribute>()),
        ];
    });

    /// <summary>The type of the items if this is a list type, else null.</summary>
    public static Type? ItemTypeOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : IsGeneric(type, typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>), typeof(IEnumerable<>), typeof(IList<>), typeof(List<>)) ? type.GetGenericArguments()[0]
        : null;

    /// <summary>The type of the values if this is a mapping from text, else null.</summary>
    public static Type? ValueTypeOf(Type type) =>
        IsGeneric(type, typeof(IReadOnlyDictionary<,>), typeof(IDictionary<,>), typeof(Dictionary<,>)) && type.GetGenericArguments()[0] == typeof(string)
            ? type.GetGenericArguments()[1]
            : null;

    private static bool IsGeneric(Type type, params ReadOnlySpan<Type> definitions) => type.IsGenericType && definitions.Contains(type.GetGenericTypeDefinition());
}

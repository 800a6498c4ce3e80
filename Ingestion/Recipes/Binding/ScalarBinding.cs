using System.Globalization;
using System.Numerics;
using System.Text;

namespace Discovery.Ingestion.Recipes.Binding;

/// <summary>
/// Turns a single value into the type of a setting, with the leniency of DataHub's client: <c>"yes"</c> is true and <c>"3306"</c>
/// is a number, since variables always give text; but a number is no text.
/// </summary>
internal static class ScalarBinding
{
    /// <summary>Characters of a text that a message repeats; a longer one is not shown.</summary>
    public const int LongestShown = 60;

    /// <summary>Converts a value; null with a reason when it does not fit.</summary>
    public static object? Convert(Type type, RecipeScalar scalar, out string reason)
    {
        var value = scalar.Value;
        object? converted = type switch
        {
            _ when type == typeof(string) => value as string,
            _ when type == typeof(Secret) => value is string text ? new Secret(text) : null,
            _ when type == typeof(bool) => ToBoolean(value),
            _ when type == typeof(int) => ToInteger(value) is { } whole && whole >= int.MinValue && whole <= int.MaxValue ? (int)whole : null,
            _ when type == typeof(long) => ToInteger(value) is { } whole && whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : null,
            _ when type == typeof(double) => ToNumber(value),
            _ => value is string name ? ToEnum(type, name) : null,
        };
        reason = converted is not null ? "" : $"must be {Describe(type)}, not {DescribeValue(scalar, type)}";
        return converted;
    }

    /// <summary>Whether a type is one that <see cref="Convert"/> takes.</summary>
    public static bool Takes(Type type) =>
        type.IsEnum || type == typeof(string) || type == typeof(Secret) || type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(double);

    /// <summary>What people call a value of this type: <c>text</c>, <c>a whole number</c>, <c>one of A, B</c>.</summary>
    public static string Describe(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(double) ? "a number"
        : type.IsEnum ? "one of " + string.Join(", ", Names(type))
        : "text";

    /// <summary>How files write the members of an enum, in the order of declaration.</summary>
    public static IEnumerable<string> Names(Type type) => Enum.GetNames(type).Select(member => NameOf(type, member));

    /// <summary>How files write an enum's member: <c>AsyncBatch</c> is <c>ASYNC_BATCH</c>, or <c>async-batch</c> in one with <see cref="KebabCaseAttribute"/>.</summary>
    public static string NameOf(Type type, string member)
    {
        var inKebabCase = type.IsDefined(typeof(KebabCaseAttribute), inherit: false);
        var name = new StringBuilder();
        for (var index = 0; index < member.Length; index++)
        {
            if (index > 0 && char.IsUpper(member[index]) && !char.IsUpper(member[index - 1]) && member[index - 1] != '_')
            {
                name.Append(inKebabCase ? '-' : '_');
            }
            name.Append(inKebabCase ? char.ToLowerInvariant(member[index]) : char.ToUpperInvariant(member[index]));
        }
        return name.ToString();
    }

    private static string DescribeValue(RecipeScalar scalar, Type type)
    {
        var isText = type == typeof(string) || type == typeof(Secret) || type.IsEnum;
        return scalar.Value switch
        {
            string text => text.Length <= LongestShown ? $"'{text}'" : "this text",
            bool when isText => "true or false; put text in quotes, since YAML takes yes, no, on and off as switches",
            _ => scalar.Kind + (isText ? "; put text in quotes" : ""),
        };
    }

    private static object? ToBoolean(object? value) => value switch
    {
        bool truth => truth,
        BigInteger { IsOne: true } or 1.0 => true,
        BigInteger { IsZero: true } or 0.0 => false,
        string text => text.ToLowerInvariant() switch
        {
            "1" or "on" or "t" or "true" or "y" or "yes" => true,
            "0" or "off" or "f" or "false" or "n" or "no" => false,
            _ => null,
        },
        _ => null,
    };

    private static BigInteger? ToInteger(object? value) => value switch
    {
        BigInteger whole => whole,
        bool truth => truth ? 1 : 0,
        double number when double.IsInteger(number) => new BigInteger(number),
        string { Length: < 100 } text when BigInteger.TryParse(text.Trim().Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        string text when ToNumber(text) is { } number && double.IsInteger(number) => new BigInteger(number),
        _ => null,
    };

    private static double? ToNumber(object? value)
    {
        double? number = value switch
        {
            double given => given,
            BigInteger whole => (double)whole,
            bool truth => truth ? 1 : 0,
            string { Length: < 100 } text when double.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => null,
        };
        return number is { } finite && double.IsFinite(finite) ? number : null;
    }

    private static object? ToEnum(Type type, string name)
    {
        var wanted = name.Replace('-', '_');
        var member = Array.Find(Enum.GetNames(type), member => string.Equals(NameOf(type, member).Replace('-', '_'), wanted, StringComparison.OrdinalIgnoreCase));
        return member is null ? null : Enum.Parse(type, member);
    }
}

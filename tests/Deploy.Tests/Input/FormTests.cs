using System.Reflection;
using Discovery.Deploy.Input;
using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Tests.Input;

public sealed class FormTests
{
    public static TheoryData<Type> Records => [.. typeof(EnvironmentConfig).Assembly.GetTypes().Where(type => !type.IsAbstract && type.GetProperties().Any(property => property.IsDefined(typeof(SettingAttribute))))];

    [Theory]
    [MemberData(nameof(Records))]
    public void Each_default_has_the_form_that_is_asked_of_others(Type record)
    {
        var defaults = Activator.CreateInstance(record);

        Assert.All(
            record.GetProperties().Select(property => (Form: property.GetCustomAttribute<TextFormAttribute>(), Value: property.GetValue(defaults) as string)),
            setting => Assert.True(setting.Form is null || setting.Value is null || setting.Form.Takes(setting.Value), setting.Value));
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Each_text_that_stands_unguarded_in_what_is_rendered_has_a_form(Type record) =>
        Assert.All(
            record.GetProperties().Where(property => property.IsDefined(typeof(SettingAttribute)) && (property.PropertyType == typeof(string) || property.PropertyType == typeof(IReadOnlyList<string>))),
            property => Assert.True(property.IsDefined(typeof(TextFormAttribute)) || record == typeof(VariableConfig), $"{record.Name}.{property.Name}"));
}

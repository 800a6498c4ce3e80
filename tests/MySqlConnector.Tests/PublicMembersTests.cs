using System.Reflection;

namespace Discovery.MySqlConnector.Tests;

/// <summary>
/// <c>PublicMembers.txt</c> of the stand-in lists what it offers. On the stand-in it must be complete; on the real package every line must exist there.
/// </summary>
public sealed class PublicMembersTests
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    [Fact]
    public void The_list_of_public_members_is_true()
    {
        var file = Path.Combine(SharedFolder.Root, "eng", "standins", "MySqlConnector", "PublicMembers.txt");
        if (!StandIn.IsUsed)
        {
            Assert.Empty(File.ReadLines(file).Except(List(inherited: true)));
            return;
        }

        var members = string.Concat(List(inherited: false).Select(line => line + "\n"));
        if (File.ReadAllText(file) != members)
        {
            var proposal = Path.Combine(AppContext.BaseDirectory, "PublicMembers.txt");
            File.WriteAllText(proposal, members);
            Assert.Fail($"The public members have changed. Compare {proposal} with {file}, and copy it there.");
        }
    }

    private static IEnumerable<string> List(bool inherited)
    {
        var flags = inherited ? Public : Public | BindingFlags.DeclaredOnly;
        return StandIn.Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMembers(flags).Where(IsListed).Select(m => $"{type.Name}: {Describe(m)}").Append($"{type.Name} : {type.BaseType?.Name}"))
            .Distinct()
            .Order(StringComparer.Ordinal);
    }

    // Accessors are listed with their property; "value__" is how an enum is stored.
    private static bool IsListed(MemberInfo member) => member is not (MethodInfo { IsSpecialName: true } or FieldInfo { Name: "value__" });

    private static string Describe(MemberInfo member) => member switch
    {
        FieldInfo { IsLiteral: true } constant => $"{constant.Name} = {constant.GetRawConstantValue()}",
        PropertyInfo property => $"{property} {{{(property.CanRead ? " get;" : "")}{(property.SetMethod is { IsPublic: true } ? " set;" : "")} }}",
        _ => member.ToString()!,
    };
}

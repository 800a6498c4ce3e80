using System.Reflection;

namespace Discovery.Tests;

/// <summary>
/// <c>PublicMembers.txt</c> of a stand-in lists what it offers. On the stand-in it must be complete; on the real package every line must exist there.
/// </summary>
internal static class PublicMembersFile
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>Whether an assembly is a stand-in of ours, and not the real package.</summary>
    public static bool IsStandIn(Assembly assembly) => assembly.GetCustomAttribute<AssemblyProductAttribute>()?.Product == "Discovery";

    public static void Check(Assembly assembly)
    {
        var package = assembly.GetName().Name!;
        var file = Path.Combine(SharedFolder.Root, "eng", "standins", package, "PublicMembers.txt");
        if (!IsStandIn(assembly))
        {
            Assert.Empty(File.ReadLines(file).Except(List(assembly, inherited: true)));
            return;
        }

        var members = string.Concat(List(assembly, inherited: false).Select(line => line + "\n"));
        if (File.ReadAllText(file) != members)
        {
            var proposal = Path.Combine(AppContext.BaseDirectory, $"{package}.PublicMembers.txt");
            File.WriteAllText(proposal, members);
            Assert.Fail($"The public members have changed. Compare {proposal} with {file}, and copy it there.");
        }
    }

    private static IEnumerable<string> List(Assembly assembly, bool inherited)
    {
        var flags = inherited ? Public : Public | BindingFlags.DeclaredOnly;
        return assembly.GetExportedTypes()
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

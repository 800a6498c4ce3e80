using System.CommandLine;

namespace Discovery.Web.Access;

/// <summary><c>--role viewer</c></summary>
public static class RoleOption
{
    /// <summary>The option, with a role where it is left out.</summary>
    /// <param name="fallback">That role; null where it must be given.</param>
    public static Option<string> Create(AccessRole? fallback)
    {
        var option = new Option<string>("--role") { Description = "What who has the token may do: a viewer reads, an operator reads and changes, a worker executes runs and nothing else.", HelpName = "ROLE" };
        if (fallback is { } role)
        {
            option.DefaultValueFactory = _ => RoleNames.Of(role);
        }
        else
        {
            option.Required = true;
        }
        option.AcceptOnlyFromAmong(RoleNames.All);
        return option;
    }

    /// <summary>What was given.</summary>
    public static AccessRole Read(ParseResult arguments, Option<string> option) => RoleNames.Parse(arguments.GetRequiredValue(option))!.Value;
}

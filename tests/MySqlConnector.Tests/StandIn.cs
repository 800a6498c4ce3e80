using System.Reflection;
using MySqlConnector;

namespace Discovery.MySqlConnector.Tests;

/// <summary>Tells whether the tests run on the stand-in or on the real package.</summary>
internal static class StandIn
{
    internal static Assembly Assembly => typeof(MySqlConnection).Assembly;

    internal static bool IsUsed { get; } = PublicMembersFile.IsStandIn(Assembly);
}

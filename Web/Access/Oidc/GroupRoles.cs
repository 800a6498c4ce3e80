using System.Security.Claims;

namespace Discovery.Web.Access.Oidc;

/// <summary>Tells roles from the groups of a token. Nobody becomes a worker through a group.</summary>
internal sealed class GroupRoles(string claim, IReadOnlyList<string> operators, IReadOnlyList<string> viewers)
{
    /// <returns>Null for members of none of the groups.</returns>
    public AccessRole? RoleOf(ClaimsIdentity identity)
    {
        var groups = identity.FindAll(claim).Select(found => found.Value).ToHashSet(StringComparer.Ordinal);
        return groups.Overlaps(operators) ? AccessRole.Operator : groups.Overlaps(viewers) ? AccessRole.Viewer : null;
    }
}

using System.Net;

namespace Discovery.Ingestion.Pipeline;

/// <summary>
/// What a recipe of somebody else may not reach on the machine that runs it: files outside of one folder, addresses that a machine has
/// for itself alone (link-local ones, such as that of a cloud's metadata service), and the variables with secrets of our own programs.
/// </summary>
/// <param name="FileRoot">The folder; relative paths of a recipe are relative to it.</param>
public sealed record Confinement(string FileRoot)
{
    // How the names of variables begin that hold secrets of our own programs.
    private static readonly string[] HiddenVariables = ["DISCOVERY_WORKER_", "DISCOVERY_API_", "DISCOVERY_OIDC_", "OTEL_"];

    /// <summary>Files outside of the root that were made for the recipe itself.</summary>
    internal IReadOnlyList<string> OwnFiles { get; init; } = [];

    /// <summary>Whether a recipe may see a variable.</summary>
    public static bool Shows(string variable) => !Array.Exists(HiddenVariables, hidden => variable.StartsWith(hidden, StringComparison.OrdinalIgnoreCase));

    /// <summary>The full path of a file, without symbolic links; null where it is not below the root, with the reason.</summary>
    internal string? Resolve(string path, out string reason)
    {
        reason = "";
        if (path.Length == 0 || OwnFiles.Contains(path))
        {
            return path;
        }
        try
        {
            var root = RealPath.Of(FileRoot);
            var resolved = RealPath.Of(Path.GetFullPath(path, Path.GetFullPath(FileRoot)));
            if (resolved == root || resolved.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                return resolved;
            }
            reason = $"'{path}' is outside of {FileRoot}, the folder for files of recipes on this machine; name a file in it, such as 'metadata.json'";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            reason = $"'{path}' cannot be looked at: {fault.Message}";
        }
        return null;
    }

    /// <summary>The addresses of a host.</summary>
    /// <exception cref="RefusedHostException">One of them is not to be reached.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">There is no such host.</exception>
    internal static async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        // A driver may take several with commas between them.
        if (host.Contains(',', StringComparison.Ordinal) || ReservedAddresses.IsMetadataService(host))
        {
            throw new RefusedHostException(host);
        }
        var addresses = IPAddress.TryParse(host, out var address) ? [address] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        return Array.Exists(addresses, ReservedAddresses.Contains) ? throw new RefusedHostException(host) : addresses;
    }
}

/// <summary>A host that a recipe may not reach.</summary>
internal sealed class RefusedHostException(string host)
    : Exception($"'{host}' is not to be reached by recipes that run here: it is, or leads to, an address of this machine's own network, where cloud machines keep their credentials");

using System.Security.Cryptography;
using System.Text;
using Discovery.AppHost.Commands;

namespace Discovery.AppHost;

/// <summary>The tokens of programs, which our servers know by a file of their hashes (docs/access.md).</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Worker">Token of the workers at the control plane.</param>
/// <param name="Operator">Token of the host itself, and of workers that write to the catalog.</param>
internal sealed record StaticTokens(string File, ReferenceExpression Worker, ReferenceExpression Operator)
{
    private readonly Lock _lock = new();

    /// <summary>Adds the tokens, and has the file written before a server starts.</summary>
    public static StaticTokens Add(IDistributedApplicationBuilder builder, HostFolders folders) => new(
        folders.Of("tokens"),
        Token(Secrets.Add(builder, "worker-token")),
        Token(Secrets.Add(builder, "operator-token")));

    /// <summary>Lets a server take them, and people make some more there.</summary>
    public void TakenBy(IResourceBuilder<ProjectResource> server) => server
        .WithArgs("--tokens", File)
        .OnBeforeResourceStarted((_, _, cancellationToken) => WriteAsync(cancellationToken))
        .WithMintToken(this);

    /// <summary>Makes a token that the servers take from the next request on.</summary>
    /// <param name="name">Who has it, in one word.</param>
    /// <param name="role">A role of docs/access.md.</param>
    /// <param name="lifetime">When it ends.</param>
    /// <returns>The token, of which the file keeps the hash.</returns>
    public string Mint(string name, string role, TimeSpan lifetime)
    {
        var token = $"dsc_{RandomNumberGenerator.GetHexString(64, lowercase: true)}";
        Change(lines => [.. lines, $"{Line(name, role, token)} {DateTime.UtcNow + lifetime:yyyy-MM-dd'T'HH:mm:ss'Z'}"]);
        return token;
    }

    private static ReferenceExpression Token(IResourceBuilder<ParameterResource> parameter) => ReferenceExpression.Create($"dsc_{parameter}");

    /// <summary>Keeps the lines that people added, and those of ours unless they are for older tokens.</summary>
    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        string[] ours =
        [
            Line("apphost-workers", "worker", (await Worker.GetValueAsync(cancellationToken))!),
            Line("apphost", "operator", (await Operator.GetValueAsync(cancellationToken))!),
        ];
        Change(lines => [.. ours, .. lines.Where(line => !line.StartsWith("apphost", StringComparison.Ordinal))]);
    }

    /// <summary>Servers that start together have one file.</summary>
    private void Change(Func<IEnumerable<string>, IEnumerable<string>> change)
    {
        lock (_lock)
        {
            var draft = $"{File}.{Environment.ProcessId}";
            System.IO.File.WriteAllLines(draft, change(System.IO.File.Exists(File) ? System.IO.File.ReadAllLines(File) : []));
            System.IO.File.Move(draft, File, overwrite: true);
        }
    }

    // worker worker 5b0a...c41f
    private static string Line(string name, string role, string token) => $"{name} {role} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))}";
}

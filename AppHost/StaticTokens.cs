using System.Security.Cryptography;
using System.Text;

namespace Discovery.AppHost;

/// <summary>The tokens of programs, which our servers know by a file of their hashes (docs/access.md).</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Worker">Token of the workers at the control plane.</param>
/// <param name="Operator">Token of the host itself, and of workers that write to the catalog.</param>
internal sealed record StaticTokens(string File, ReferenceExpression Worker, ReferenceExpression Operator)
{
    private readonly Lock _one = new();
    private Task? _written;

    /// <summary>Adds the tokens, and has the file written before a server starts.</summary>
    public static StaticTokens Add(IDistributedApplicationBuilder builder, HostFolders folders) => new(
        folders.Of("tokens"),
        Token(Secrets.Add(builder, "worker-token")),
        Token(Secrets.Add(builder, "operator-token")));

    /// <summary>Lets a server take them.</summary>
    public void TakenBy(IResourceBuilder<ProjectResource> server) => server
        .WithArgs("--tokens", File)
        .OnBeforeResourceStarted((_, _, _) => WriteOnceAsync());

    private static ReferenceExpression Token(IResourceBuilder<ParameterResource> parameter) => ReferenceExpression.Create($"dsc_{parameter}");

    /// <summary>Servers start at the same time.</summary>
    private Task WriteOnceAsync()
    {
        lock (_one)
        {
            return _written ??= WriteAsync(CancellationToken.None);
        }
    }

    /// <summary>Keeps the lines that people added, and those of ours unless they are for older tokens.</summary>
    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        string[] ours = [await LineAsync("apphost-workers", "worker", Worker, cancellationToken), await LineAsync("apphost", "operator", Operator, cancellationToken)];
        var others = System.IO.File.Exists(File) ? (await System.IO.File.ReadAllLinesAsync(File, cancellationToken)).Where(line => !line.StartsWith("apphost", StringComparison.Ordinal)) : [];
        var draft = $"{File}.{Environment.ProcessId}";
        await System.IO.File.WriteAllLinesAsync(draft, [.. ours, .. others], cancellationToken);
        System.IO.File.Move(draft, File, overwrite: true);
    }

    // worker worker 5b0a...c41f
    private static async Task<string> LineAsync(string name, string role, ReferenceExpression token, CancellationToken cancellationToken) =>
        $"{name} {role} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes((await token.GetValueAsync(cancellationToken))!)))}";
}

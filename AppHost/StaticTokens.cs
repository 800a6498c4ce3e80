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
    private const string WorkerName = "apphost-workers", OperatorName = "apphost";

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

    /// <summary>Makes a token that the servers take from the next request on, in the place of the one before that has the name.</summary>
    /// <param name="name">Who has it, in one word.</param>
    /// <param name="role">A role of docs/access.md.</param>
    /// <param name="lifetime">When it ends.</param>
    /// <returns>The token, of which the file keeps the hash.</returns>
    public string Mint(string name, string role, TimeSpan lifetime)
    {
        var token = $"dsc_{RandomNumberGenerator.GetHexString(64, lowercase: true)}";
        Change(lines => [.. lines.Where(line => NameIn(line) != name), $"{Line(name, role, token)} {DateTime.UtcNow + lifetime:yyyy-MM-dd'T'HH:mm:ss'Z'}"]);
        return token;
    }

    private static ReferenceExpression Token(IResourceBuilder<ParameterResource> parameter) => ReferenceExpression.Create($"dsc_{parameter}");

    /// <summary>Keeps the lines that people added, and those of ours unless they are for older tokens.</summary>
    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        string[] ours =
        [
            Line(WorkerName, "worker", (await Worker.GetValueAsync(cancellationToken))!),
            Line(OperatorName, "operator", (await Operator.GetValueAsync(cancellationToken))!),
        ];
        Change(lines => [.. ours, .. lines.Where(line => NameIn(line) is not (WorkerName or OperatorName))]);
    }

    /// <summary>Servers that start together have one file.</summary>
    private void Change(Func<IEnumerable<string>, IEnumerable<string>> change)
    {
        lock (_lock)
        {
            var lines = change(System.IO.File.Exists(File) ? System.IO.File.ReadAllLines(File) : []);
            var draft = $"{File}.{Environment.ProcessId}";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                // A server refuses a file that others can write.
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }
            using (var writer = new StreamWriter(draft, options))
            {
                writer.Write(string.Concat(lines.Select(line => $"{line}\n")));
            }
            System.IO.File.Move(draft, File, overwrite: true);
        }
    }

    private static string NameIn(string line) => line.Split(' ', 2)[0];

    // apphost-workers worker 5b0a...c41f
    private static string Line(string name, string role, string token) => $"{name} {role} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))}";
}

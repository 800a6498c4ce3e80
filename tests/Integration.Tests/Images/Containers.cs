using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.Images;

/// <summary>Containers of our images in a network of their own, as confined as in a pod: nothing can be written but <c>/tmp</c> and what is mounted.</summary>
internal sealed class Containers : IAsyncDisposable
{
    private const UnixFileMode Everybody =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("discovery-images-");
    private readonly Dictionary<string, string> _variables = [];
    private readonly List<string> _started = [];
    private readonly string _name;

    private Containers() => _name = _folder.Name;

    /// <summary>Makes the network.</summary>
    public static async Task<Containers> StartAsync()
    {
        var containers = new Containers();
        try
        {
            await containers.DockerAsync("network", "create", containers._name);
            return containers;
        }
        catch
        {
            await containers.DisposeAsync();
            throw;
        }
    }

    /// <summary>The image of a service, such as <c>worker</c>.</summary>
    public static string Image(string service) => $"discovery-test/discovery-{service}:0.1.0";

    /// <summary>A folder that the user of a container may write to.</summary>
    public string Folder(string name)
    {
        var folder = _folder.CreateSubdirectory(name).FullName;
        File.SetUnixFileMode(folder, Everybody);
        return folder;
    }

    /// <summary>Gives a variable to all containers that are started from now on, by the environment of the command: its value is on no command line.</summary>
    public void Set(string name, string value) => _variables[name] = value;

    /// <summary>Runs a container to its end.</summary>
    public Task<ProgramResult> RunAsync(string image, IEnumerable<string> options, params string[] arguments)
    {
        var name = $"{_name}-{_started.Count}";
        _started.Add(name);
        return AskAsync(["run", "--rm", "--name", name, .. Confined(), .. options, image, .. arguments]);
    }

    /// <summary>Starts a container that the others know by the name of its service, with its port on loopback.</summary>
    /// <returns>Where it is.</returns>
    public async Task<Uri> ServeAsync(string service, int port, IEnumerable<string> options, params string[] arguments)
    {
        _started.Add($"{_name}-{service}");
        await DockerAsync(["run", "--detach", "--name", $"{_name}-{service}", "--network-alias", service, "--publish", $"127.0.0.1::{port}", .. Confined(), .. options, Image(service), .. arguments]);
        // 127.0.0.1:49153
        return new Uri($"http://{(await DockerAsync("port", $"{_name}-{service}", $"{port}/tcp")).Trim()}");
    }

    /// <summary>What a service wrote.</summary>
    public async Task<string> LogAsync(string service)
    {
        var log = await AskAsync("logs", $"{_name}-{service}");
        return log.Output + log.Error;
    }

    /// <summary>Asks a service to end (SIGTERM) and waits, for as long as Kubernetes does unless told otherwise.</summary>
    /// <returns>Its exit code; 137 where it had to be killed.</returns>
    public async Task<int> TerminateAsync(string service)
    {
        await DockerAsync("stop", "--time", "30", $"{_name}-{service}");
        return int.Parse(await DockerAsync("inspect", "--format", "{{.State.ExitCode}}", $"{_name}-{service}"), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Builds an image, which is removed at the end.</summary>
    public async Task<string> BuildAsync(string context, params string[] options)
    {
        var image = $"discovery-test/{_name}".ToLowerInvariant();
        await DockerAsync(["build", "--quiet", "--tag", image, .. options, context]);
        _started.Add(image);
        return image;
    }

    /// <summary>Runs a command of Docker that is to succeed.</summary>
    public async Task<string> DockerAsync(params string[] arguments)
    {
        var result = await AskAsync(arguments);
        Assert.True(result.ExitCode == 0, $"docker {string.Join(' ', arguments)}: {result.Error}");
        return result.Output;
    }

    public async ValueTask DisposeAsync()
    {
        // Each by its own name; those that are gone are gone.
        foreach (var name in _started.AsEnumerable().Reverse())
        {
            await AskAsync(name.Contains('/', StringComparison.Ordinal) ? ["rmi", name] : ["rm", "--force", "--volumes", name]);
        }
        await AskAsync("network", "rm", _name);
        _folder.Delete(recursive: true);
    }

    private string[] Confined() =>
    [
        "--network", _name, "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--memory", "512m", "--pids-limit", "200",
        .. _variables.Keys.SelectMany(name => new[] { "--env", name }),
    ];

    private Task<ProgramResult> AskAsync(params string[] arguments) => ProgramResult.RunAsync("docker", _folder.FullName, _variables, arguments);
}

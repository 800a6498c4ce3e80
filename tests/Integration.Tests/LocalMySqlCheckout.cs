using System.Diagnostics;
using System.Globalization;

namespace Discovery.Integration.Tests;

/// <summary>A checkout in a folder of its own, with the built program and the samples, so that tests of <c>up</c> meet nothing else.</summary>
internal sealed class LocalMySqlCheckout
{
    private readonly string _root;

    private LocalMySqlCheckout(string root) => _root = root;

    public static LocalMySqlCheckout Create(DirectoryInfo parent, string? image = null)
    {
        var root = parent.CreateSubdirectory("checkout");
        File.WriteAllText(Path.Combine(root.FullName, "Discovery.sln"), "");
        Copy(AppContext.BaseDirectory, root.CreateSubdirectory("bin").FullName);
        Copy(SampleFleetFolder(), root.CreateSubdirectory("samples/fleet").FullName);
        return new LocalMySqlCheckout(root.FullName) { Image = image };
    }

    /// <summary>The samples of the checkout that the tests were built in.</summary>
    public static string SampleFleetFolder() => Embedded.Checkout.Find().SampleFleet;

    /// <summary>The image of the server's container, null for the installed server.</summary>
    public string? Image { get; init; }

    /// <summary>Starts <c>up</c>.</summary>
    /// <param name="asNobody">As a user without rights, to which the checkout is given.</param>
    /// <param name="arguments">Its arguments.</param>
    public Process StartUp(bool asNobody, params string[] arguments)
    {
        IEnumerable<string> command = ["dotnet", Path.Combine(_root, "bin", "Discovery.Embedded.dll"), "up", .. arguments];
        if (asNobody)
        {
            using var open = Process.Start("chmod", ["-R", "a+rwX", Path.GetDirectoryName(_root)!]);
            open.WaitForExit();
            command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. command];
        }
        var start = new ProcessStartInfo(command.First(), command.Skip(1)) { RedirectStandardOutput = true };
        start.Environment["DISCOVERY_UP_IMAGE"] = Image;
        return Process.Start(start)!;
    }

    /// <summary>The server that <c>up</c> started.</summary>
    public int ServerProcessId() =>
        int.Parse(File.ReadAllText(Directory.GetFiles(Path.Combine(_root, "artifacts", "mysql"), "server.pid", SearchOption.AllDirectories).Single()), CultureInfo.InvariantCulture);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            Copy(folder, Directory.CreateDirectory(Path.Combine(to, Path.GetFileName(folder))).FullName);
        }
    }
}

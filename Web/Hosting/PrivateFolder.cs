namespace Discovery.Web.Hosting;

/// <summary>The data folder of a server, which has what only those may see who are let in.</summary>
public static class PrivateFolder
{
    /// <summary>Creates a folder that only its owner can enter. One that exists stays as it is.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

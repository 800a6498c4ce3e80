using System.Security.Cryptography;
using Discovery.Web.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace Discovery.Web.Access;

/// <summary>The key that signs own tokens: 256 random bits in a file of the data folder that only its owner can read.</summary>
internal static class TokenKey
{
    private const int Bytes = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads the key; the first call makes it.</summary>
    /// <exception cref="AccessSettingsException">The file is not as it was made.</exception>
    public static SymmetricSecurityKey ReadOrCreate(string folder)
    {
        PrivateFolder.Create(folder);
        var path = Path.Combine(folder, "token.key");
        if (!File.Exists(path))
        {
            Create(path);
        }
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
        {
            throw new AccessSettingsException($"{path} signs tokens, and others than its owner can use it. Remove it: the next start makes a new one, and all tokens made so far end.");
        }
        var key = File.ReadAllBytes(path);
        if (key.Length != Bytes)
        {
            throw new AccessSettingsException($"{path} has {key.Length} bytes instead of {Bytes}. Remove it: the next start makes a new one, and all tokens made so far end.");
        }
        return new SymmetricSecurityKey(key) { KeyId = Convert.ToHexStringLower(HMACSHA256.HashData(key, "key id"u8))[..16] };
    }

    // Two processes may do this at once: the first to name its file has made the key.
    private static void Create(string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        using (var file = new FileStream(draft, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(Bytes));
            file.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (Path.Exists(path))
        {
            // Made by the other one; or something that is no key, which reading it tells.
        }
        finally
        {
            File.Delete(draft);
        }
    }
}

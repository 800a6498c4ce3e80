using Discovery.Web.Access;
using Discovery.Web.Hosting;

namespace Discovery.Web.Tests.Hosting;

public sealed class PrivateFolderTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public void A_folder_is_for_its_owner_alone_whoever_makes_it_first()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var folder = Directory.CreateTempSubdirectory("web-tests-");
        try
        {
            foreach (var create in (Action<string>[])[PrivateFolder.Create, path => TokenKey.ReadOrCreate(path)])
            {
                var made = Path.Combine(folder.FullName, Guid.NewGuid().ToString(), "data");
                create(made);
                Assert.Equal(OwnerOnly, File.GetUnixFileMode(made));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_folder_that_exists_stays_as_it_is()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var folder = Directory.CreateTempSubdirectory("web-tests-");
        try
        {
            folder.UnixFileMode = OwnerOnly | UnixFileMode.GroupRead;
            PrivateFolder.Create(folder.FullName);
            Assert.Equal(OwnerOnly | UnixFileMode.GroupRead, File.GetUnixFileMode(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

using System.CommandLine;
using Discovery.Catalog.Files;
using Discovery.Catalog.Store;

namespace Discovery.Catalog.Commands;

/// <summary><c>./discovery catalog export</c>, <c>import</c> and <c>backup</c></summary>
internal static class FileCommands
{
    public static Command Export() => Create(
        "export", "Writes all entities as a metadata file of DataHub, also while the catalog runs. History stays behind; a backup has it.", "written to", isMade: false,
        async (folder, file, cancellationToken) =>
        {
            await using var store = StoreReader.OpenRead(folder);
            if (File.Exists(file))
            {
                throw new CatalogException(CatalogFault.Exists, $"{file} exists: an export goes to a new file.");
            }
            try
            {
                await using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
                return $"{await MetadataExport.WriteAsync(store, stream, cancellationToken)} records";
            }
            catch
            {
                File.Delete(file); // Half an export looks like a whole one.
                throw;
            }
        });

    public static Command Import() => Create(
        "import", "Writes the records of a metadata file into a catalog that does not run. Into one that runs: ./discovery ingest with a source of type file.", "read from", isMade: true,
        async (folder, file, cancellationToken) =>
        {
            await using var stream = File.OpenRead(file);
            await using var store = CatalogStore.Open(folder, TimeProvider.System);
            return $"{await MetadataImport.ReadAsync(store, stream, TimeProvider.System, cancellationToken)} records";
        });

    public static Command BackUp() => Create(
        "backup", "Copies the catalog with its history to a new file, also while it runs. To put it back, name the file catalog.db in an empty folder.", "written to", isMade: false,
        async (folder, file, _) =>
        {
            await using var store = StoreReader.OpenRead(folder);
            store.BackUp(file);
            return "backup";
        });

    private static Command Create(string name, string description, string told, bool isMade, Func<string, string, CancellationToken, Task<string>> run)
    {
        var data = DataOption.Create(isMade);
        var file = new Argument<FileInfo>("FILE");
        var command = new Command(name, description) { data, file };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var path = arguments.GetRequiredValue(file).FullName;
            try
            {
                var result = await run(arguments.GetRequiredValue(data).FullName, path, cancellationToken);
                await arguments.InvocationConfiguration.Output.WriteLineAsync($"{result} {told} {path}");
                return 0;
            }
            catch (Exception e) when (e is CatalogException or IOException or UnauthorizedAccessException)
            {
                await arguments.InvocationConfiguration.Error.WriteLineAsync(e.Message);
                return 1;
            }
        });
        return command;
    }
}

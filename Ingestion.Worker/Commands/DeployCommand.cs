using System.CommandLine;
using System.Globalization;
using System.Text;
using Discovery.Ingestion.Recipes;
using Discovery.Terminal;

namespace Discovery.Ingestion.Worker.Commands;

/// <summary><c>recipe deploy FILE</c>: puts a recipe, with its schedule, into the folder that the API reads.</summary>
internal static class DeployCommand
{
    private const int ShownFirings = 3;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The recipe." };
        var to = new Option<string>("--to") { Description = "The folder that the API reads recipes from.", HelpName = "DIR", Required = true };
        var name = new Option<string?>("--name") { Description = "Name of the recipe there; that of the file unless given.", HelpName = "NAME" };
        var schedule = new Option<string?>("--schedule") { Description = "When it runs by itself, as five fields of cron; goes into the block 'deployment' of the copy.", HelpName = "CRON" };
        var zone = new Option<string?>("--time-zone") { Description = "IANA time zone of --schedule; that of the recipe unless given, else UTC.", HelpName = "ZONE" };
        var command = new Command("deploy", "Check a recipe and put it, with its schedule, into the folder that the API reads.") { file, to, name, schedule, zone };
        command.Validators.Add(result =>
        {
            if (result.GetValue(zone) is not null && result.GetValue(schedule) is null)
            {
                result.AddError("--time-zone goes with --schedule.");
            }
        });
        command.SetAction(parsed =>
        {
            try
            {
                return Run(parsed.GetValue(file)!, parsed.GetValue(to)!, parsed.GetValue(name), parsed.GetValue(schedule), parsed.GetValue(zone));
            }
            catch (Exception e) when (e is DeployException or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"Error: {e.Message}");
                return ExitCodes.Failure;
            }
        });
        return command;
    }

    private static int Run(string file, string folder, string? name, string? schedule, string? zone)
    {
        var bytes = File.ReadAllBytes(file);
        if (Load(file, bytes) is not { } recipe)
        {
            return ExitCodes.Failure;
        }
        if (schedule is not null)
        {
            (bytes, recipe) = WithSchedule(file, bytes, recipe, schedule, zone);
        }
        var target = Target(file, folder, name);
        var before = File.Exists(target) ? File.ReadAllBytes(target) : null;
        if (before is not null && before.AsSpan().SequenceEqual(bytes))
        {
            Console.WriteLine($"{target} is unchanged.");
        }
        else
        {
            Write(target, bytes, File.GetUnixFileMode(before is null ? file : target));
            Console.WriteLine($"{target} is {(before is null ? "new" : "replaced")}.");
        }
        TellSchedule(Path.GetFileNameWithoutExtension(target), recipe.Deployment?.Schedule);
        return ExitCodes.Success;
    }

    private static Recipe? Load(string file, byte[] bytes)
    {
        using var loaded = new RecipeLoader { VariablesElsewhere = true }.Load(file, bytes, FormatOf(file));
        foreach (var problem in loaded.Problems)
        {
            Console.Error.WriteLine(problem);
        }
        return loaded.Recipe;
    }

    private static RecipeFormat FormatOf(string file) => RecipeFile.FormatOf(file)
        ?? throw new DeployException($"the name of a recipe ends in {string.Join(", ", RecipeFile.Extensions)}, and this one in '{Path.GetExtension(file)}'.");

    private static (byte[] Bytes, Recipe Recipe) WithSchedule(string file, byte[] bytes, Recipe recipe, string schedule, string? zone)
    {
        if (CronSchedule.Parse(schedule, zone ?? recipe.Deployment?.Schedule?.TimeZone ?? "UTC", out var problem) is null)
        {
            throw new DeployException($"the schedule cannot be: {problem}");
        }
        var inJson = FormatOf(file) == RecipeFormat.Json;
        if (FormatOf(file) != RecipeFormat.Yaml)
        {
            throw new DeployException($"--schedule is for YAML. Write it into {file}: {(inJson ? "\"deployment\": {\"schedule\": \"0 3 * * *\", \"time_zone\": \"Europe/Berlin\"}" : "[deployment] with schedule = \"0 3 * * *\" and time_zone = \"Europe/Berlin\"")}.");
        }
        var edited = ScheduleText.Put(Encoding.UTF8.GetString(bytes), schedule, zone);
        var editedBytes = edited is null ? null : Encoding.UTF8.GetBytes(edited);
        // What was edited is read again: a text in a form that nobody thought of is refused rather than spoilt.
        if (editedBytes is null
            || new RecipeLoader { VariablesElsewhere = true }.Load(file, editedBytes, RecipeFormat.Yaml).Recipe is not { } result
            || result.Deployment?.Schedule?.Cron != schedule
            || (zone is not null && result.Deployment.Schedule.TimeZone != zone)
            || result.SourceConfig.GetType() != recipe.SourceConfig.GetType())
        {
            throw new DeployException($"the block 'deployment' of {file} is written in a way that is not edited here. Write the schedule into it: schedule: \"{schedule}\"{(zone is null ? "" : $", time_zone: {zone}")}; then deploy without --schedule.");
        }
        return (editedBytes, result);
    }

    private static string Target(string file, string folder, string? name)
    {
        name ??= Path.GetFileNameWithoutExtension(file);
        if (!RecipeFile.IsRecipeName(name))
        {
            throw new DeployException($"'{name}' cannot be the name of a recipe: at most 100 letters, digits, '.', '_' and '-'; give another with --name.");
        }
        Directory.CreateDirectory(folder);
        var extension = Path.GetExtension(file);
        var other = RecipeFile.Extensions.Where(other => other != extension).Select(other => Path.Combine(folder, name + other)).FirstOrDefault(File.Exists);
        return other is null ? Path.Combine(folder, name + extension) : throw new DeployException($"{other} has the same name, and two files of one name are no recipe. Remove it, or give another --name.");
    }

    // Whole or not at all, also for who reads the folder meanwhile. The name is none that is taken for a recipe.
    private static void Write(string target, byte[] bytes, UnixFileMode mode)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(target))!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode }))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void TellSchedule(string name, CronSchedule? schedule)
    {
        if (schedule is null)
        {
            Console.WriteLine($"It has no schedule and runs when it is started: ./discovery runs start {name}");
            return;
        }
        Console.WriteLine($"It runs at {schedule.Cron} ({schedule.TimeZone}), next:");
        var after = TimeProvider.System.GetUtcNow();
        for (var firing = 0; firing < ShownFirings && schedule.Next(after) is { } next; firing++)
        {
            Console.WriteLine(next.ToString("  ddd yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
            after = next;
        }
    }

    private sealed class DeployException(string message) : Exception(message);
}

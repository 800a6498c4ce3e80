using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.Parity;

/// <summary>Each command that DataHub's client was recorded with, bad input above all, run by our program as people run it.</summary>
[Collection<ServerCollection>]
public sealed class RecordedCasesTests(TestServer server)
{
    private const string WrongPassword = "not+the!one77";

    // Where our exit code is meant to be another one; docs/differences.md says so too.
    private static readonly Dictionary<string, (int ExitCode, string Reason)> Meant = new()
    {
        ["stateful_datahub_api_unreachable"] = (0, "no state is kept between runs yet, so no server is asked for it; a warning says so"),
        ["test_connection_bad_config"] = (1, "a recipe is checked before anything is connected to, and a faulty one is refused"),
    };

    // What the environment of the recorded client held, where it was not the address and the password of the server.
    private static readonly Dictionary<string, (string Variable, string Value)> Variables = new()
    {
        ["wrong_password"] = ("MYSQL_PASSWORD", WrongPassword),
        ["wrong_password_no_database"] = ("MYSQL_PASSWORD", WrongPassword),
        ["dry_run_bad_password"] = ("MYSQL_PASSWORD", WrongPassword),
        ["test_connection_wrong_password"] = ("MYSQL_PASSWORD", WrongPassword),
        ["unknown_host"] = ("MYSQL_HOST_PORT", "no-such-host.invalid:3306"),
        ["test_connection_unknown_host"] = ("MYSQL_HOST_PORT", "no-such-host.invalid:3306"),
        ["closed_port"] = ("MYSQL_HOST_PORT", "127.0.0.1:1"),
        ["host_without_port"] = ("MYSQL_HOST_PORT", "host-without-port.invalid"),
        ["host_bad_port"] = ("MYSQL_HOST_PORT", "127.0.0.1:notaport"),
    };

    private static IEnumerable<string> Spellings =>
        from password in new[] { TestServer.Password, WrongPassword }
        from spelling in new[] { password, Uri.EscapeDataString(password), JsonEncodedText.Encode(password).ToString(), Convert.ToBase64String(Encoding.UTF8.GetBytes(password)) }
        select spelling;

    [Fact]
    public async Task Every_recorded_command_ends_with_the_same_exit_code_and_shows_neither_a_stack_trace_nor_a_password()
    {
        var recorded = SharedFolder.Require("oracle/mysql/public/_errors_and_cli");
        var faults = new ConcurrentQueue<string>();
        await server.LoadAsync(Path.Combine(recorded, "schema.sql"));
        try
        {
            // Most of them wait, for a program to start or a server that is not there.
            var atOnce = new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken };
            // The one that tries a server again and again goes first.
            var folders = Directory.GetDirectories(recorded).OrderBy(folder => Path.GetFileName(folder) != "sink_rest_unreachable").ToList();
            Assert.InRange(folders.Count, 105, int.MaxValue);
            await Parallel.ForEachAsync(folders, atOnce, async (folder, _) =>
            {
                foreach (var fault in await RunAsync(folder))
                {
                    faults.Enqueue(fault);
                }
            });
        }
        finally
        {
            await server.DropAsync(["test"]);
        }

        Assert.True(faults.IsEmpty, string.Join("\n\n", faults));
    }

    private async Task<List<string>> RunAsync(string recorded)
    {
        var name = Path.GetFileName(recorded);
        // exit_code: 1
        // command: datahub ingest -c recipe.yml --dry-run
        var report = File.ReadLines(Path.Combine(recorded, "report.txt")).Take(2).ToArray();
        var (meant, arguments) = (int.Parse(report[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), report[1].Split(' ')[2..]);
        meant = Meant.TryGetValue(name, out var exception) ? exception.ExitCode : meant;
        var folder = Directory.CreateTempSubdirectory("discovery-case-").FullName;
        try
        {
            foreach (var recipe in Directory.GetFiles(recorded, "recipe.*"))
            {
                File.Copy(recipe, Path.Combine(folder, Path.GetFileName(recipe)));
            }
            var variables = new Dictionary<string, string>
            {
                ["HOME"] = folder,
                ["MYSQL_HOST_PORT"] = server.Server.HostPort,
                ["MYSQL_USERNAME"] = TestServer.Full,
                ["MYSQL_PASSWORD"] = TestServer.Password,
            };
            if (Variables.TryGetValue(name, out var other))
            {
                variables[other.Variable] = other.Value;
            }
            var result = await ProgramResult.DiscoveryAsync(folder, variables, arguments);
            return [.. Faults(folder, meant, result).Select(fault => $"{name}: {fault}\n{result.Output}{result.Error}")];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Faults(string folder, int meant, ProgramResult result)
    {
        if (result.ExitCode != meant)
        {
            yield return $"exit code {result.ExitCode} instead of {meant}";
        }
        if (meant != 0 && result.ExitCode != 0 && result.Error.Length + result.Output.Length == 0)
        {
            yield return "failed without a word";
        }
        if (Regex.IsMatch(result.Output + result.Error, @"^\s+at |Unhandled exception", RegexOptions.Multiline))
        {
            yield return "a stack trace is shown";
        }
        var written = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith("recipe.", StringComparison.Ordinal)).ToList();
        var said = string.Concat(written.Select(File.ReadAllText).Prepend(result.Error).Prepend(result.Output));
        if (Spellings.Any(secret => said.Contains(secret, StringComparison.Ordinal)))
        {
            yield return "a password is shown";
        }
        if (said.Contains(TestServer.Full, StringComparison.Ordinal))
        {
            yield return "the user name is shown";
        }
        if (written.Exists(file => file.EndsWith(".partial", StringComparison.Ordinal)))
        {
            yield return "a half-written file was left";
        }
    }
}

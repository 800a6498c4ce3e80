using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes.Binding;

namespace Discovery.Ingestion.Recipes;

/// <summary>Checks a recipe whose variables are expanded, from its top-level keys down to the settings of source and sink.</summary>
internal sealed class RecipeCheck(IReadOnlyList<SourceType> sources, IReadOnlyList<SinkType> sinks, ProblemList problems, SecretMasker secrets, Confinement? confinement)
{
    // A variable may name the type; where it is not resolved, nothing is known of the config.
    private static readonly SourceType UnresolvedSource = new("(variable)", typeof(object), (_, _) => throw new InvalidOperationException("The variables of this recipe are not resolved."));
    private static readonly SinkType UnresolvedSink = new("(variable)", typeof(object), (_, _) => throw new InvalidOperationException("The variables of this recipe are not resolved."));

    private readonly ConfigBinder _binder = new(problems, secrets, confinement);

    /// <summary>Makes the recipe; null when it lacks its source or sink, with the reason in the list of problems.</summary>
    public Recipe? Check(RecipeMapping document, string redactedJson)
    {
        var settings = (RecipeSettings)_binder.Bind(typeof(RecipeSettings), document, "");
        CheckTransformers(document);
        var reports = CheckReporting(document, settings);
        var source = CheckSource(document);
        var sink = CheckSink(document);
        if (source is not { Type: var sourceType, Config: var sourceConfig } || sink is not { Type: var sinkType, Config: var sinkConfig })
        {
            return null;
        }
        CheckState(document, settings, sourceConfig, sinkType);
        return new Recipe
        {
            Source = sourceType,
            SourceConfig = sourceConfig,
            Sink = sinkType,
            SinkConfig = sinkConfig,
            RunId = settings.RunId,
            PipelineName = settings.PipelineName,
            Flags = settings.Flags,
            ReportFiles = reports,
            FailureLog = settings.FailureLog is { Enabled: true, LogConfig: { } log } ? log.FileName : null,
            Deployment = DeploymentOf(document, settings),
            RedactedJson = redactedJson,
        };
    }

    private RecipeDeployment? DeploymentOf(RecipeMapping document, RecipeSettings settings)
    {
        if (settings.Deployment is not { } deployment)
        {
            return null;
        }
        foreach (var key in (string[])["schedule", "time_zone", "executor_id"])
        {
            if (IsUnresolved(document, "deployment", key))
            {
                problems.Warning(ConfigBinder.Locate(document, $"deployment.{key}"), $"'deployment.{key}' has a variable, and variables are not known here; write what it stands for, or this recipe does not run by itself");
                deployment = deployment with { Schedule = null };
            }
        }
        // A bad schedule was reported already.
        var schedule = deployment.Schedule is null ? null : CronSchedule.Parse(deployment.Schedule, deployment.TimeZone, out _);
        return new RecipeDeployment(deployment.Name, schedule, deployment.ExecutorId);
    }

    private (SourceType Type, object Config)? CheckSource(RecipeMapping document)
    {
        if (TypeOf(document, "source") is not { } written)
        {
            return IsUnresolved(document, "source", "type") ? (UnresolvedSource, new object()) : null;
        }
        var type = sources.FirstOrDefault(source => source.Name == written.Name);
        if (type is null)
        {
            RefuseType("source", written.Name, written.Position, sources.Select(source => source.Name), Connectors.SourcesNotBuilt);
            return null;
        }
        return (type, BindConfig(type.ConfigType, written.Block, "source.config"));
    }

    private (SinkType Type, object Config)? CheckSink(RecipeMapping document)
    {
        if (!document.TryGet("sink", out var entry) || entry.Value is RecipeScalar { Value: null })
        {
            problems.Error(document.Position, "'sink' is missing, and there is no default sink: write where the metadata goes, for example sink: {type: datahub-rest, config: {server: 'http://localhost:8080'}}");
            return null;
        }
        if (TypeOf(document, "sink") is not { } written)
        {
            return IsUnresolved(document, "sink", "type") ? (UnresolvedSink, new object()) : null;
        }
        var type = sinks.FirstOrDefault(sink => sink.Name == written.Name);
        if (type is null)
        {
            RefuseType("sink", written.Name, written.Position, sinks.Select(sink => sink.Name), Connectors.SinksNotBuilt);
            return null;
        }
        return (type, BindConfig(type.ConfigType, written.Block, "sink.config"));
    }

    /// <summary>Whether the value at this place could not be had.</summary>
    private static bool IsUnresolved(RecipeMapping mapping, params ReadOnlySpan<string> path) =>
        mapping.TryGet(path[0], out var entry) && entry.Value switch
        {
            RecipeScalar scalar => scalar.IsUnresolved,
            RecipeMapping inner when path.Length > 1 => IsUnresolved(inner, path[1..]),
            _ => false,
        };

    /// <summary>The type that a block names; null when it names none, which the binding of the top-level keys has reported.</summary>
    private static (RecipeMapping Block, string Name, RecipePosition Position)? TypeOf(RecipeMapping document, string key) =>
        document.TryGet(key, out var entry) && entry.Value is RecipeMapping block && block.TryGet("type", out var type) && type.Value is RecipeScalar { Value: string name }
            ? (block, name, type.Value.Position)
            : null;

    private void RefuseType(string kind, string name, RecipePosition position, IEnumerable<string> built, IReadOnlySet<string> notBuilt)
    {
        var names = built.ToList();
        var there = $"there are: {string.Join(", ", names)}";
        var suggestion = Suggestion.For(name, names.Concat(notBuilt));
        problems.Error(position, notBuilt.Contains(name) ? $"{kind} type '{name}' is not built yet; {there}"
            : name.Contains('.', StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal) ? $"{kind} type '{name}' names a Python class, which cannot be loaded here; {there}"
            : suggestion.Length > 0 ? $"there is no {kind} type '{name}'{suggestion}"
            : $"there is no {kind} type '{name}'; {there}");
    }

    private object BindConfig(Type configType, RecipeMapping block, string path)
    {
        var written = block.TryGet("config", out var entry) ? entry.Value : null;
        if (written is not (null or RecipeMapping or RecipeScalar { Value: null }))
        {
            problems.Error(written.Position, $"'{path}' must be a mapping of keys and values; this is {written.Kind}");
        }
        return _binder.Bind(configType, written as RecipeMapping ?? new RecipeMapping(block.Position, []), path);
    }

    private void CheckTransformers(RecipeMapping document)
    {
        if (document.TryGet("transformers", out var entry) && entry.Value is RecipeList { Items: var items })
        {
            foreach (var item in items.OfType<RecipeMapping>())
            {
                var name = item.TryGet("type", out var type) && type.Value is RecipeScalar { Value: string text } ? $" '{text}'" : "";
                problems.Error(item.Position, $"transformer{name}: transformers are not built yet; remove it, or run this recipe with DataHub's own client");
            }
        }
    }

    private List<(string FileName, bool Required)> CheckReporting(RecipeMapping document, RecipeSettings settings)
    {
        var files = new List<(string, bool)>();
        var blocks = document.TryGet("reporting", out var entry) && entry.Value is RecipeList list ? list.Items.OfType<RecipeMapping>() : [];
        foreach (var (block, reporter) in blocks.Zip(settings.Reporting))
        {
            switch (reporter.Type)
            {
                case "file":
                    var config = (FileReporterSettings)BindConfig(typeof(FileReporterSettings), block, "reporting.config");
                    files.Add((config.FileName, reporter.Required));
                    break;
                case "datahub":
                    problems.Warning(block.Position, "reports to DataHub itself are not built yet; this entry has no effect");
                    break;
                case not null:
                    problems.Error(ConfigBinder.Locate(block, "type"), $"there is no reporter '{reporter.Type}'{Suggestion.OrAll(reporter.Type, ["file", "datahub"])}");
                    break;
            }
        }
        return files;
    }

    // The same conditions as in DataHub's client, although no state is kept yet: a recipe that fails there must not look good here.
    private void CheckState(RecipeMapping document, RecipeSettings settings, object sourceConfig, SinkType sink)
    {
        if (sourceConfig is not IStatefulConfig { StatefulIngestion: { Enabled: true } state })
        {
            return;
        }
        var position = ConfigBinder.Locate(document, "source.config.stateful_ingestion.enabled");
        if (string.IsNullOrEmpty(settings.PipelineName) && !IsUnresolved(document, "pipeline_name"))
        {
            problems.Error(position, "stateful ingestion needs a name to keep its state under: give the recipe a 'pipeline_name'");
        }
        if (state.StateProvider?.Type is not "file" && !IsUnresolved(document, "source", "config", "stateful_ingestion", "state_provider", "type")
            && sink != UnresolvedSink && sink.Name != "datahub-rest" && settings.DataHubApi is null)
        {
            problems.Error(position, "stateful ingestion keeps its state on a DataHub server, and this recipe names none: add 'datahub_api', or a 'state_provider' of type file");
        }
    }
}

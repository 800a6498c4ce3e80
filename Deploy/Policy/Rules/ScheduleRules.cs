using Discovery.Deploy.Policy.Reading;
using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Policy.Rules;

/// <summary>Jobs and CronJobs.</summary>
internal static class ScheduleRules
{
    // Containers that run until somebody ends them.
    private static readonly string[] Proxies = ["cloud-sql-proxy", "cloudsql-proxy", "gce-proxy", "istio-proxy", "proxyv2", "envoy", "linkerd-proxy"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.OfObjects("cron-schedule", "A schedule that Kubernetes refuses, or that never fires", Schedule, "CronJob"),
        Rule.OfObjects("cron-time-zone", "A time zone that does not exist", TimeZone, "CronJob"),
        Rule.OfObjects("cron-overlap", "Runs of a CronJob that may overlap", Overlap, "CronJob"),
        Rule.OfObjects("cron-deadline", "A CronJob without startingDeadlineSeconds: after 100 missed runs it never starts again", StartingDeadline, "CronJob") with { WarnsInCharts = true },
        Rule.OfObjects("job-deadline", "A job that may hang for ever", Deadline, "Job", "CronJob") with { IsWarning = true },
        Rule.OfPods("job-restart-policy", "A job whose containers are always restarted", RestartPolicy),
        Rule.OfContainers("job-proxy", "A proxy as an ordinary container of a job, which therefore never completes", Proxy),
    ];

    private static IEnumerable<Fault> Schedule(ManifestSet set, ManifestObject item) =>
        item.Spec.Text("schedule") is { } schedule && CronExpression.Fault(schedule) is { } fault ? [new Fault(item, item.Spec.At("schedule"), $"the schedule '{Shown.Of(schedule)}' {fault}")] : [];

    private static IEnumerable<Fault> TimeZone(ManifestSet set, ManifestObject item) =>
        item.Spec.Text("timeZone") is { } zone && CronSchedule.Parse("0 0 * * *", zone, out _) is null
            ? [new Fault(item, item.Spec.At("timeZone"), $"there is no time zone '{Shown.Of(zone)}'; give the name of an IANA time zone as it is spelled, such as Europe/Berlin")]
            : [];

    private static IEnumerable<Fault> Overlap(ManifestSet set, ManifestObject item) =>
        Faults.If(item.Spec.Text("concurrencyPolicy") is null or "Allow", item, item.Spec.At("concurrencyPolicy") ?? item.Spec, "a run may start while the one before it goes on; set concurrencyPolicy: Forbid");

    private static IEnumerable<Fault> StartingDeadline(ManifestSet set, ManifestObject item) =>
        Faults.If(!item.Spec.Has("startingDeadlineSeconds"), item, item.Spec, "has no startingDeadlineSeconds; after 100 missed runs, as in a long maintenance, it is never started again");

    private static IEnumerable<Fault> Deadline(ManifestSet set, ManifestObject item)
    {
        var spec = item.Kind == "CronJob" ? item.Spec.Mapping("jobTemplate", "spec") : item.Spec;
        return Faults.If(!spec.Has("activeDeadlineSeconds"), item, spec, "has no activeDeadlineSeconds; one run that hangs blocks all later ones");
    }

    private static IEnumerable<Fault> RestartPolicy(ManifestSet set, PodTemplate pod) =>
        Faults.If(
            pod.IsJob && pod.Spec.Text("restartPolicy") is (null or "Always"),
            pod.Owner,
            pod.Spec.At("restartPolicy") ?? pod.Spec,
            "the pods of a job need restartPolicy: Never or OnFailure");

    private static IEnumerable<Fault> Proxy(Container container) =>
        Faults.If(
            container.Pod.IsJob && !container.IsInit && Proxies.Any(name => container.Body.Text("image")?.Contains(name, StringComparison.Ordinal) == true),
            container,
            null,
            "never ends, and so the job never completes; make it a native sidecar: an init container with restartPolicy: Always");
}

using System.Globalization;
using System.Text.Json.Nodes;
using Discovery.Deploy.Discovery;
using Discovery.Deploy.Input;
using Discovery.Deploy.Output;
using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Airflow;

/// <summary>
/// A DAG file for each recipe with a schedule, for Airflow 2.11 and 3. Its pod is the one that a CronJob would have: it is given as a whole, and not
/// as arguments of the operator, which Airflow takes for templates.
/// </summary>
internal static class AirflowDags
{
    /// <summary>The files; none where something else starts runs.</summary>
    public static IEnumerable<OutputFile> Of(DeployEnvironment environment) => environment.Config.Discovery.Scheduling != Scheduling.Airflow
        ? []
        : environment.Scheduled.Select(run => new OutputFile($"airflow/dags/discovery_{environment.Name}_{run.Recipe.Name}.py", Text(environment, run.Recipe, run.Schedule)));

    private static string Text(DeployEnvironment environment, DeployRecipe recipe, CronSchedule schedule)
    {
        var (jobs, name) = (environment.Config.Discovery.Jobs, JobPod.NameOf(recipe));
        return $$"""
            # Rendered by './discovery deploy render' from deploy.yml: change that file, and render again.
            from datetime import timedelta

            import pendulum
            from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
            from airflow.providers.cncf.kubernetes.pod_generator import PodGenerator

            try:
                from airflow.sdk import DAG  # Airflow 3
            except ImportError:
                from airflow import DAG  # Airflow 2

            POD = {{PythonText.Of(Pod(environment, recipe))}}

            with DAG(
                dag_id={{PythonText.Of($"discovery_{environment.Name}_{recipe.Name}")}},
                description={{PythonText.Of(recipe.Recipe.Deployment!.Name ?? recipe.FileName)}},
                schedule={{PythonText.Of(schedule.Portable)}},
                start_date=pendulum.datetime(2025, 1, 1, tz={{PythonText.Of(schedule.TimeZone)}}),
                catchup=False,
                max_active_runs=1,
                is_paused_upon_creation={{(jobs.Suspended ? "True" : "False")}},
                tags=["discovery", {{PythonText.Of(environment.Name)}}],
            ):
                KubernetesPodOperator(
                    task_id="ingest",
                    name={{PythonText.Of(name)}},
                    namespace={{PythonText.Of(environment.Config.Discovery.Namespace)}},
                    full_pod_spec=PodGenerator.deserialize_model_dict(POD),
                    base_container_name={{PythonText.Of(JobPod.ContainerName)}},
                    startup_timeout_seconds=600,
                    execution_timeout=timedelta(seconds={{jobs.DeadlineSeconds.ToString(CultureInfo.InvariantCulture)}}),
                    on_finish_action="delete_pod",
                    retries=1,
                    retry_delay=timedelta(minutes=5),
                )

            """.ReplaceLineEndings("\n");
    }

    private static JsonObject Pod(DeployEnvironment environment, DeployRecipe recipe)
    {
        var pod = JobPod.Template(environment, recipe);
        // Also where Airflow is gone.
        pod["spec"]!["activeDeadlineSeconds"] = environment.Config.Discovery.Jobs.DeadlineSeconds;
        pod.Insert(0, "apiVersion", "v1");
        pod.Insert(1, "kind", "Pod");
        return pod;
    }
}

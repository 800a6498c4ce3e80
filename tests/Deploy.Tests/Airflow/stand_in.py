"""Runs a DAG file against modules that record what Airflow is told, and print it as JSON.

Each call is checked against the arguments that both Airflow 2.11 and 3 take. Usage: stand_in.py 2|3 FILE
"""
import json
import sys
from datetime import timedelta
from types import ModuleType

# Arguments of DAG that are in 2.11 and in 3.
DAG_ARGUMENTS = {
    "dag_id", "description", "schedule", "start_date", "end_date", "template_searchpath", "template_undefined",
    "user_defined_macros", "user_defined_filters", "default_args", "max_active_tasks", "max_active_runs",
    "max_consecutive_failed_dag_runs", "dagrun_timeout", "catchup", "on_success_callback", "on_failure_callback", "doc_md",
    "params", "access_control", "is_paused_upon_creation", "jinja_environment_kwargs", "render_template_as_native_obj", "tags",
    "owner_links", "auto_register", "dag_display_name",
}

# Arguments of KubernetesPodOperator, without those that are deprecated or do nothing: is_delete_operator_pod, reattach_on_restart.
OPERATOR_ARGUMENTS = {
    "kubernetes_conn_id", "namespace", "image", "name", "random_name_suffix", "cmds", "arguments", "ports", "volume_mounts",
    "volumes", "env_vars", "env_from", "secrets", "in_cluster", "cluster_context", "labels", "startup_timeout_seconds",
    "startup_check_interval_seconds", "get_logs", "base_container_name", "base_container_status_polling_interval",
    "init_container_logs", "container_logs", "image_pull_policy", "annotations", "container_resources", "affinity",
    "config_file", "node_selector", "image_pull_secrets", "service_account_name", "automount_service_account_token",
    "hostnetwork", "host_aliases", "tolerations", "security_context", "container_security_context", "dnspolicy", "dns_config",
    "hostname", "subdomain", "schedulername", "full_pod_spec", "init_containers", "log_events_on_failure", "do_xcom_push",
    "pod_template_file", "pod_template_dict", "priority_class_name", "pod_runtime_info_envs", "termination_grace_period",
    "configmaps", "skip_on_exit_code", "deferrable", "poll_interval", "log_pod_spec_on_failure", "on_finish_action",
    "termination_message_policy", "active_deadline_seconds", "callbacks", "logging_interval",
} | {"task_id", "retries", "retry_delay", "execution_timeout"}  # of BaseOperator

# Arguments of the operator that Airflow renders as templates.
TEMPLATES = {
    "image", "name", "hostname", "cmds", "annotations", "arguments", "env_vars", "labels", "config_file", "pod_template_file",
    "pod_template_dict", "namespace", "container_resources", "volumes", "volume_mounts", "cluster_context", "env_from",
    "node_selector", "kubernetes_conn_id", "base_container_name",
}

calls = {}


def plain(value):
    return value.total_seconds() if isinstance(value, timedelta) else value


def record(name, allowed, arguments):
    unknown = arguments.keys() - allowed
    if unknown:
        raise TypeError(f"{name} has no argument {', '.join(sorted(unknown))}")
    if name in calls:
        raise TypeError(f"{name} is called twice")
    calls[name] = {key: plain(value) for key, value in arguments.items()}


class Dag:
    def __init__(self, **arguments):
        record("DAG", DAG_ARGUMENTS, arguments)

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        return None


class Operator:
    def __init__(self, **arguments):
        record("KubernetesPodOperator", OPERATOR_ARGUMENTS, arguments)
        templates = [key for key in arguments.keys() & TEMPLATES if "{" in json.dumps(arguments[key])]
        if templates:
            raise ValueError(f"templates: {templates}")


class PodGenerator:
    @staticmethod
    def deserialize_model_dict(pod):
        return pod


def module(name, **members):
    made = ModuleType(name)
    vars(made).update(members)
    sys.modules[name] = made


def main(version, path):
    base = "airflow.providers.cncf.kubernetes"
    for package in ("airflow.providers", "airflow.providers.cncf", base, f"{base}.operators"):
        module(package, __path__=[])
    module("airflow", __path__=[], **({"DAG": Dag} if version == "2" else {}))
    if version == "3":
        module("airflow.sdk", DAG=Dag)
    module(f"{base}.operators.pod", KubernetesPodOperator=Operator)
    module(f"{base}.pod_generator", PodGenerator=PodGenerator)
    module("pendulum", datetime=lambda year, month, day, tz: f"{year}-{month:02}-{day:02} {tz}")
    with open(path, "rb") as file:
        text = file.read()
    # Not one byte that two readers could take for different things.
    text.decode("ascii")
    exec(compile(text, path, "exec"), {"__name__": "dag"})
    print(json.dumps(calls))


main(*sys.argv[1:])

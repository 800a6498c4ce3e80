#!/usr/bin/env python3
"""Makes Deploy/Policy/Shapes/shapes.txt: which fields the kinds have that 'deploy check' knows.

    eng/update-shapes.py SWAGGER CRD...

SWAGGER is api/openapi-spec/swagger.json of the repository kubernetes/kubernetes; each CRD is a file with definitions of custom
resources, as their projects publish them (External Secrets, Argo CD, GKE, Gateway API, Prometheus). Needs PyYAML.

    object apps/v1 Deployment          a kind; 'cluster' instead of 'object' where it has no namespace
    shape PodSpec                      fields of a mapping; 'open' behind the name: others are allowed
      containers! [Container]          a field that must be there, a list
      nodeSelector {string}            a mapping with free keys
      restartPolicy =Always|Never      one of these texts
      port integer 1..65535            a range
      domain string ~PATTERN           a text that matches
"""

import json
import re
import sys
from pathlib import Path

import yaml

TARGET = Path(__file__).resolve().parent.parent / "Deploy/Policy/Shapes/shapes.txt"
KINDS = """
    v1 Namespace, v1 ServiceAccount, v1 ConfigMap, v1 Secret, v1 Service, v1 Pod, v1 PersistentVolumeClaim, v1 ResourceQuota, v1 LimitRange,
    apps/v1 Deployment, apps/v1 StatefulSet, apps/v1 DaemonSet, batch/v1 Job, batch/v1 CronJob,
    networking.k8s.io/v1 Ingress, networking.k8s.io/v1 NetworkPolicy, policy/v1 PodDisruptionBudget,
    autoscaling/v2 HorizontalPodAutoscaler, scheduling.k8s.io/v1 PriorityClass, storage.k8s.io/v1 StorageClass,
    rbac.authorization.k8s.io/v1 Role, rbac.authorization.k8s.io/v1 RoleBinding,
    rbac.authorization.k8s.io/v1 ClusterRole, rbac.authorization.k8s.io/v1 ClusterRoleBinding
"""
WITHOUT_NAMESPACE = {"Namespace", "PriorityClass", "StorageClass", "ClusterRole", "ClusterRoleBinding"}
# Custom resources whose schema is larger than all others together.
LEFT_OUT = {"ApplicationSet"}
# What the API server checks in code, and its documentation says, but its schema does not.
PORT = "integer 1..65535"
CHECKED_IN_CODE = {
    "ContainerPort": {"containerPort": PORT, "hostPort": PORT, "protocol": "=TCP|UDP|SCTP"},
    "ServicePort": {"port": PORT, "nodePort": "integer 0..65535", "protocol": "=TCP|UDP|SCTP"},
    "ServiceBackendPort": {"number": PORT},
    "NetworkPolicyPort": {"protocol": "=TCP|UDP|SCTP", "endPort": PORT},
    "GRPCAction": {"port": PORT},
    "HTTPGetAction": {"scheme": "=HTTP|HTTPS"},
    "Container": {"imagePullPolicy": "=Always|IfNotPresent|Never", "terminationMessagePolicy": "=File|FallbackToLogsOnError"},
    "PodSpec": {
        "restartPolicy": "=Always|OnFailure|Never",
        "dnsPolicy": "=ClusterFirst|ClusterFirstWithHostNet|Default|None",
        "terminationGracePeriodSeconds": "integer 0..",
        "activeDeadlineSeconds": "integer 1..",
        "preemptionPolicy": "=Never|PreemptLowerPriority",
    },
    "Probe": {name: "integer 0.." for name in ("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold")},
    "SeccompProfile": {"type": "=RuntimeDefault|Localhost|Unconfined"},
    "SecurityContext": {"runAsUser": "integer 0..", "runAsGroup": "integer 0.."},
    "PodSecurityContext": {"runAsUser": "integer 0..", "runAsGroup": "integer 0..", "fsGroup": "integer 0..", "fsGroupChangePolicy": "=Always|OnRootMismatch"},
    "ServiceSpec": {
        "type": "=ClusterIP|NodePort|LoadBalancer|ExternalName",
        "sessionAffinity": "=None|ClientIP",
        "externalTrafficPolicy": "=Cluster|Local",
        "internalTrafficPolicy": "=Cluster|Local",
        "ipFamilyPolicy": "=SingleStack|PreferDualStack|RequireDualStack",
    },
    "DeploymentSpec": {name: "integer 0.." for name in ("replicas", "revisionHistoryLimit", "minReadySeconds", "progressDeadlineSeconds")},
    "DeploymentStrategy": {"type": "=Recreate|RollingUpdate"},
    "StatefulSetSpec": {"replicas": "integer 0..", "podManagementPolicy": "=OrderedReady|Parallel"},
    "StatefulSetUpdateStrategy": {"type": "=RollingUpdate|OnDelete"},
    "DaemonSetUpdateStrategy": {"type": "=RollingUpdate|OnDelete"},
    "JobSpec": {
        "backoffLimit": "integer 0..", "activeDeadlineSeconds": "integer 1..", "ttlSecondsAfterFinished": "integer 0..", "parallelism": "integer 0..",
        "completions": "integer 0..", "completionMode": "=NonIndexed|Indexed", "podReplacementPolicy": "=TerminatingOrFailed|Failed",
    },
    "CronJobSpec": {
        "concurrencyPolicy": "=Allow|Forbid|Replace", "startingDeadlineSeconds": "integer 0..",
        "successfulJobsHistoryLimit": "integer 0..", "failedJobsHistoryLimit": "integer 0..",
    },
    "HTTPIngressPath": {"pathType": "=Exact|Prefix|ImplementationSpecific"},
    "NetworkPolicySpec": {"policyTypes": "[=Ingress|Egress]"},
    "LabelSelectorRequirement": {"operator": "=In|NotIn|Exists|DoesNotExist"},
    "NodeSelectorRequirement": {"operator": "=In|NotIn|Exists|DoesNotExist|Gt|Lt"},
    "Toleration": {"operator": "=Exists|Equal|Lt|Gt", "effect": "=NoSchedule|PreferNoSchedule|NoExecute"},
    "TopologySpreadConstraint": {"maxSkew": "integer 1..", "whenUnsatisfiable": "=DoNotSchedule|ScheduleAnyway"},
    "WeightedPodAffinityTerm": {"weight": "integer 1..100"},
    "PersistentVolumeClaimSpec": {"accessModes": "[=ReadWriteOnce|ReadOnlyMany|ReadWriteMany|ReadWriteOncePod]", "volumeMode": "=Filesystem|Block"},
    "PodDisruptionBudgetSpec": {"unhealthyPodEvictionPolicy": "=IfHealthyBudget|AlwaysAllow"},
    "HorizontalPodAutoscalerSpec": {"minReplicas": "integer 0..", "maxReplicas": "integer 1.."},
    "MetricSpec": {"type": "=Resource|Pods|Object|External|ContainerResource"},
    "MetricTarget": {"type": "=Utilization|Value|AverageValue"},
    "Subject": {"kind": "=User|Group|ServiceAccount"},
    "VolumeMount": {"mountPropagation": "=None|HostToContainer|Bidirectional"},
}
# Only one provider of secret stores is described; the others are allowed, unchecked.
ONLY_FIELDS = {"SecretStoreSpecProvider": {"gcpsm"}, "ClusterSecretStoreSpecProvider": {"gcpsm"}}
# Written by controllers, or by nobody in a manifest.
FREE = {"status", "operation", "managedFields"}
KUBERNETES_TYPES = {"Quantity": "quantity", "IntOrString": "integer-or-string", "Time": "string", "MicroTime": "string", "RawExtension": "any", "FieldsV1": "any"}
LONGEST_PATTERN = 120


class Shapes:
    """Collects shapes, those that are equal under one name."""

    def __init__(self, definitions):
        self.definitions = definitions
        self.lines = {}
        self.names = {}

    def of_reference(self, reference):
        full = reference.rsplit("/", 1)[-1]
        name = full.rsplit(".", 1)[-1]
        if name in KUBERNETES_TYPES:
            return KUBERNETES_TYPES[name]
        if self.names.setdefault(name, full) != full:
            name = full.split(".")[-3].capitalize() + name
            self.names[name] = full
        definition = self.definitions[full]
        if "properties" not in definition:
            return self.of(definition, name)
        if name not in self.lines:
            self.lines[name] = []
            self.lines[name] = self.fields(definition, name)
        return name

    def of(self, schema, name):
        if "$ref" in schema:
            return self.of_reference(schema["$ref"])
        if schema.get("x-kubernetes-int-or-string") or schema.get("format") == "int-or-string":
            return "integer-or-string"
        kind = schema.get("type")
        if kind == "array":
            return f"[{self.of(schema.get('items', {}), name)}]"
        if kind == "object" or "properties" in schema:
            if schema.get("properties"):
                lines = self.fields(schema, name)
                known = next((other for other, its in self.lines.items() if its == lines), None)
                self.lines.setdefault(known or name, lines)
                return known or name
            inner = schema.get("additionalProperties")
            return f"{{{self.of(inner, name)}}}" if isinstance(inner, dict) else "any"
        if kind == "string":
            if schema.get("enum"):
                return "=" + "|".join(str(value) for value in schema["enum"])
            pattern = schema.get("pattern", "")
            return f"string ~{pattern}" if 0 < len(pattern) <= LONGEST_PATTERN else "string"
        if kind in ("integer", "number"):
            low, high = schema.get("minimum"), schema.get("maximum")
            low, high = (None if low is None or low < -(2**30) else low), (None if high is None or high >= 2**31 - 1 else high)
            return kind if low is None and high is None else f"{kind} {'' if low is None else int(low)}..{'' if high is None else int(high)}"
        return kind if kind == "boolean" else "any"

    def fields(self, schema, name):
        lines = ["open"] if schema.get("x-kubernetes-preserve-unknown-fields") or name in ONLY_FIELDS else []
        for field, value in sorted(schema.get("properties", {}).items()):
            if name in ONLY_FIELDS and field not in ONLY_FIELDS[name]:
                continue
            mark = "!" if field in schema.get("required", []) else ""
            type_ = "any" if field in FREE else CHECKED_IN_CODE.get(name, {}).get(field) or self.of(value, name + field[0].upper() + field[1:])
            lines.append(f"{field}{mark} {type_}")
        return lines


def main(swagger, crds):
    shapes = Shapes(json.loads(Path(swagger).read_text())["definitions"])
    objects = []
    by_kind = {}
    for full, definition in shapes.definitions.items():
        for kind in definition.get("x-kubernetes-group-version-kind", []):
            by_kind[(f"{kind['group']}/{kind['version']}".lstrip("/"), kind["kind"])] = full
    for version, kind in (entry.split() for entry in KINDS.split(",")):
        shapes.of_reference(by_kind[(version, kind)])
        objects.append((version, kind, kind in WITHOUT_NAMESPACE, kind))
    metadata = shapes.of_reference("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")
    for path in crds:
        for document in yaml.safe_load_all(Path(path).read_text()):
            if not document or document.get("kind") != "CustomResourceDefinition" or document["spec"]["names"]["kind"] in LEFT_OUT:
                continue
            spec = document["spec"]
            kind = spec["names"]["kind"]
            for version in (version for version in spec["versions"] if version.get("served") and not version.get("deprecated")):
                schema = version["schema"]["openAPIV3Schema"]
                shape = kind if kind not in shapes.lines else kind + version["name"].capitalize()
                lines = shapes.fields(schema, shape)
                lines = [line for line in lines if line.split()[0].rstrip("!") not in ("apiVersion", "kind", "metadata")]
                shapes.lines[shape] = ["apiVersion string", "kind string", f"metadata! {metadata}", *lines]
                objects.append((f"{spec['group']}/{version['name']}", kind, spec["scope"] == "Cluster", shape))
    text = [f"# Made by eng/{Path(__file__).name}, where the notation is explained."]
    text += [f"{'cluster' if is_cluster else 'object'} {version} {kind}{'' if shape == kind else ' ' + shape}" for version, kind, is_cluster, shape in sorted(objects)]
    for name, lines in sorted(shapes.lines.items()):
        text.append(f"shape {name}{' open' if 'open' in lines else ''}")
        text += [f"  {line}" for line in lines if line != "open"]
    TARGET.write_text("\n".join(text) + "\n")
    unused = [f"{name}.{field}" for name, fields in CHECKED_IN_CODE.items() for field in fields if not any(re.match(rf"{field}!? ", line) for line in shapes.lines.get(name, []))]
    print(f"{len(objects)} kinds, {len(shapes.lines)} shapes, {len(text)} lines" + (f"; no such field: {', '.join(unused)}" if unused else ""))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

#!/usr/bin/env python3
"""Makes Deploy/Policy/Charts/chart-keys.txt: which keys the values of DataHub's chart have.

    eng/update-chart-keys.py CHART

CHART is the folder charts/datahub of https://github.com/acryldata/datahub-helm at the tag of the chart's version. Keys are those
of its values, of its sub-charts' values, of its schema, and those that only a template reads. Output: a key a line, indented
below its parent; '*' behind a key: what stands below it is free; last the type that the schema demands. Needs PyYAML.
"""

import json
import re
import sys
from pathlib import Path

import yaml

TARGET = Path(__file__).resolve().parent.parent / "Deploy/Policy/Charts/chart-keys.txt"
REFERENCE = re.compile(r"\.Values((?:\.[A-Za-z0-9_]+)+)|index\s+\.Values\s+((?:\"[^\"]+\"\s*)+)")
# {{ with .Values.oidcAuthentication }}: what stands below is read by other means.
WHOLE = re.compile(r"(?:with|range|toYaml)\s+\(?\$?\.Values((?:\.[A-Za-z0-9_]+)+)")
# Kubernetes' own parts of a pod: Kubernetes checks them.
FREE = {"resources", "securityContext", "podSecurityContext", "livenessProbe", "readinessProbe", "startupProbe", "affinity", "nodeSelector", "tolerations", "podAnnotations", "annotations", "labels"}


def merge(tree, values):
    """Adds the keys of a mapping to a tree in which None is a key with anything below it."""
    for key, value in values.items():
        if key in FREE or not isinstance(value, dict) or not value:
            tree.setdefault(str(key), None)
        else:
            below = tree.get(str(key)) or {}
            tree[str(key)] = below
            # A template of its own reads these, whatever they are the image of.
            merge(below, {**dict.fromkeys(("repository", "tag", "pullPolicy", "command", "args")), **value} if key == "image" else value)


def of_schema(schema):
    return {key: of_schema(value) for key, value in schema.get("properties", {}).items()}


def templates(folder):
    return [path.read_text() for path in sorted(folder.rglob("*")) if path.suffix in (".yaml", ".yml", ".tpl")]


def open_up(tree, folder):
    """Sets those keys free whose values a template takes as a whole."""
    for text in templates(folder):
        for dotted in WHOLE.findall(text):
            keys = dotted.strip(".").split(".")
            below = tree
            for key in keys[:-1]:
                below = below.get(key) or {}
            if below.get(keys[-1]):
                below[keys[-1]] = None


def of_templates(folder):
    tree = {}
    for text in templates(folder):
        for dotted, indexed in REFERENCE.findall(text):
            keys = dotted.strip(".").split(".") if dotted else re.findall(r'"([^"]+)"', indexed)
            below = {}
            for key in reversed(keys):
                below = {key: below}
            merge(tree, below)
    return tree


def write(tree, schema, depth):
    for key, below in sorted(tree.items()):
        its = schema.get("properties", {}).get(key, {})
        kind = its.get("type") if isinstance(its.get("type"), str) else ""
        yield f"{'  ' * depth}{key}{'' if below else ' *'} {kind}".rstrip()
        yield from write(below or {}, its, depth + 1)


def main(chart):
    tree = {}
    merge(tree, yaml.safe_load((chart / "values.yaml").read_text()))
    schema = json.loads((chart / "values.schema.json").read_text())
    merge(tree, of_schema(schema))
    merge(tree, of_templates(chart / "templates"))
    for part in sorted((chart / "subcharts").iterdir()):
        values = yaml.safe_load((part / "values.yaml").read_text())
        used = of_templates(part / "templates")
        merge(tree, {"global": {**values.pop("global", {})}})
        merge(tree, {"global": used.pop("global", {})})
        merge(tree, {part.name: values})
        merge(tree, {part.name: used})
        open_up(tree[part.name], part / "templates")
    open_up(tree, chart / "templates")
    # Handed to DataHub as they are.
    for recipe in tree["datahubSystemUpdate"]["bootstrapMCPs"].values():
        if "values" in recipe:
            recipe["values"] = None
    version = yaml.safe_load((chart / "Chart.yaml").read_text())["version"]
    lines = [f"# Keys of the chart datahub {version}, made by eng/{Path(__file__).name}, where the notation is explained.", *write(tree, schema, 0)]
    TARGET.write_text("\n".join(lines) + "\n")
    print(f"{len(lines)} lines")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

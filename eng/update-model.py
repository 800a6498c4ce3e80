#!/usr/bin/env python3
"""Makes Metadata/Model/model.json from DataHub's model as data.

    eng/update-model.py [--check] [FOLDER]

FOLDER holds registry.json and aspects.json; the default is ../shared/models beside the checkout. --check writes nothing
and ends with 1 when the file would change. Output: one entry a line, so that a new version of the model reads as a diff.
Fields of a record: name -> type; "name?" is optional, "name=" has a default. Types are names, {"array": T}, {"map": T},
{"union": [T, ...]}. A name that is neither a primitive nor a record nor an enum stands for a value that is not described.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "Metadata" / "Model" / "model.json"


def field_name(field):
    if field.get("optional"):
        return field["name"] + "?"
    return field["name"] + ("=" if "default" in field else "")


def sections(registry, model):
    yield "entities", {
        name: {"key": entity["keyAspect"], "aspects": entity["aspects"]} for name, entity in registry["entities"].items()
    }
    yield "aspects", {
        name: {"record": aspect["record"], **({"timeseries": True} if aspect.get("timeseries") else {})}
        for name, aspect in model["aspects"].items()
    }
    yield "records", {
        name: {field_name(field): field["type"] for field in fields} for name, fields in model["records"].items()
    }
    yield "enums", {
        name: symbols if isinstance(symbols, list) else symbols["symbols"] for name, symbols in model["enums"].items()
    }


def compact(value):
    return json.dumps(value, separators=(",", ":"))


def render(registry, model):
    lines = [f'"version":{compact(model["version"])}']
    for section, entries in sections(registry, model):
        body = ",\n".join(f"{compact(name)}:{compact(entry)}" for name, entry in sorted(entries.items()))
        lines.append(f"{compact(section)}:{{\n{body}\n}}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main(arguments):
    check = "--check" in arguments
    folders = [argument for argument in arguments if argument != "--check"]
    source = Path(folders[0]) if folders else ROOT.parent / "shared" / "models"
    try:
        registry, model = (json.loads((source / name).read_text("utf-8")) for name in ("registry.json", "aspects.json"))
    except OSError as fault:
        sys.exit(f"{fault.filename}: {fault.strerror}. Name the folder that holds registry.json and aspects.json.")
    text = render(registry, model)
    if TARGET.exists() and TARGET.read_text("utf-8") == text:
        return 0
    if check:
        sys.exit(f"{TARGET.relative_to(ROOT)} is not what the model says; run eng/update-model.py.")
    TARGET.write_text(text, "utf-8")
    print(f"wrote {TARGET.relative_to(ROOT)}, {len(text)} bytes, model of {model['version']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
